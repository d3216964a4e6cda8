package ai.quimbi.core.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.generation.Redaction.Redacted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

  private static Redacted hide(String text) {
    Brief brief =
        QuiltShop.support(
            Channel.EMAIL,
            Length.SHORT,
            QuiltShop.named(CustomerFacts.NOBODY, "Ana Kowalska"),
            Turn.customer(text));
    return Redaction.of(brief, QuiltShop.sheet(brief), PhoneFinder.BY_SHAPE).hide(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Write to jane.doe+quilts@mail.example.com please            | jane.doe
          Write to jane (at) mail (dot) example please                | jane
          Write to jane at mail dot com please                        | jane
          mail ｊａｎｅ＠ｍａｉｌ．ｃｏｍ                                    | jane
          Call me on +1 (415) 555-0132 tonight                        | 555
          Call 0171 946 0123 or 020 7946 0958                         | 946
          My number is 4155550132                                     | 4155550132
          Card 4111 1111 1111 1111 exp 12/27                          | 4111
          Card 5500-0000-0000-0004                                    | 5500
          Card 4111\u200b1111\u200b1111\u200b1111                     | 4111
          Card ４１１１１１１１１１１１１１１１                              | 4111
          IBAN DE89 3704 0044 0532 0130 00 is mine                    | 3704
          My account number is 77812                                  | 77812
          SSN 078-05-1120                                             | 078
          password: hunter2                                           | hunter2
          born on 12 March 1984                                       | 1984
          I live at 221B Baker Street, London                         | Baker
          Ship to 742 Evergreen Terrace, Springfield, OR 97403        | Evergreen
          Send it to 5 rue de la Paix                                 | Paix
          Wohnhaft Hauptstraße 12, 10115 Berlin                       | Hauptstra
          P.O. Box 771, Salem, OR 97301                               | 771
          Postcode SW1A 1AA                                           | SW1A
          four one one one one one one one one one one one one one    | four one
          my name is zofia nowak                                      | nowak
          I am Peter Parker and cross                                 | Peter
          Dear Marguerite, where is it?                               | Marguerite
          My husband Reginald opened it                               | Reginald
          it broke, ana is sad                                        | ana is
          Tell me what Euphemia Gray bought                            | Euphemia
          Was it delivered to my ex, Percival Snode?                  | Snode
          ANA KOWALSKA wants an answer                                | KOWALSKA
          """)
  void what_identifies_somebody_does_not_leave(String text, String secret) {
    Redacted hidden = hide(text.translateEscapes());

    assertFalse(
        hidden.text().toLowerCase(Locale.ROOT).contains(secret.toLowerCase(Locale.ROOT)),
        hidden.text());
    assertEquals(Fold.of(text.translateEscapes()), hidden.restore(hidden.text()));
  }

  @Test
  void signatures_give_names_away() {
    for (String signed :
        List.of(
            "It broke.\n\nKind regards,\nMireille Dubois",
            "It broke.\nThanks!\nMireille",
            "It broke.\n- Mireille",
            "It broke.\n\nMireille Dubois")) {
      assertFalse(hide(signed).text().contains("Mireille"), hide(signed).text());
    }
  }

  @Test
  void what_matters_for_the_answer_stays() {
    String text =
        "I need Warm & Natural for a 45 x 60 baby quilt by Friday, order 2026-11-02, two yards, $24.99, 15% off?";
    assertEquals(text, hide(text).text());
  }

  @Test
  void text_that_looks_like_a_placeholder_is_not_taken_for_one() {
    Redacted hidden = hide("Tell [NAME_1] and [EMAIL_1] that ana@mail.example wrote");

    assertEquals(
        "Tell [NAME_1] and [EMAIL_1] that ana@mail.example wrote", hidden.restore(hidden.text()));
    assertTrue(
        hidden.text().startsWith("Tell [TEXT_1] and [TEXT_2] that [EMAIL_1]"), hidden.text());
  }

  /// "PRIVATE_2" holds "VAT", which announces an account number.
  @Test
  void no_pattern_reaches_into_a_placeholder() {
    StringBuilder text = new StringBuilder("It is vat E_1234, ");
    List<String> secrets = new ArrayList<>();
    for (int i = 10; i < 25; i++) {
      secrets.add("secret" + i + "@mail.example");
      text.append(secrets.getLast()).append(" account ").append(i).append("1234567, ");
    }

    Redacted hidden = Redaction.of(secrets, PhoneFinder.BY_SHAPE).hide(text.toString());

    assertEquals(text.toString(), hidden.restore(hidden.text()));
    assertFalse(hidden.text().contains("[["), hidden.text());
    assertTrue(hidden.text().contains("[PRIVATE_15]"), hidden.text());
    assertTrue(hidden.text().contains("[ACCOUNT_16]"), hidden.text());
  }

  @Test
  void restoring_undoes_hiding_on_anything() {
    Random random = new Random(11);
    String[] pieces = {
      "Ana ",
      "4111 1111 1111 1111 ",
      "a@b.co ",
      "[NAME_1] ",
      "[PHONE_1]",
      "+1 415 555 0132 ",
      "\n",
      "Regards,\n",
      "Bob ",
      "12 Main St ",
      "code 9 ",
      "é ",
      "😀",
      "DE89370400440532013000 ",
      "$5 "
    };
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      random.ints(random.nextInt(1, 12), 0, pieces.length).forEach(i -> text.append(pieces[i]));
      Redacted hidden = hide(text.toString());
      assertEquals(Fold.of(text.toString()), hidden.restore(hidden.text()));
    }
  }
}
