package ai.quimbi.server.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.generation.PhoneFinder.Span;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhonesTest {
  private final Phones phones = new Phones();

  @ParameterizedTest
  @ValueSource(strings = {"+1 415 555 0132", "(415) 555-0132", "020 7946 0958", "+49 171 9460123"})
  void numbers_of_several_countries_are_found_whole(String number) {
    String text = "call " + number + " please";
    List<Span> spans = phones.in(text);

    assertEquals(1, spans.size(), spans.toString());
    assertTrue(
        text.substring(spans.getFirst().start(), spans.getFirst().end()).contains(number.strip()));
  }

  @Test
  void sizes_and_prices_are_not_numbers_to_call() {
    assertEquals(List.of(), phones.in("a 45 x 60 quilt for $24.99, 15% off, 2 yards"));
  }
}
