package ai.quimbi.core.behaviour;

/// What is measured of one customer. Formulas, units and evidence: `docs/segments.md`.
///
/// Counts and money are plain; shares and trends lie in [0, 1] and [-1, 1] and are pulled towards
/// what chance gives where there is little to go by.
final class Feature {
  private Feature() {}

  /// Days with a purchase.
  static final int PURCHASE_DAYS = 0;

  static final int ORDERS = 1;

  /// Net spend, minor units.
  static final int NET_MINOR = 2;

  /// Days from the first purchase to today.
  static final int TENURE_DAYS = 3;

  /// Share of net spend that was bought at a discount.
  static final int DISCOUNT_SHARE = 4;

  /// Orders that state whether there was a discount.
  static final int DISCOUNT_TOLD = 5;

  /// Share of what was paid that was given back.
  static final int RETURNED_SHARE = 6;

  /// Orders that state what became of them.
  static final int REFUND_TOLD = 7;

  /// The chance that two category purchases are of different categories.
  static final int CATEGORY_DIVERSITY = 8;

  /// Category purchases (an order counts once for each category it holds).
  static final int CATEGORY_EVENTS = 9;

  static final int WEEKEND_SHARE = 10;

  /// Entropy of the months of purchase over the largest possible.
  static final int MONTH_EVENNESS = 11;

  /// `1 / (1 + CV²)` of the gaps between purchase days: 1 is a clock, ½ is chance.
  static final int GAP_REGULARITY = 12;

  /// Share of product purchases that repeat an earlier product.
  static final int REPEAT_SHARE = 13;

  /// Share of orders that hold the favourite product.
  static final int FAVOURITE_SHARE = 14;

  /// Orders with lines.
  static final int ORDERS_WITH_ITEMS = 15;

  static final int DISTINCT_PRODUCTS = 16;

  /// Net spend by unit bought, minor units; 0 where units are unknown.
  static final int UNIT_MINOR = 17;

  /// `(late - early) / (late + early)` of the mean gaps of the two halves: above 0 is slowing.
  static final int GAP_TREND = 18;

  /// The same of the mean spend by purchase day: above 0 is growing.
  static final int VALUE_TREND = 19;

  /// `s / (s + g)` of the days of silence `s` and the usual gap `g`.
  static final int SILENCE = 20;

  /// Contacts on a known channel.
  static final int CHANNEL_CONTACTS = 21;

  static final int EMAIL_SHARE = 22;

  static final int CHAT_SHARE = 23;

  static final int PHONE_SHARE = 24;

  static final int SOCIAL_SHARE = 25;

  /// Days with a support contact.
  static final int SUPPORT_DAYS = 26;

  /// Support contacts by order, at most 3.
  static final int SUPPORT_BY_ORDER = 27;

  /// Share of support days that follow another within a week.
  static final int FOLLOW_UP_SHARE = 28;

  static final int COUNT = 29;
}
