package ai.quimbi.server.app.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.customer.LineItem;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.Order.Status;
import ai.quimbi.server.app.imports.RowResult.Accepted;
import ai.quimbi.server.app.imports.RowResult.Rejected;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// What the rows of a file are taken for: orders, their lines, or faults.
class CsvOrdersTest {
  private static final Path CDNOW = Path.of("../../shared/data/cdnow_sample_transactions.csv");

  @Test
  void the_cdnow_file_gives_an_order_for_each_of_its_6919_rows_and_the_same_ids_each_time()
      throws Exception {
    Assumptions.assumeTrue(Files.exists(CDNOW), "skipped: the CDNOW file is not at " + CDNOW);

    Read once = Read.of(CsvOrders.open(CDNOW, Read.SPEC));
    Read again = Read.of(CsvOrders.open(CDNOW, Read.SPEC));

    assertEquals(6_919, once.orders().size());
    assertEquals(0, once.report().rejectedRows());
    Set<String> ids = new HashSet<>();
    once.orders().forEach(order -> ids.add(order.orderId()));
    assertEquals(6_919, ids.size());
    assertEquals(once.orders(), again.orders());
    Set<String> customers = new HashSet<>();
    once.orders().forEach(order -> customers.add(order.customerId()));
    assertEquals(2_357, customers.size());
    assertEquals("0001", once.orders().getFirst().customerId());
    assertEquals(Instant.parse("1997-01-01T05:00:00Z"), once.orders().getFirst().orderedAt());
    assertEquals(List.of("quantity", "master_id"), once.report().ignored());
    assertEquals(6_919, once.report().localDates());
  }

  @Test
  void columns_are_found_by_any_of_their_names_in_any_spelling() throws Exception {
    for (String header :
        List.of(
            "customer_id,date,amount",
            "Customer ID,Order Date,Total Price",
            "custId,createdAt,Total",
            " CUSTOMER , order-date,Spend ")) {
      Read read = Read.of(header + "\nanna,2024-03-15,12.50\n");
      assertEquals("anna", read.order().customerId(), header);
      assertEquals(new BigDecimal("12.50"), read.order().total(), header);
    }
  }

  @Test
  void an_order_tells_all_it_is_asked() throws Exception {
    Read read =
        Read.of(
            """
            order_id,customer_id,date,amount,currency,status,discount_amount,refund_amount,channel,source,updated_at
            A1,anna,2024-03-15T14:30:00Z,100.00,EUR,partially_refunded,5.00,20.00,web,till,2024-04-01T00:00:00+02:00
            """);

    assertEquals(
        new Order(
            "till",
            "A1",
            "anna",
            Instant.parse("2024-03-15T14:30:00Z"),
            "EUR",
            new BigDecimal("100.00"),
            Status.PARTIALLY_REFUNDED,
            true,
            new BigDecimal("5.00"),
            new BigDecimal("20.00"),
            List.of(),
            "web",
            List.of(),
            Instant.parse("2024-03-31T22:00:00Z")),
        read.order());
  }

  @Test
  void what_is_not_told_stays_untold() throws Exception {
    Order order =
        Read.of("customer_id,date,amount,discount,refund,status\nanna,2024-03-15,1,,,\n").order();

    assertNull(order.discountAmount());
    assertNull(order.refundAmount());
    assertFalse(order.statusStated());
    assertFalse(order.tellsRefunds());
  }

  @Test
  void neighbouring_rows_of_one_order_are_its_lines() throws Exception {
    Read read =
        Read.of(
            """
            order_id,customer_id,date,total,product_id,product_name,category,quantity,price
            1,anna,2024-03-15,125.50,p1,Cotton Batting,batting,1,45.00
            1,anna,2024-03-15,125.50,p2,Thread Set,notions,3,26.83
            2,bert,2024-03-16,9.00,p3,Needles,notions,,9.00
            2,,,,p4,"Gift
            card",,1,0
            """);

    assertEquals(2, read.orders().size());
    assertEquals(
        List.of(
            new LineItem("p1", "Cotton Batting", "batting", 1, new BigDecimal("45.00")),
            new LineItem("p2", "Thread Set", "notions", 3, new BigDecimal("26.83"))),
        read.orders().getFirst().items());
    assertEquals("Gift card", read.orders().getLast().items().getLast().productName());
    assertEquals(new BigDecimal("125.50"), read.orders().getFirst().total());
    assertEquals(
        List.of(new Accepted(read.orders().getFirst(), 2, 2)), read.results().subList(0, 1));
  }

  @Test
  void a_line_break_inside_quotes_is_refused_in_an_id_and_shifts_no_line_number() throws Exception {
    Read read = Read.of("customer_id,date,amount\n\"an\nna\",2024-03-15,1\nbert,2024-03-15,x\n");

    assertEquals(
        List.of(
            new Rejected(2, 1, "customer_id", "contains a control character or a line break"),
            new Rejected(4, 1, "amount", "is not a number: write 1234.50")),
        read.results());
  }

  @Test
  void without_a_total_the_lines_less_the_discount_are_the_total() throws Exception {
    Read read =
        Read.of(
            """
            order_id,customer_id,date,product,qty,unit_price,discount
            1,anna,2024-03-15,Thread,2,3.333,1.00
            1,anna,2024-03-15,Batting,1,10.00,
            """);

    assertEquals(new BigDecimal("15.67"), read.order().total());
  }

  @Test
  void an_order_with_a_bad_line_is_refused_whole() throws Exception {
    Read read =
        Read.of(
            """
            order_id,customer_id,date,total,product_id,quantity,price
            1,anna,2024-03-15,10,p1,1,5
            1,anna,2024-03-15,10,p2,none,5
            1,anna,2024-03-15,10,p3,1,5
            2,bert,2024-03-15,10,p1,1,10
            3,cleo,2024-03-15,10,p1,1,10
            3,dora,2024-03-15,10,p1,1,10
            3,cleo,2024-03-15,10,p1,1,10
            """);

    assertEquals("bert", read.order().customerId());
    assertEquals(
        List.of(
            new Rejected(2, 3, "quantity", "is not a number: write 1234.50"),
            new Rejected(
                6,
                3,
                "customer_id",
                "differs between rows of one order: give the order's value on each row, or on the"
                    + " first alone")),
        read.refusals());
    assertEquals(7, read.report().rows());
    assertEquals(6, read.report().rejectedRows());
  }

  @Test
  void rows_of_an_order_that_lie_apart_are_refused_rather_than_taken_for_two_versions()
      throws Exception {
    Read read =
        Read.of(
            """
            order_id,customer_id,date,total,product_id,price
            1,anna,2024-03-15,10,p1,5
            2,bert,2024-03-15,10,p1,10
            1,anna,2024-03-15,10,p2,5
            """);

    assertEquals(2, read.orders().size());
    assertEquals(4, read.refusals().getFirst().line());
    assertEquals("order_id", read.refusals().getFirst().column());
  }

  @Test
  void dates_come_in_the_iso_forms_and_nothing_else() throws Exception {
    Map<String, String> dates =
        Map.of(
            "2024-03-15", "2024-03-15T04:00:00Z",
            "20240115", "2024-01-15T05:00:00Z",
            "2024-03-15T14:30:00Z", "2024-03-15T14:30:00Z",
            "2024-03-15T14:30", "2024-03-15T18:30:00Z",
            "2024-03-15 14:30:00.25", "2024-03-15T18:30:00.250Z",
            "2024-03-15 14:30:00 +0200", "2024-03-15T12:30:00Z",
            "2024-03-15T14:30:00-04:00", "2024-03-15T18:30:00Z",
            "2024-03-15 14:30:00 UTC", "",
            "03/15/2024", "",
            "2024-02-30", "");
    dates.forEach(
        (text, instant) -> {
          Read read = Read.quietlyOf("customer_id,date,amount\nanna," + text + ",1\n");
          if (instant.isEmpty()) {
            assertEquals("date", read.refusals().getFirst().column(), text);
          } else {
            assertEquals(Instant.parse(instant), read.order().orderedAt(), text);
          }
        });
  }

  @Test
  void a_date_more_than_a_day_ahead_is_refused() throws Exception {
    Read read =
        Read.of(
            """
            customer_id,date,amount
            anna,2026-11-22T11:00:00Z,1
            bert,2026-11-22T13:00:00Z,1
            """);

    assertEquals("anna", read.order().customerId());
    assertEquals("is more than a day in the future", read.refusals().getFirst().reason());
  }

  @Test
  void bad_amounts_are_named_and_never_repeated() throws Exception {
    for (String amount :
        List.of("", "-1", "12.345", "1e5", "NaN", "$9.99", "\"1,234.50\"", "\"1,234\"", "0x10")) {
      Read read = Read.of("customer_id,date,amount\nanna,2024-03-15," + amount + "\n");
      assertEquals("amount", read.refusals().getFirst().column(), amount);
      String bare = amount.replace("\"", "");
      if (bare.length() > 2) {
        assertFalse(read.report().toText().contains(bare + " "), amount);
      }
    }
    assertEquals(
        new BigDecimal("12.50"),
        Read.of("customer;date;total\na;2024-03-15;12,50\n").order().total());
    assertEquals(
        new BigDecimal("3.000"),
        Read.of("customer,date,total\na,2024-03-15,3.000\n").order().total());
  }

  @Test
  void a_row_with_too_many_or_too_few_cells_is_refused() throws Exception {
    Read read =
        Read.of("customer_id,date,amount\na,2024-03-15\nb,2024-03-15,1,234\nc,2024-03-15,1,,\n");

    assertEquals("c", read.order().customerId());
    assertEquals(List.of(2L, 3L), read.refusals().stream().map(Rejected::line).toList());
  }

  @Test
  void made_ids_survive_a_mended_row_and_tell_equal_rows_apart() throws Exception {
    String rows = "a,2024-03-15,1\na,2024-03-15,1\na,2024-03-15,%s\na,2024-03-15,4\n";
    Read broken = Read.of("customer_id,date,amount\n" + String.format(rows, "x"));
    Read mended = Read.of("customer_id,date,amount\n" + String.format(rows, "3"));

    assertEquals(3, broken.orders().size());
    assertEquals(4, mended.orders().size());
    assertTrue(mended.orders().containsAll(broken.orders()));
    assertEquals("row_a_2024-03-15_1", mended.orders().getFirst().orderId());
    assertEquals("row_a_2024-03-15_4", mended.orders().getLast().orderId());
  }

  @Test
  void a_long_customer_id_still_gives_a_legal_order_id() throws Exception {
    Order order =
        Read.of("customer_id,date,amount\n" + "x".repeat(128) + ",2024-03-15,1\n").order();

    assertTrue(order.orderId().length() <= 128);
  }
}
