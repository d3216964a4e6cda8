/// Language models behind the core's port: LangChain4j's adapters under our own deadline, budget
/// and circuit breaker. Whatever a provider does, an outcome comes back in time.
@NullMarked
package ai.quimbi.server.llm;

import org.jspecify.annotations.NullMarked;
