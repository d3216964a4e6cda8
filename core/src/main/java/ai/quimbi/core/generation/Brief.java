package ai.quimbi.core.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be written: the goal, the form, the conversation so far and the customer.
public record Brief(
    Goal goal,
    Nearest<Channel> channel,
    Nearest<Tone> tone,
    Nearest<Length> length,
    String language,
    List<Turn> conversation,
    CustomerFacts customer) {

  public Brief {
    conversation = List.copyOf(conversation);
  }

  public static Brief of(
      Goal goal,
      Channel channel,
      Tone tone,
      Length length,
      List<Turn> conversation,
      CustomerFacts customer) {
    return new Brief(
        goal,
        new Nearest<>(channel, channel.label(), true),
        new Nearest<>(tone, tone.label(), true),
        new Nearest<>(length, length.label(), true),
        "en",
        conversation,
        customer);
  }

  /// What the customer wrote last, or `null` when the customer has not written.
  public @Nullable Turn lastCustomerTurn() {
    return conversation.reversed().stream()
        .filter(turn -> turn.speaker() == Turn.Speaker.CUSTOMER)
        .filter(turn -> !turn.text().isBlank())
        .findFirst()
        .orElse(null);
  }

  public boolean isEnglish() {
    return language.equals("en") || language.startsWith("en-") || language.startsWith("en_");
  }

  public Brief withCustomer(CustomerFacts other) {
    return new Brief(goal, channel, tone, length, language, conversation, other);
  }

  public Brief withTone(Nearest<Tone> other) {
    return new Brief(goal, channel, other, length, language, conversation, customer);
  }
}
