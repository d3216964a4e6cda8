package ai.quimbi.server.llm;

import ai.quimbi.core.generation.LanguageModel;
import ai.quimbi.core.generation.LanguageModel.Failed;
import ai.quimbi.core.generation.LanguageModel.Outcome;
import ai.quimbi.core.generation.LanguageModel.Prompt;
import ai.quimbi.core.generation.LanguageModel.Reason;
import ai.quimbi.core.generation.LanguageModel.Written;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One configured provider: tries, waits as it is told, tries again, all before one deadline.
final class Provider {

  /// How one attempt ended, and whether another could end better.
  private record Attempt(
      Outcome outcome, boolean isWorthARetry, @Nullable Duration pause, Spend spent) {}

  private static final int MAX_ATTEMPTS = 3;
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);

  // Less than this is no time for a model to answer in.
  private static final Duration MIN_REMAINING = Duration.ofMillis(20);

  private static final Pattern REFUSAL =
      Pattern.compile(
          "^\\W*(?:i'?m sorry,?|sorry,?|i apologi[sz]e,?|unfortunately,?)?\\W*(?:but )?(?:as an ai\\b"
              + "|i (?:can'?t|cannot|can not|won'?t|am unable to|'m unable to|am not able to"
              + "|'m not able to|must decline to)"
              + " (?:help|assist|comply|fulfil|provide|write|do|create|generate|continue|rewrite))",
          Pattern.CASE_INSENSITIVE);

  private final ProviderSettings settings;
  private final ChatModel model;
  private final Budget budget;
  private final CircuitBreaker breaker;
  private volatile boolean isStructured = true;

  Provider(ProviderSettings settings, BoundedHttp http, Budget budget, CircuitBreaker breaker) {
    this.settings = settings;
    this.model = ChatModels.of(settings, http);
    this.budget = budget;
    this.breaker = breaker;
  }

  LanguageModel forMessage(String tenantId, LocalDate day, Deadline deadline) {
    return prompt -> complete(prompt, tenantId, day, deadline);
  }

  private Outcome complete(Prompt prompt, String tenantId, LocalDate day, Deadline deadline) {
    Duration wait = FIRST_WAIT;
    Outcome last = new Failed(Reason.TIMEOUT, "the deadline was over before a request was sent");
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      if (deadline.remaining().compareTo(MIN_REMAINING) < 0) {
        return last;
      }
      Spend atMost = atMost(prompt);
      Outcome refused = reserve(tenantId, day, atMost);
      if (refused != null) {
        return refused;
      }
      if (!breaker.mayTry()) {
        settle(tenantId, day, atMost, Spend.NOTHING);
        return attempt == 1 ? new Failed(Reason.CIRCUIT_OPEN, "circuit open") : last;
      }
      Attempt made = attempt(prompt, atMost, deadline);
      settle(tenantId, day, atMost, made.spent());
      last = made.outcome();
      if (!made.isWorthARetry()) {
        return last;
      }
      Duration told = made.pause();
      Duration pause = told == null ? wait : told;
      wait = wait.multipliedBy(2);
      if (pause.plus(MIN_REMAINING).compareTo(deadline.remaining()) > 0 || !slept(pause)) {
        return last;
      }
    }
    return last;
  }

  private @Nullable Outcome reserve(String tenantId, LocalDate day, Spend atMost) {
    try {
      return budget.reserve(tenantId, day, atMost)
          ? null
          : new Failed(Reason.BUDGET_SPENT, "budget of the day");
    } catch (RuntimeException unknown) {
      // What is not known to fit is not spent.
      return new Failed(Reason.BUDGET_UNKNOWN, unknown.getClass().getSimpleName());
    }
  }

  private void settle(String tenantId, LocalDate day, Spend setAside, Spend spent) {
    try {
      budget.settle(tenantId, day, setAside, spent);
    } catch (RuntimeException _) {
      // What was set aside stays counted: the text is here, and the budget errs towards less.
    }
  }

  private Attempt attempt(Prompt prompt, Spend atMost, Deadline deadline) {
    Exchange exchange = new Exchange(deadline);
    boolean structured = isStructured;
    try {
      ChatRequest.Builder request =
          ChatRequest.builder()
              .messages(SystemMessage.from(prompt.system()), UserMessage.from(prompt.user()))
              .maxOutputTokens(prompt.maxOutputTokens());
      if (structured) {
        request.responseFormat(
            prompt.choices().isEmpty() ? MessageJson.FORMAT : ChoiceJson.format(prompt.choices()));
      }
      ChatResponse response =
          ScopedValue.where(Exchange.CURRENT, exchange).call(() -> model.chat(request.build()));
      breaker.succeeded();
      return read(prompt, response, atMost);
    } catch (RuntimeException failed) {
      return failed(exchange, structured, atMost, failed);
    }
  }

  private Attempt read(Prompt prompt, ChatResponse response, Spend atMost) {
    TokenUsage usage = response.tokenUsage();
    Spend spent = usage == null ? atMost : spent(usage, atMost);
    String text = response.aiMessage() == null ? null : response.aiMessage().text();
    FinishReason end = response.finishReason();
    if (end == FinishReason.CONTENT_FILTER || (text != null && REFUSAL.matcher(text).find())) {
      return done(new Failed(Reason.REFUSED, "refused"), spent);
    }
    if (end == FinishReason.LENGTH) {
      return done(new Failed(Reason.MALFORMED, "cut off at the token limit"), spent);
    }
    String message = text == null ? null : told(prompt, text);
    if (message == null) {
      return done(new Failed(Reason.MALFORMED, "no message in the answer"), spent);
    }
    return REFUSAL.matcher(message).find()
        ? done(new Failed(Reason.REFUSED, "refused"), spent)
        : done(new Written(message, settings.model()), spent);
  }

  private static @Nullable String told(Prompt prompt, String text) {
    return prompt.choices().isEmpty() ? MessageJson.read(text) : ChoiceJson.read(text);
  }

  private Spend spent(TokenUsage usage, Spend atMost) {
    Integer in = usage.inputTokenCount();
    Integer out = usage.outputTokenCount();
    // A provider that counts oddly cannot give budget back.
    return in == null || out == null || in < 0 || out < 0 ? atMost : settings.priceOf(in, out);
  }

  private static Attempt done(Outcome outcome, Spend spent) {
    return new Attempt(outcome, false, null, spent);
  }

  private Attempt failed(
      Exchange exchange, boolean structured, Spend atMost, RuntimeException failed) {
    int status = exchange.status();
    String detail = failed.getClass().getSimpleName() + (status == 0 ? "" : ", status " + status);
    if (exchange.isTooLarge()) {
      breaker.failed();
      return done(new Failed(Reason.TOO_LARGE, detail), atMost);
    }
    if (exchange.deadline.isOver()) {
      breaker.failed();
      return done(new Failed(Reason.TIMEOUT, detail), atMost);
    }
    if (status / 100 == 2) {
      breaker.failed();
      return done(new Failed(Reason.MALFORMED, detail), atMost);
    }
    if (status == 429) {
      Duration wait = exchange.retryAfter();
      if (wait != null && wait.compareTo(exchange.deadline.remaining()) > 0) {
        breaker.restFor(wait);
      } else {
        breaker.failed();
      }
      return again(Reason.RATE_LIMITED, detail, wait);
    }
    if (structured && (status == 400 || status == 422)) {
      // A server that does not know schemas is asked without one from now on.
      isStructured = false;
      breaker.abandoned();
      return again(Reason.NOT_ACCEPTED, detail, Duration.ZERO);
    }
    breaker.failed();
    return status == 0 || status == 408 || status >= 500
        ? again(Reason.UNAVAILABLE, detail, exchange.retryAfter())
        : done(new Failed(Reason.NOT_ACCEPTED, detail), Spend.NOTHING);
  }

  private static Attempt again(Reason reason, String detail, @Nullable Duration wait) {
    return new Attempt(new Failed(reason, detail), true, wait, Spend.NOTHING);
  }

  // A token is seldom shorter than three characters of English.
  private Spend atMost(Prompt prompt) {
    long characters = (long) prompt.system().length() + prompt.user().length();
    return settings.priceOf(characters / 3 + 64, prompt.maxOutputTokens());
  }

  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
