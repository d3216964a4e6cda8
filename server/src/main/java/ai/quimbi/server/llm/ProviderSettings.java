package ai.quimbi.server.llm;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a language model is reached, per server or per tenant. `Kind.NONE` means that the composer
/// writes everything.
///
/// @param baseUrl `null` is the provider's own address; for Ollama and OpenAI-compatible servers
///     (vLLM, llama.cpp, …) where they listen
/// @param inputPrice money for a million tokens read, in whatever unit the budget is counted in
/// @param outputPrice money for a million tokens written
public record ProviderSettings(
    Kind kind,
    String model,
    @Nullable String baseUrl,
    @Nullable String apiKey,
    BigDecimal inputPrice,
    BigDecimal outputPrice) {

  /// Whom we speak to.
  public enum Kind {
    NONE,
    ANTHROPIC,
    OPENAI,
    OLLAMA;

    public static Optional<Kind> ofLabel(String label) {
      return Arrays.stream(values())
          .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(label))
          .findFirst();
    }
  }

  public static final ProviderSettings NONE =
      new ProviderSettings(Kind.NONE, "", null, null, BigDecimal.ZERO, BigDecimal.ZERO);

  public ProviderSettings {
    if (kind != Kind.NONE && model.isBlank()) {
      throw new IllegalArgumentException("name the model to use (QUIMBI_LLM_MODEL)");
    }
    if (kind == Kind.ANTHROPIC && (apiKey == null || apiKey.isBlank())) {
      throw new IllegalArgumentException("Anthropic needs a key (QUIMBI_LLM_API_KEY)");
    }
    if (kind == Kind.OLLAMA && (baseUrl == null || baseUrl.isBlank())) {
      throw new IllegalArgumentException("say where Ollama listens (QUIMBI_LLM_BASE_URL)");
    }
    if (inputPrice.signum() < 0 || outputPrice.signum() < 0) {
      throw new IllegalArgumentException("prices are never negative");
    }
  }

  public Spend priceOf(long inputTokens, long outputTokens) {
    BigDecimal money =
        inputPrice
            .multiply(BigDecimal.valueOf(inputTokens))
            .add(outputPrice.multiply(BigDecimal.valueOf(outputTokens)))
            .movePointLeft(6);
    return new Spend(inputTokens + outputTokens, money);
  }

  /// Never the key.
  @Override
  public String toString() {
    return "ProviderSettings[" + kind + ", " + model + ", " + baseUrl + "]";
  }
}
