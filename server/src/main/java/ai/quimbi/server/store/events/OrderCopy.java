package ai.quimbi.server.store.events;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Hands a large batch of orders to the server by binary `COPY`, into a table that lives as long as
/// the connection; its rows go with the transaction.
final class OrderCopy {
  private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int FIELDS = 9;
  private static final int FLUSH_BYTES = 1 << 16;

  private OrderCopy() {}

  /// Fills `told_order` with these versions.
  static void stage(Connection connection, List<OrderVersion> versions) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TEMPORARY TABLE IF NOT EXISTS told_order (
            source text, order_id text, customer_id text, ordered_at timestamptz,
            updated_at timestamptz, net_minor bigint, rate text, content bytea, fingerprint uuid)
            ON COMMIT DELETE ROWS
          """);
    }
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY told_order FROM STDIN (FORMAT binary)");
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(FLUSH_BYTES + 4096);
      DataOutputStream out = new DataOutputStream(bytes);
      out.write(SIGNATURE);
      for (OrderVersion version : versions) {
        write(out, version);
        if (bytes.size() >= FLUSH_BYTES) {
          flush(copy, bytes);
        }
      }
      out.writeShort(-1);
      flush(copy, bytes);
      copy.endCopy();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void flush(CopyIn copy, ByteArrayOutputStream bytes) throws SQLException {
    copy.writeToCopy(bytes.toByteArray(), 0, bytes.size());
    bytes.reset();
  }

  private static void write(DataOutputStream out, OrderVersion version) throws IOException {
    out.writeShort(FIELDS);
    text(out, version.order().source());
    text(out, version.order().orderId());
    text(out, version.order().customerId());
    moment(out, version.order().orderedAt());
    moment(out, version.order().updatedAt());
    out.writeInt(Long.BYTES);
    out.writeLong(version.netMinor());
    text(out, version.rated().rate().toPlainString());
    bytes(out, version.content());
    out.writeInt(2 * Long.BYTES);
    out.writeLong(version.fingerprint().getMostSignificantBits());
    out.writeLong(version.fingerprint().getLeastSignificantBits());
  }

  private static void text(DataOutputStream out, String value) throws IOException {
    bytes(out, value.getBytes(StandardCharsets.UTF_8));
  }

  private static void bytes(DataOutputStream out, byte[] value) throws IOException {
    out.writeInt(value.length);
    out.write(value);
  }

  private static void moment(DataOutputStream out, @Nullable Instant moment) throws IOException {
    if (moment == null) {
      out.writeInt(-1);
    } else {
      out.writeInt(Long.BYTES);
      out.writeLong(ChronoUnit.MICROS.between(POSTGRES_EPOCH, Columns.cut(moment)));
    }
  }
}
