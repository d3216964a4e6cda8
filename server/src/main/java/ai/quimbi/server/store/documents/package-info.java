/// Documents by owner, kind and id: in PostgreSQL, in a folder, or in S3.
@NullMarked
package ai.quimbi.server.store.documents;

import org.jspecify.annotations.NullMarked;
