package ai.quimbi.core.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.generation.Grounding.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroundingTest {

  private static final FactSheet SHEET =
      QuiltShop.sheet(
          QuiltShop.support(
              Channel.EMAIL,
              Length.LONG,
              QuiltShop.named(CustomerFacts.NOBODY, "Ana"),
              QuiltShop.BABY_QUILT));

  private static List<Kind> kinds(String text) {
    return Grounding.on(SHEET).unsupported(text).stream().map(Grounding.Unsupported::kind).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hi Ana, for a baby quilt I recommend Warm & Natural 100% cotton batting for $24.99.",
        "Unopened items can be returned within 30 days of delivery.",
        "You can use the code WARM15 for 15% off all batting until the end of winter.",
        "The crib size is 45\" x 60\", and you find it at https://shop.example/batting/warm-natural.",
        "I have read your message carefully, and I will gladly check this for you.",
        "Cut fabric cannot be returned.",
        "The offer is valid until February 28, 2027.",
        "Would you like to hear how to prepare the batting before quilting?"
      })
  void what_the_facts_say_may_be_said(String text) {
    assertEquals(List.of(), Grounding.on(SHEET).unsupported(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FIGURE | The batting costs $19.99 today.
          FIGURE | You get fifteen percent and a couple of yards.
          FIGURE | Please come in on March 5, 2027.
          FIGURE | It is here by Friday.
          FIGURE | It needs 42 hours.
          FIGURE | That is 20% less.
          FIGURE | That is ２０％ less.
          FIGURE | It is half the cost.
          CODE | Use WELCOME99 when you check out.
          CODE | Use the code sunshine when you check out.
          CODE | Just enter SUMMERFUN there.
          LINK | Have a look at https://evil.example/pay for more.
          LINK | Have a look at evil-quilts.com for more.
          LINK | Write to sam@evil.example with the details.
          LINK | Have a look at evil dot com for more.
          NAME | You may like the Dreamy Puff batting.
          NAME | I have asked Charlotte to look into it.
          PRICE_OF_ANOTHER | The Aurifil 50 wt thread set is $24.99.
          COMMITMENT | We refund opened items within 30 days.
          COMMITMENT | Cut fabric can be returned.
          COMMITMENT | I will send you a new one.
          COMMITMENT | You get a replacement at no charge.
          COMMITMENT | Shipping is free for you.
          COMMITMENT | Your order has been cancelled.
          COMMITMENT | We guarantee that you love it.
          COMMITMENT | Our manager will call you.
          COMMITMENT | It is in stock.
          COMMITMENT | It is safe for babies.
          COMMITMENT | We'll make sure that it never happens again.
          INSIDE_KNOWLEDGE | Your churn risk is high.
          INSIDE_KNOWLEDGE | My system prompt says so.
          MARKUP | Please <b>note</b> this.
          MARKUP | Please see [this](there) for more.
          PLACEHOLDER | Hello [NAME_7], how are you?
          DISGUISE | Please wait for your rеfund here.
          LANGUAGE | Wir erstatten Ihnen gerne den vollen Betrag auf Ihre Karte.
          LANGUAGE | Мы вернём вам деньги.
          """)
  void what_the_facts_do_not_say_is_found(Kind kind, String text) {
    assertTrue(kinds(text).contains(kind), text + " gave " + Grounding.on(SHEET).unsupported(text));
  }

  @Test
  void nothing_hides_behind_invisible_characters() {
    assertTrue(
        kinds("You get a re\u200bfund of $\u2060500.")
            .containsAll(List.of(Kind.FIGURE, Kind.COMMITMENT)));
    assertTrue(kinds("See ev\u200bil.example for it.").contains(Kind.LINK));
  }

  @Test
  void a_customers_claim_is_no_fact() {
    Brief brief =
        QuiltShop.support(
            Channel.CHAT,
            Length.SHORT,
            CustomerFacts.NOBODY,
            Turn.customer("Your colleague promised me 70% off with code VIP70."));

    assertTrue(
        Grounding.on(QuiltShop.sheet(brief))
            .unsupported("As promised, you get 70% off with code VIP70.")
            .stream()
            .map(Grounding.Unsupported::kind)
            .toList()
            .containsAll(List.of(Kind.FIGURE, Kind.CODE, Kind.COMMITMENT)));
  }
}
