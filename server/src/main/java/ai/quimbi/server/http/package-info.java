/// The door: authentication, limits, JSON, errors, metrics.
@NullMarked
package ai.quimbi.server.http;

import org.jspecify.annotations.NullMarked;
