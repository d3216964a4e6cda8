package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Databases;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jdbi.v3.core.Handle;

/// Remembers the answers to requests that came with an `Idempotency-Key`.
///
/// A key is leased to the first request with it. When that one's server dies, the lease runs out
/// and the next request with the key takes over and does the work again: storing events twice
/// changes nothing.
public final class Idempotency {

  /// What a request with a key is to do.
  public sealed interface Claim {
    /// Do the work, then [#complete] or [#abandon].
    record Yours() implements Claim {}

    /// Another request with the key is being worked on.
    record InProgress() implements Claim {}

    /// The key came with another request before.
    record Mismatch() implements Claim {}

    /// The work was done: give the same answer.
    record Answered(int status, String body) implements Claim {}
  }

  private final Databases databases;
  private final Duration lease;

  /// `lease` is longer than any request takes.
  public Idempotency(Databases databases, Duration lease) {
    this.databases = databases;
    this.lease = lease;
  }

  /// `requestHash` stands for method, path and body.
  public Claim claim(Tenant tenant, String key, byte[] requestHash, Instant now) {
    return databases.inTransaction(
        tenant.id(),
        handle ->
            isLeased(handle, key, requestHash, now)
                ? new Claim.Yours()
                : look(handle, key, requestHash));
  }

  /// Keeps the answer.
  public void complete(Tenant tenant, String key, int status, String body) {
    databases.inTransaction(
        tenant.id(),
        handle ->
            handle
                .createUpdate(
                    "UPDATE app.idempotency SET status = :status, body = :body WHERE key = :key")
                .bind("status", status)
                .bind("body", body)
                .bind("key", key)
                .execute());
  }

  /// Forgets a request that was not answered, so that it can be sent again.
  public void abandon(Tenant tenant, String key) {
    databases.inTransaction(
        tenant.id(),
        handle ->
            handle
                .createUpdate("DELETE FROM app.idempotency WHERE key = :key AND status IS NULL")
                .bind("key", key)
                .execute());
  }

  /// Forgets what came before `moment`. Returns how many there were.
  public int forgetBefore(Tenant tenant, Instant moment) {
    return databases.inTransaction(
        tenant.id(),
        handle ->
            handle
                .createUpdate("DELETE FROM app.idempotency WHERE created_at < :moment")
                .bind("moment", moment)
                .execute());
  }

  // One statement decides, so that of two servers one gets the lease.
  private boolean isLeased(Handle handle, String key, byte[] requestHash, Instant now) {
    String sql =
        """
        INSERT INTO app.idempotency AS known (key, request_hash, created_at, leased_until)
        VALUES (:key, :hash, :now, :until)
            ON CONFLICT (key) DO UPDATE SET leased_until = excluded.leased_until
         WHERE known.status IS NULL AND known.leased_until <= :now
           AND known.request_hash = excluded.request_hash
        """;
    return handle
            .createUpdate(sql)
            .bind("key", key)
            .bind("hash", requestHash)
            .bind("now", now)
            .bind("until", now.plus(lease))
            .execute()
        == 1;
  }

  private static Claim look(Handle handle, String key, byte[] requestHash) {
    String sql = "SELECT request_hash, status, body FROM app.idempotency WHERE key = :key";
    return handle
        .createQuery(sql)
        .bind("key", key)
        .map(
            (row, context) -> {
              if (!Arrays.equals(row.getBytes(1), requestHash)) {
                return new Claim.Mismatch();
              }
              int status = row.getInt(2);
              return row.wasNull()
                  ? new Claim.InProgress()
                  : (Claim) new Claim.Answered(status, row.getString(3));
            })
        .findOne()
        // Abandoned between the two statements.
        .orElseGet(Claim.InProgress::new);
  }
}
