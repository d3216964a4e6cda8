package ai.quimbi.core.generation;

import ai.quimbi.core.generation.CatalogItem.Product;
import ai.quimbi.core.generation.Plan.Weight;
import ai.quimbi.core.generation.Relevance.Answer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a message without a language model: whole sentences from the fact sheet and a stock of
/// phrases, chosen by goal, channel, tone, topic and seed. The same arguments give the same bytes.
///
/// It answers the customer's last question where the sheet holds the answer and says that it has to
/// check where it does not.
public final class Composer {

  private record Written(String text, @Nullable String subject, Set<Touch> asked) {}

  private final Brief brief;
  private final FactSheet sheet;
  private final long seed;
  private final Inquiry inquiry;
  private final Answer answer;

  private Composer(Brief brief, FactSheet sheet, long seed) {
    this.brief = brief;
    this.sheet = sheet;
    this.seed = seed;
    this.inquiry = Inquiry.of(brief);
    this.answer = Relevance.of(inquiry, sheet);
  }

  public static Draft compose(Brief brief, FactSheet sheet, long seed) {
    return new Composer(brief, sheet, seed).draft();
  }

  private Draft draft() {
    Set<Touch> touches = Touch.of(brief.customer());
    Written written = write(touches);
    Channel channel = brief.channel().value();
    String text = Form.shaped(written.text(), channel);
    List<String> applied = new ArrayList<>();
    for (Touch touch : written.asked()) {
      if (matters(written, touches, Set.of(touch))
          && matters(written, touches, touch.ofTheSameTrait())) {
        applied.add(touch.claim(brief.customer()));
      }
    }
    applied.addAll(Personalization.facts(text, sheet));
    applied.addAll(Personalization.fallbacks(brief));
    return new Draft(
        text,
        written.subject(),
        brief.tone().value(),
        channel,
        applied,
        Form.parts(text, channel),
        Form.segments(text, channel));
  }

  // One touch of a trait may step in for another: then neither the one nor the trait did anything.
  private boolean matters(Written written, Set<Touch> touches, Set<Touch> gone) {
    EnumSet<Touch> without = EnumSet.copyOf(touches);
    without.removeAll(gone);
    return !write(without).text().equals(written.text());
  }

  private Written write(Set<Touch> touches) {
    Voice voice = new Voice(seed, touches);
    Plan plan = new Plan();
    Pitch pitch = new Pitch(brief, sheet, inquiry, voice, plan);
    Tone tone = brief.tone().value();
    Channel channel = brief.channel().value();
    greet(plan, voice);
    plan.paragraph();
    boolean isTrouble = inquiry.topic().isTrouble();
    boolean isMarketing = isMarketing() && !isTrouble;
    if (inquiry.isEmpty()) {
      plan.say(Weight.IMPORTANT, voice.pick("opener", Phrases.opener(brief.goal(), tone)));
    } else {
      acknowledge(plan, voice);
    }
    thank(plan, voice, isTrouble);
    boolean answered = !inquiry.isEmpty() && answer(plan, voice, pitch);
    if (isMarketing) {
      plan.paragraph();
      if (!inquiry.isEmpty() && inquiry.topic() != Topic.ADVICE) {
        plan.say(Weight.NICE, voice.pick("opener", Phrases.opener(brief.goal(), tone)));
      }
      pitch.market();
    }
    plan.paragraph();
    ask(plan, voice, answered, isMarketing, pitch);
    if (channel == Channel.EMAIL) {
      plan.paragraph();
      String company = sheet.company();
      String closing = voice.pick("closing", Phrases.closing(tone));
      plan.say(Weight.ESSENTIAL, closing + (company == null ? "" : ",\n" + company));
    }
    String text = plan.fitted(brief.length().value(), maxChars(), between(channel));
    return new Written(
        text,
        channel == Channel.EMAIL ? Subject.of(brief, inquiry, pitch.lead(), seed) : null,
        voice.asked());
  }

  private boolean isMarketing() {
    return switch (brief.goal()) {
      case NURTURE_LEAD, UPSELL, WIN_BACK -> true;
      case RESOLVE_SUPPORT_ISSUE, GENERIC_COMMUNICATION -> false;
    };
  }

  // In a chat that an agent already joined, another hello would be odd.
  private void greet(Plan plan, Voice voice) {
    Channel channel = brief.channel().value();
    boolean isRunningChat =
        channel == Channel.CHAT
            && brief.conversation().stream().anyMatch(t -> t.speaker() == Turn.Speaker.AGENT);
    if (isRunningChat) {
      return;
    }
    Known<String> name = brief.customer().name();
    String called = name != null && voice.has(Touch.NAME) ? " " + name.value() : "";
    String greeting =
        voice.pick("greeting", Phrases.greeting(brief.tone().value(), channel)).formatted(called);
    greeting = greeting.replace("there ", called.isEmpty() ? "there " : "");
    // What follows on the same line begins with a capital, so the greeting must end there.
    if (greeting.endsWith(",") && channel != Channel.EMAIL) {
      greeting = greeting.substring(0, greeting.length() - 1) + ".";
    }
    plan.say(Weight.ESSENTIAL, greeting);
  }

  private void acknowledge(Plan plan, Voice voice) {
    boolean mayBeSkipped =
        switch (inquiry.topic()) {
          case ADVICE, PRICE, OTHER -> true;
          default -> false;
        };
    if (mayBeSkipped && voice.has(Touch.DIRECT)) {
      return;
    }
    plan.say(
        Weight.IMPORTANT,
        voice.pick("ack", Phrases.acknowledgement(inquiry.topic(), brief.tone().value())));
  }

  private void thank(Plan plan, Voice voice, boolean isTrouble) {
    if (isTrouble && voice.has(Touch.SERIOUS)) {
      plan.say(
          Weight.USEFUL,
          voice.pick(
              "serious",
              List.of(
                  "I know you do not raise things lightly, so this gets my full attention.",
                  "Coming from you, I take this seriously.")));
    }
    if (voice.has(Touch.VALUED)) {
      plan.say(
          Weight.USEFUL,
          voice.pick(
              "valued",
              isTrouble
                  ? List.of(
                      "You are one of the customers we value most, and this matters to us.",
                      "Customers like you mean a lot to us, and so does this.")
                  : List.of(
                      "You are one of the customers we value most.",
                      "Customers like you mean a lot to us.")));
    }
    if (!isTrouble && voice.has(Touch.LOYALTY)) {
      plan.say(
          Weight.USEFUL,
          voice.pick(
              "loyalty",
              List.of(
                  "Thank you for being with us for so long.",
                  "It means a lot that you have stayed with us.")));
    } else if (!isTrouble && voice.has(Touch.RETURNING)) {
      plan.say(Weight.NICE, "Thank you for coming back to us.");
    }
    Known<Long> away = brief.customer().daysSinceLastPurchase();
    if (!isTrouble
        && brief.goal() == Goal.WIN_BACK
        && away != null
        && away.value() >= AWAY_DAYS
        && voice.has(Touch.TIME_AWAY)) {
      plan.say(Weight.USEFUL, "It has been a while since your last order.");
    }
  }

  /// From how many days on "it has been a while" is a fair thing to say.
  private static final long AWAY_DAYS = 60;

  /// Says what the sheet holds on the question; returns whether that answers it.
  private boolean answer(Plan plan, Voice voice, Pitch pitch) {
    boolean saidOrder = inquiry.topic().isTrouble() && pitch.orders();
    if (inquiry.topic() == Topic.LEGAL) {
      plan.say(Weight.ESSENTIAL, voice.pick("check", Phrases.letMeCheck()));
      return false;
    }
    if (!answer.items().isEmpty() && answer.isHeld()) {
      if (!inquiry.topic().isTrouble() && voice.has(Touch.BEGINNER)) {
        plan.say(
            Weight.USEFUL,
            voice.pick(
                "beginner",
                List.of(
                    "Since this is new ground for you, here is the plain version.",
                    "You are just getting started, so I am keeping it simple.",
                    "No need to know the trade words for this.")));
      }
      boolean said = pitch.answer(answer.items());
      if (said) {
        return true;
      }
    }
    boolean needsAnswer = inquiry.asks() || inquiry.topic().isTrouble();
    if (needsAnswer && inquiry.topic() != Topic.THANKS && !saidOrder) {
      plan.say(Weight.ESSENTIAL, voice.pick("check", Phrases.letMeCheck()));
      if (!answer.items().isEmpty()) {
        pitch.known(answer.items().getFirst());
      }
    }
    return saidOrder;
  }

  private void ask(Plan plan, Voice voice, boolean answered, boolean isMarketing, Pitch pitch) {
    List<String> requests = Phrases.request(inquiry.topic());
    if (!inquiry.isEmpty() && !requests.isEmpty() && !pitch.saidOrders()) {
      plan.say(Weight.ESSENTIAL, voice.pick("request", requests));
    } else if (isMarketing || answered || inquiry.isEmpty()) {
      plan.say(
          isMarketing ? Weight.IMPORTANT : Weight.USEFUL,
          voice.pick("question", Phrases.question(brief.goal())));
    } else if (inquiry.topic() != Topic.THANKS) {
      plan.say(
          Weight.USEFUL,
          voice.pick(
              "more",
              List.of(
                  "Is there anything else that would help me understand what you need?",
                  "Tell me a little more about what you have in mind.")));
    }
    boolean mayTalkMoney = isMarketing || inquiry.topic() == Topic.ADVICE;
    if (mayTalkMoney && !pitch.saidValue() && voice.has(Touch.BUDGET)) {
      plan.say(Weight.USEFUL, "If you have a budget in mind, tell me and I can narrow it down.");
    }
  }

  /// SMS is kept to two, three and six joined segments.
  private int maxChars() {
    return brief.channel().value() != Channel.SMS
        ? Integer.MAX_VALUE
        : switch (brief.length().value()) {
          case SHORT -> 306;
          case MEDIUM -> 459;
          case LONG -> 918;
        };
  }

  private static String between(Channel channel) {
    return switch (channel) {
      case EMAIL -> "\n\n";
      case PHONE_SCRIPT -> "\n";
      case SMS, CHAT -> " ";
    };
  }

  /// The product a message leads with, for the subject line.
  static @Nullable String titleOf(@Nullable CatalogItem lead) {
    return lead instanceof Product p ? p.title() : null;
  }
}
