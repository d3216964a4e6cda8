package ai.quimbi.core.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.generation.Sms.Encoding;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SmsTest {

  @Test
  void segment_limits_are_those_of_the_standard() {
    assertEquals(1, Sms.of("a".repeat(160)).segments().size());
    assertEquals(2, Sms.of("a".repeat(161)).segments().size());
    assertEquals(2, Sms.of("a".repeat(306)).segments().size());
    assertEquals(3, Sms.of("a".repeat(307)).segments().size());
    assertEquals(1, Sms.of("ж".repeat(70)).segments().size());
    assertEquals(2, Sms.of("ж".repeat(71)).segments().size());
    assertEquals(2, Sms.of("ж".repeat(134)).segments().size());
    assertEquals(3, Sms.of("ж".repeat(135)).segments().size());
  }

  @Test
  void the_euro_sign_takes_two_places_and_is_never_cut() {
    assertEquals(1, Sms.of("€".repeat(80)).segments().size());
    assertEquals(2, Sms.of("€".repeat(80) + "a").segments().size());
    assertEquals(76, Sms.of("€".repeat(81)).segments().getFirst().length());
  }

  @Test
  void typography_does_not_force_the_small_alphabet() {
    String typed = "“Don’t worry” – it’s here… really • yes";
    assertEquals(Encoding.UCS_2, Sms.of(typed).encoding());
    assertEquals(Encoding.GSM_7, Sms.of(Sms.normalised(typed)).encoding());
    assertEquals("\"Don't worry\" - it's here... really - yes", Sms.normalised(typed));
  }

  @Test
  void segments_join_to_the_text_and_keep_surrogate_pairs_whole() {
    Random random = new Random(5);
    String[] alphabet = {"a", "€", "ж", "😀", " ", "[", "ß", "\n"};
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      int letters = round % 2 == 0 ? 2 : alphabet.length;
      random.ints(random.nextInt(1, 400), 0, letters).forEach(i -> text.append(alphabet[i]));
      Sms sms = Sms.of(text.toString());
      assertEquals(text.toString(), String.join("", sms.segments()));
      for (String segment : sms.segments()) {
        assertTrue(!Character.isLowSurrogate(segment.charAt(0)), "a pair was cut");
      }
    }
  }
}
