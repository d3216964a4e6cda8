/// The tools and the intelligence endpoints over the Model Context Protocol.
@NullMarked
package ai.quimbi.server.mcp;

import org.jspecify.annotations.NullMarked;
