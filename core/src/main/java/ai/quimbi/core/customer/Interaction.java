package ai.quimbi.core.customer;

import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// One contact with a customer (`support_ticket`, `email_open`, …) on a channel. `(source,
/// identity)` tells it from others, see [#identityOf]; `metadata` is what else was told, as JSON
/// text that nothing here looks into.
public record Interaction(
    String source,
    String identity,
    String customerId,
    String type,
    @Nullable String channel,
    Instant at,
    @Nullable String metadata) {

  public Interaction(
      String source,
      String identity,
      String customerId,
      String type,
      @Nullable String channel,
      Instant at) {
    this(source, identity, customerId, type, channel, at, null);
  }

  /// What tells this interaction from others of its source: the stated `interactionId`, else the
  /// `ticketId`, else all of customer, type, time and channel. The two kinds never meet: the one
  /// starts with `id:`, the other with `at:`.
  public static String identityOf(
      @Nullable String interactionId,
      @Nullable String ticketId,
      String customerId,
      String type,
      Instant at,
      @Nullable String channel) {
    String stated = interactionId != null ? interactionId : ticketId;
    if (stated != null) {
      return "id:" + stated;
    }
    byte[] whole =
        new ByteWriter().text(customerId).text(type).instant(at).textOrNothing(channel).toBytes();
    return "at:" + HexFormat.of().formatHex(OrderCodec.sha256(whole));
  }
}
