/// PostgreSQL: a control database and a database per tenant. SQL lives here and nowhere else.
@NullMarked
package ai.quimbi.server.store;

import org.jspecify.annotations.NullMarked;
