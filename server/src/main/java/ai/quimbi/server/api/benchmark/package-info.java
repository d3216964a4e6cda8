/// Companies among their industry: contributions, monthly releases, positions, and a company's own
/// overview.
@NullMarked
package ai.quimbi.server.api.benchmark;

import org.jspecify.annotations.NullMarked;
