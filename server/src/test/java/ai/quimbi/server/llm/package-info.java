@NullMarked
package ai.quimbi.server.llm;

import org.jspecify.annotations.NullMarked;
