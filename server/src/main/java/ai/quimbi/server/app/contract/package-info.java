/// What can be made of the contract for other programs: collections of requests that run as they
/// are.
@NullMarked
package ai.quimbi.server.app.contract;

import org.jspecify.annotations.NullMarked;
