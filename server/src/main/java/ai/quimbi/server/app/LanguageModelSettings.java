package ai.quimbi.server.app;

import ai.quimbi.server.app.Settings.InvalidSetting;
import ai.quimbi.server.llm.ProviderSettings;
import ai.quimbi.server.llm.ProviderSettings.Kind;
import ai.quimbi.server.llm.Spend;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The settings of the language model as its package wants them.
final class LanguageModelSettings {

  private LanguageModelSettings() {}

  static ProviderSettings provider(Config config) {
    Kind kind =
        Kind.ofLabel(config.llmProvider().strip().toLowerCase(Locale.ROOT))
            .orElseThrow(
                () ->
                    new InvalidSetting(
                        "QUIMBI_LLM_PROVIDER must be none, anthropic, openai or ollama, was '"
                            + config.llmProvider()
                            + "'"));
    if (kind == Kind.NONE) {
      return ProviderSettings.NONE;
    }
    try {
      return new ProviderSettings(
          kind,
          config.llmModel(),
          textOrNull(config.llmBaseUrl()),
          textOrNull(config.llmApiKey()),
          money("QUIMBI_LLM_INPUT_PRICE", config.llmInputPrice()),
          money("QUIMBI_LLM_OUTPUT_PRICE", config.llmOutputPrice()));
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting(String.valueOf(e.getMessage()));
    }
  }

  static Spend perDay(Config config) {
    return new Spend(
        config.llmTokensPerDay(), money("QUIMBI_LLM_SPEND_PER_DAY", config.llmSpendPerDay()));
  }

  private static @Nullable String textOrNull(String text) {
    return text.isBlank() ? null : text.strip();
  }

  private static BigDecimal money(String name, String text) {
    try {
      BigDecimal amount = new BigDecimal(text.strip());
      if (amount.signum() >= 0) {
        return amount;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new InvalidSetting(name + " must be an amount of money, was '" + text + "'");
  }
}
