package ai.quimbi.core.customer;

import ai.quimbi.core.customer.Profile.Counter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A profile as bytes and back. Equal profiles are equal bytes. The first byte tells the version of
/// the form, so that stored profiles can be read after the form has changed.
public final class ProfileCodec {
  private static final int VERSION = 1;

  private ProfileCodec() {}

  public static byte[] encode(Profile profile) {
    ByteWriter out = new ByteWriter().octet(VERSION);
    int before = 0;
    out.count(profile.purchaseDays().size());
    for (PurchaseDay day : profile.purchaseDays()) {
      out.signed((long) day.day() - before)
          .signed(day.orders())
          .signed(day.netMinor())
          .signed(day.discountMinor())
          .signed(day.refundedMinor());
      before = day.day();
    }
    before = 0;
    out.count(profile.contactDays().size());
    for (ContactDay day : profile.contactDays()) {
      out.signed((long) day.day() - before)
          .text(day.type())
          .text(day.channel())
          .signed(day.contacts());
      before = day.day();
    }
    out.count(profile.tallies().size());
    profile
        .tallies()
        .forEach(
            (counter, tally) -> {
              out.count(code(counter)).count(tally.counts().size());
              tally.counts().forEach((name, count) -> out.text(name).signed(count));
            });
    return out.toBytes();
  }

  /// Throws `IllegalArgumentException` where the bytes are no profile.
  public static Profile decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int version = in.octet();
    if (version != VERSION) {
      throw new IllegalArgumentException("unknown form of a profile: " + version);
    }
    int before = 0;
    int purchases = in.size();
    List<PurchaseDay> purchaseDays = new ArrayList<>(purchases);
    for (int i = 0; i < purchases; i++) {
      before = Math.toIntExact(before + in.signed());
      purchaseDays.add(
          new PurchaseDay(
              before, Math.toIntExact(in.signed()), in.signed(), in.signed(), in.signed()));
    }
    before = 0;
    int contacts = in.size();
    List<ContactDay> contactDays = new ArrayList<>(contacts);
    for (int i = 0; i < contacts; i++) {
      before = Math.toIntExact(before + in.signed());
      contactDays.add(new ContactDay(before, in.text(), in.text(), Math.toIntExact(in.signed())));
    }
    Map<Counter, Tally> tallies = new EnumMap<>(Counter.class);
    for (int left = in.size(); left > 0; left--) {
      Counter counter = counter(in.count());
      TreeMap<String, Long> counts = new TreeMap<>();
      for (int names = in.size(); names > 0; names--) {
        counts.put(in.text(), in.signed());
      }
      tallies.put(counter, new Tally(counts));
    }
    in.end();
    return new Profile(purchaseDays, contactDays, tallies);
  }

  // Written out, since a new counter must never change what stored bytes mean.
  private static int code(Counter counter) {
    return switch (counter) {
      case CATEGORY_ORDERS -> 0;
      case CATEGORY_MINOR -> 1;
      case PRODUCT_ORDERS -> 2;
      case HOUR_ORDERS -> 3;
      case CHANNEL_ORDERS -> 4;
      case FACTS -> 5;
    };
  }

  private static Counter counter(long code) {
    for (Counter counter : Counter.values()) {
      if (code(counter) == code) {
        return counter;
      }
    }
    throw new IllegalArgumentException("unknown counter of a profile: " + code);
  }
}
