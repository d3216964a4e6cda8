/// Documents in their three stores, over a real PostgreSQL and a real S3 server.
@NullMarked
package ai.quimbi.server.store.documents;

import org.jspecify.annotations.NullMarked;
