/// Tests of the pages' parts.
@NullMarked
package ai.quimbi.server.api.reference;

import org.jspecify.annotations.NullMarked;
