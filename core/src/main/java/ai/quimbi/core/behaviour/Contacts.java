package ai.quimbi.core.behaviour;

import static ai.quimbi.core.behaviour.Feature.CHANNEL_CONTACTS;
import static ai.quimbi.core.behaviour.Feature.CHAT_SHARE;
import static ai.quimbi.core.behaviour.Feature.EMAIL_SHARE;
import static ai.quimbi.core.behaviour.Feature.FOLLOW_UP_SHARE;
import static ai.quimbi.core.behaviour.Feature.PHONE_SHARE;
import static ai.quimbi.core.behaviour.Feature.SOCIAL_SHARE;
import static ai.quimbi.core.behaviour.Feature.SUPPORT_BY_ORDER;
import static ai.quimbi.core.behaviour.Feature.SUPPORT_DAYS;

import ai.quimbi.core.customer.ContactDay;
import java.util.List;
import java.util.Locale;

/// How a customer gets in touch: channels, support contacts, follow-ups.
final class Contacts {
  private static final int FOLLOW_UP_DAYS = 7;
  private static final double MOST_BY_ORDER = 3;

  private Contacts() {}

  static void write(List<ContactDay> days, long orders, double[] row, int at) {
    double[] byChannel = new double[4];
    double support = 0;
    int supportDays = 0;
    int followUps = 0;
    // Far enough before every day that the subtraction stays in range.
    int lastSupportDay = Integer.MIN_VALUE / 2;
    for (ContactDay day : days) {
      int channel = channelOf(day);
      if (channel >= 0) {
        byChannel[channel] += day.contacts();
      }
      if (isSupport(day.type())) {
        support += day.contacts();
        if (day.day() != lastSupportDay) {
          supportDays++;
          followUps += (long) day.day() - lastSupportDay <= FOLLOW_UP_DAYS ? 1 : 0;
          lastSupportDay = day.day();
        }
      }
    }
    double contacts = byChannel[0] + byChannel[1] + byChannel[2] + byChannel[3];
    row[at + CHANNEL_CONTACTS] = contacts;
    row[at + EMAIL_SHARE] = Measurement.share(byChannel[0], contacts);
    row[at + CHAT_SHARE] = Measurement.share(byChannel[1], contacts);
    row[at + PHONE_SHARE] = Measurement.share(byChannel[2], contacts);
    row[at + SOCIAL_SHARE] = Measurement.share(byChannel[3], contacts);
    row[at + SUPPORT_DAYS] = supportDays;
    row[at + SUPPORT_BY_ORDER] = Math.min(MOST_BY_ORDER, support / Math.max(1, orders));
    row[at + FOLLOW_UP_SHARE] = Measurement.share(followUps, supportDays);
  }

  // Types are the callers' words; these are the ones that mean the customer asked for something.
  private static boolean isSupport(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.contains("support")
        || lower.contains("ticket")
        || lower.contains("complaint")
        || lower.contains("inquiry")
        || lower.contains("question")
        || lower.contains("return")
        || lower.contains("call")
        || lower.contains("chat");
  }

  // 0 email, 1 chat, 2 phone, 3 social, -1 unknown. An unstated channel is read off the type.
  private static int channelOf(ContactDay day) {
    String stated = day.channel().isEmpty() ? day.type() : day.channel();
    String channel = stated.toLowerCase(Locale.ROOT);
    if (channel.contains("mail")) {
      return 0;
    }
    if (channel.contains("phone") || channel.contains("call") || channel.contains("voice")) {
      return 2;
    }
    if (channel.contains("social")
        || channel.contains("facebook")
        || channel.contains("instagram")
        || channel.contains("twitter")
        || channel.contains("tiktok")) {
      return 3;
    }
    if (channel.contains("chat")
        || channel.contains("sms")
        || channel.contains("text")
        || channel.contains("messag")
        || channel.contains("whatsapp")) {
      return 1;
    }
    return -1;
  }
}
