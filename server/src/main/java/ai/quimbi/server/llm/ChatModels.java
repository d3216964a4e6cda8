package ai.quimbi.server.llm;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;

/// LangChain4j's adapters, told to do nothing on their own: no retries, no logs, no timeouts.
final class ChatModels {

  private ChatModels() {}

  static ChatModel of(ProviderSettings settings, BoundedHttp http) {
    return switch (settings.kind()) {
      case NONE -> throw new IllegalArgumentException("no provider is configured");
      case ANTHROPIC -> {
        var builder =
            AnthropicChatModel.builder()
                .httpClientBuilder(http.asBuilder())
                .apiKey(settings.apiKey())
                .modelName(settings.model())
                .maxTokens(MAX_TOKENS)
                .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                .maxRetries(0);
        if (settings.baseUrl() != null) {
          builder.baseUrl(settings.baseUrl());
        }
        yield builder.build();
      }
      case OPENAI -> {
        var builder =
            OpenAiChatModel.builder()
                .httpClientBuilder(http.asBuilder())
                // Servers of one's own often want no key; the adapter wants one.
                .apiKey(settings.apiKey() == null ? "none" : settings.apiKey())
                .modelName(settings.model())
                .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                .strictJsonSchema(true)
                .maxRetries(0);
        if (settings.baseUrl() != null) {
          builder.baseUrl(settings.baseUrl());
        }
        yield builder.build();
      }
      case OLLAMA ->
          OllamaChatModel.builder()
              .httpClientBuilder(http.asBuilder())
              .baseUrl(settings.baseUrl())
              .modelName(settings.model())
              .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
              .maxRetries(0)
              .build();
    };
  }

  /// The adapter for Anthropic asks for a limit up front; each request sets its own below it.
  private static final int MAX_TOKENS = 1024;
}
