package ai.quimbi.server.app.imports;

import ai.quimbi.core.customer.LineItem;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.Order.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes an order of its rows: the first tells the order, each tells a line. It remembers what was
/// said only once for the whole file: how dates were read and which ids were made.
final class OrderRows {
  private static final Pattern LINE_BREAK = Pattern.compile("[\\r\\n\\t]+");

  private final ImportSpec spec;
  private final Header header;
  private final Occurrences occurrences = new Occurrences();
  private final Instant latest;
  private Currency currency;
  long localDates;
  long madeIds;

  OrderRows(ImportSpec spec, Header header) {
    this.spec = spec;
    this.header = header;
    this.latest = spec.now().plus(Duration.ofDays(1));
    this.currency = spec.ledger().currency();
  }

  Order orderOf(List<Row> rows) throws BadRow {
    Row first = rows.getFirst();
    first.mustFit();
    String customer = Values.text(first.need(Column.CUSTOMER), 128, first.nameOf(Column.CUSTOMER));
    Values.Moment moment = Values.moment(first.need(Column.DATE), first.nameOf(Column.DATE));
    // Before the other cells are looked at: a row that is mended later keeps its neighbours' ids.
    String orderId = header.has(Column.ORDER) ? toldId(first) : madeId(customer, moment);
    Instant at = instant(moment, Column.DATE);

    String code = first.get(Column.CURRENCY);
    int scale = Math.max(0, currencyOf(code, first).getDefaultFractionDigits());
    BigDecimal discount = optionalAmount(first, Column.DISCOUNT, scale);
    BigDecimal refund = optionalAmount(first, Column.REFUND, scale);
    String status = first.get(Column.STATUS);
    BigDecimal total =
        header.has(Column.AMOUNT)
            ? Values.amount(first.need(Column.AMOUNT), scale, first.nameOf(Column.AMOUNT))
            : null;
    List<LineItem> items = items(rows, total, discount);
    if (total == null) {
      total = sum(items, discount).setScale(scale, RoundingMode.HALF_EVEN);
    }
    return new Order(
        first.has(Column.SOURCE)
            ? Values.text(first.get(Column.SOURCE), 128, first.nameOf(Column.SOURCE))
            : spec.source(),
        orderId,
        customer,
        at,
        currency.getCurrencyCode(),
        total,
        status.isEmpty() ? Status.PAID : statusOf(status, first),
        !status.isEmpty(),
        discount,
        refund,
        List.of(),
        optionalText(first, Column.CHANNEL, 64),
        items,
        first.has(Column.UPDATED)
            ? instant(
                Values.moment(first.get(Column.UPDATED), first.nameOf(Column.UPDATED)),
                Column.UPDATED)
            : null);
  }

  private String toldId(Row row) throws BadRow {
    return Values.text(row.need(Column.ORDER), 128, row.nameOf(Column.ORDER));
  }

  /// The customer, the date as told and how many of that customer's rows of that date there were:
  /// the same file gives the same ids, so reading it again changes nothing.
  private String madeId(String customer, Values.Moment moment) {
    String date =
        switch (moment) {
          case Values.Moment.OnDay(var day) -> day.toString();
          case Values.Moment.Local(var time) -> time.toString();
          case Values.Moment.Exact(var at) -> at.toString();
        };
    String key = customer + '_' + date;
    int occurrence = occurrences.next(key);
    madeIds++;
    String id = "row_" + key + '_' + occurrence;
    return id.length() <= 128
        ? id
        : "row_" + Long.toHexString(Occurrences.hash(customer)) + '_' + date + '_' + occurrence;
  }

  private Instant instant(Values.Moment moment, Column column) throws BadRow {
    Instant at =
        switch (moment) {
          case Values.Moment.OnDay(var day) -> {
            localDates++;
            yield day.atStartOfDay(spec.ledger().zone()).toInstant();
          }
          case Values.Moment.Local(var time) -> {
            localDates++;
            yield time.atZone(spec.ledger().zone()).toInstant();
          }
          case Values.Moment.Exact(var exact) -> exact;
        };
    if (at.isAfter(latest)) {
      throw new BadRow(header.nameOf(column), "is more than a day in the future");
    }
    return at;
  }

  private List<LineItem> items(
      List<Row> rows, @Nullable BigDecimal total, @Nullable BigDecimal discount) throws BadRow {
    if (!header.tellsProducts() && header.has(Column.AMOUNT)) {
      return List.of();
    }
    List<LineItem> items = new ArrayList<>(rows.size());
    for (Row row : rows) {
      row.mustFit();
      boolean tellsProduct =
          row.has(Column.PRODUCT_ID) || row.has(Column.PRODUCT_NAME) || row.has(Column.CATEGORY);
      if (!tellsProduct && total != null) {
        continue;
      }
      int quantity =
          row.has(Column.QUANTITY)
              ? Values.quantity(row.get(Column.QUANTITY), row.nameOf(Column.QUANTITY))
              : 1;
      items.add(
          new LineItem(
              optionalText(row, Column.PRODUCT_ID, 128),
              optionalName(row, Column.PRODUCT_NAME, 500),
              optionalName(row, Column.CATEGORY, 128),
              quantity,
              price(row, rows.size(), quantity, total, discount)));
    }
    return items;
  }

  /// The price told; where a product is an order's only line and no price is told, what the order
  /// cost before its discount, by unit.
  private static BigDecimal price(
      Row row, int rows, int quantity, @Nullable BigDecimal total, @Nullable BigDecimal discount)
      throws BadRow {
    if (!row.has(Column.PRICE) && rows == 1 && total != null) {
      BigDecimal value = discount == null ? total : total.add(discount);
      return value.divide(BigDecimal.valueOf(quantity), 6, RoundingMode.HALF_EVEN);
    }
    return Values.amount(row.need(Column.PRICE), 6, row.nameOf(Column.PRICE));
  }

  private static BigDecimal sum(List<LineItem> items, @Nullable BigDecimal discount) {
    BigDecimal sum = discount == null ? BigDecimal.ZERO : discount.negate();
    for (LineItem item : items) {
      sum = sum.add(item.price().multiply(BigDecimal.valueOf(item.quantity())));
    }
    return sum.max(BigDecimal.ZERO);
  }

  /// The currency of this row, kept as the current one: files rarely change it.
  private Currency currencyOf(String code, Row row) throws BadRow {
    if (code.isEmpty()) {
      currency = spec.ledger().currency();
    } else if (!code.equals(currency.getCurrencyCode())) {
      try {
        currency = Currency.getInstance(code.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new BadRow(row.nameOf(Column.CURRENCY), "is not a currency: write USD");
      }
    }
    return currency;
  }

  private static @Nullable BigDecimal optionalAmount(Row row, Column column, int scale)
      throws BadRow {
    return row.has(column) ? Values.amount(row.get(column), scale, row.nameOf(column)) : null;
  }

  private static @Nullable String optionalText(Row row, Column column, int longest) throws BadRow {
    return row.has(column) ? Values.text(row.get(column), longest, row.nameOf(column)) : null;
  }

  /// Unlike an id, a name may be broken over lines in the file; it is kept on one.
  private static @Nullable String optionalName(Row row, Column column, int longest) throws BadRow {
    return row.has(column)
        ? Values.text(
            LINE_BREAK.matcher(row.get(column)).replaceAll(" "), longest, row.nameOf(column))
        : null;
  }

  private static Status statusOf(String text, Row row) throws BadRow {
    return switch (text.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_')) {
      case "paid", "complete", "completed", "fulfilled", "shipped", "delivered", "closed" ->
          Status.PAID;
      case "cancelled", "canceled", "voided" -> Status.CANCELLED;
      case "refunded" -> Status.REFUNDED;
      case "partially_refunded" -> Status.PARTIALLY_REFUNDED;
      default ->
          throw new BadRow(
              row.nameOf(Column.STATUS),
              "is not one of paid, cancelled, refunded, partially_refunded");
    };
  }
}
