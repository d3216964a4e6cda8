/// What happened to a tenant's customers: orders, interactions and the profiles they add up to.
@NullMarked
package ai.quimbi.server.store.events;

import org.jspecify.annotations.NullMarked;
