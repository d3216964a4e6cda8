package ai.quimbi.server.app.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.customer.Order;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/// What a file of orders may be as a whole: packed, marked, broken off, mangled; and what is told
/// of it in the end.
class CsvFilesTest {
  @Test
  void marks_packing_line_ends_and_delimiters_make_no_difference() throws Exception {
    String plain = "customer_id,date,amount\nanna,2024-03-15,1\n\nbért,2024-03-16,2";
    List<Order> expected = Read.of(plain).orders();
    assertEquals(2, expected.size());

    assertEquals(expected, Read.of("\uFEFF" + plain).orders());
    assertEquals(expected, Read.of(("\uFEFF" + plain).getBytes(UTF_16LE)).orders());
    assertEquals(expected, Read.of(plain.replace("\n", "\r\n")).orders());
    assertEquals(expected, Read.of(plain.replace("\n", "\r")).orders());
    assertEquals(expected, Read.of(plain.replace(',', ';')).orders());
    assertEquals(expected, Read.of(plain.replace(',', '\t')).orders());
    assertEquals(expected, Read.of(packed(plain)).orders());
  }

  @Test
  void strict_reading_stops_at_the_first_bad_row() throws Exception {
    ImportSpec strict = new ImportSpec("shop", Read.SPEC.ledger(), Read.SPEC.now(), true);
    String file = "customer_id,date,amount\na,2024-03-15,1\nb,x,1\nc,2024-03-15,1\n";

    Read read = Read.of(CsvOrders.open(Read.stream(file.getBytes(UTF_8)), 0, strict));

    assertEquals(2, read.results().size());
    assertTrue(read.report().hasStopped());
    assertEquals(2, read.report().rows());
  }

  @Test
  void a_quote_never_closed_ends_the_file_there_and_keeps_memory_bounded() throws Exception {
    String file = "customer_id,date,amount\na,2024-03-15,1\n\"b,2024-03-15,1\n";
    Read small = Read.of(file + "c,2024-03-15,1\n");
    Read large = Read.of(file + "c,2024-03-15,1\n".repeat(500_000));

    for (Read read : List.of(small, large)) {
      assertEquals("a", read.order().customerId());
      assertEquals(3, read.refusals().getFirst().line());
      assertTrue(read.report().hasStopped());
    }
  }

  @Test
  void a_packed_file_that_breaks_off_keeps_what_came_before() throws Exception {
    StringBuilder file = new StringBuilder("customer_id,date,amount\n");
    for (int i = 0; i < 50_000; i++) {
      file.append(Integer.toHexString(i * 7919)).append(",2024-03-15,").append(i % 97).append('\n');
    }
    byte[] whole = packed(file.toString());

    Read read = Read.of(Arrays.copyOf(whole, whole.length / 2));

    assertTrue(read.orders().size() > 1_000);
    assertEquals(1, read.refusals().size());
    assertTrue(read.report().hasStopped());
  }

  @Test
  void text_that_is_not_utf8_is_refused_row_by_row() throws Exception {
    byte[] latin1 =
        "customer_id,date,amount\nbért,2024-03-15,1\nanna,2024-03-15,1\n".getBytes(ISO_8859_1);

    Read read = Read.of(latin1);

    assertEquals("anna", read.order().customerId());
    assertEquals("is not UTF-8: save the file as UTF-8", read.refusals().getFirst().reason());
  }

  @Test
  void a_file_that_cannot_be_read_says_what_to_change_and_repeats_no_customer() {
    assertUnreadable("", "empty");
    assertUnreadable("anna,2024-03-15,12.50\n", "customer_id,date,amount");
    assertUnreadable("customer_id,amount\n", "No column date");
    assertUnreadable("customer_id,date\n", "No column amount");
    assertUnreadable("\"customer_id,date\n", "quote");
    UnreadableFile missing =
        assertThrows(UnreadableFile.class, () -> CsvOrders.open(Path.of("none.csv"), Read.SPEC));
    assertEquals("There is no file none.csv.", missing.getMessage());
  }

  @Test
  void two_thousand_mangled_files_are_read_or_refused_and_every_accepted_order_is_legal()
      throws Exception {
    String sound =
        """
        order_id,customer_id,date,total,product_id,quantity,price,status
        1,anna,2024-03-15,10.00,p1,1,5.00,paid
        1,anna,2024-03-15,10.00,p2,1,5.00,paid
        2,"bert, jr",2024-03-16T10:00:00Z,10.00,p1,2,5.00,refunded
        """;
    String bits = "\",;\n\r\t-.0:TZ9e\0é\uD83D ";
    Random random = new Random(20261121);
    int accepted = 0;
    int unreadable = 0;
    for (int i = 0; i < 2_000; i++) {
      StringBuilder file = new StringBuilder(sound);
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        int at = random.nextInt(file.length());
        String bit = String.valueOf(bits.charAt(random.nextInt(bits.length())));
        file.replace(at, at + random.nextInt(2), bit);
      }
      try {
        for (Order order : Read.of(file.toString()).orders()) {
          accepted++;
          assertTrue(order.total().signum() >= 0 && order.total().scale() <= 4, file::toString);
          assertFalse(order.customerId().isBlank(), file::toString);
          assertFalse(order.customerId().chars().anyMatch(Character::isISOControl));
          order.items().forEach(item -> assertTrue(item.quantity() > 0, file::toString));
        }
      } catch (UnreadableFile e) {
        unreadable++;
      }
    }
    assertTrue(accepted > 1_000 && unreadable > 10, accepted + " and " + unreadable);
  }

  @Test
  void the_report_is_short_and_teaches() throws Exception {
    Read read =
        Read.of("cust_id,order_date,total,colour\nanna,2024-03-15,1,red\nbert,2024-03-16,x,red\n");

    assertEquals(
        """
        2 rows: 1 orders, 1 rows refused
          from 2024-03-15 to 2024-03-15
          columns  cust_id, order_date, total
          ignored  colour
          2 dates without an offset were read in America/New_York
          no order ids in the file: made from customer, date and count, the same each time
          nothing was stored
          refused 1: total is not a number: write 1234.50
            line 3: total is not a number: write 1234.50
        Mend these rows and import the file again: what is stored already stays as it is.
        """,
        read.report().toText());
    assertEquals(1L, read.report().toMap().get("rejected_rows"));
  }

  private static void assertUnreadable(String file, String part) {
    UnreadableFile e = assertThrows(UnreadableFile.class, () -> Read.of(file), file);
    assertTrue(e.toString().contains(part), e::toString);
    assertFalse(e.toString().contains("anna"));
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
