package ai.quimbi.core.customer;

import java.util.Comparator;

/// How often a customer was in contact on one day by one type and channel; an unstated channel is
/// `""`.
public record ContactDay(int day, String type, String channel, int contacts) {

  static final Comparator<ContactDay> BY_KEY =
      Comparator.comparingInt(ContactDay::day)
          .thenComparing(ContactDay::type)
          .thenComparing(ContactDay::channel);

  ContactDay plus(ContactDay other) {
    return new ContactDay(day, type, channel, Math.addExact(contacts, other.contacts));
  }

  ContactDay negated() {
    return new ContactDay(day, type, channel, -contacts);
  }

  boolean isNothing() {
    return contacts == 0;
  }
}
