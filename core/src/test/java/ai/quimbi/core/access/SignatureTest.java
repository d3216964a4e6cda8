package ai.quimbi.core.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.quimbi.core.access.Signature.Reason;
import ai.quimbi.core.access.Signature.Signed;
import ai.quimbi.core.access.Signature.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The expected signatures were computed with OpenSSL and Python's hmac, not with this code; the
/// clients' tests and docs/api/signing.md have the same ones.
final class SignatureTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final String TIME = "1700000000000";
  private static final String CLIENT = "copilot-frontend";
  private static final String NONCE = "000102030405060708090a0b0c0d0e0f";
  private static final byte[] BODY =
      "{\"customerId\":\"acme-001\",\"params\":{}}".getBytes(StandardCharsets.UTF_8);
  private static final SigningSecret SECRET = SigningSecret.of("demo-secret");
  private static final String V1 =
      "2633401ae1bb204351f3566b87255d71017c190a36cf75457e2c345ff06a90b2";
  private static final String V2 =
      "v2=7e71cf604a024ef9f549bfe388f0851403cdd7ba1066db045d3c188290dd8fa9";

  private static Signed v1(@Nullable String timestamp, @Nullable String signature, byte[] body) {
    return new Signed("POST", "/tool/any", "", CLIENT, timestamp, null, signature, body);
  }

  private static Signed v2(String path, @Nullable String nonce, String signature) {
    return new Signed("POST", path, "", CLIENT, TIME, nonce, signature, BODY);
  }

  private static Verdict check(Signed request, long now) {
    return Signature.check(request, List.of(SECRET), false, now);
  }

  private static Verdict refused(Reason reason) {
    return new Verdict.Refused(reason);
  }

  @Test
  void the_published_vectors_hold() {
    assertEquals(V1, Signature.v1(SECRET, TIME, CLIENT, BODY));
    assertEquals(
        V2,
        Signature.v2(
            SECRET,
            Signature.canonical("POST", "/tool/calculate_health", "", CLIENT, TIME, NONCE, BODY)));
  }

  @Test
  void both_ends_of_the_window_are_inside_and_a_millisecond_further_is_not() {
    Signed request = v1(TIME, V1, BODY);

    assertEquals(new Verdict.Accepted(null), check(request, NOW + 300_000));
    assertEquals(new Verdict.Accepted(null), check(request, NOW - 300_000));
    assertEquals(refused(Reason.TIMESTAMP_OUTSIDE_WINDOW), check(request, NOW + 300_001));
    assertEquals(refused(Reason.TIMESTAMP_OUTSIDE_WINDOW), check(request, NOW - 300_001));
  }

  @Test
  void either_live_secret_signs_and_a_third_does_not() {
    SigningSecret next = SigningSecret.of("next-secret");
    Signed old = v1(TIME, V1, BODY);
    Signed fresh = v1(TIME, Signature.v1(next, TIME, CLIENT, BODY), BODY);

    for (Signed request : List.of(old, fresh)) {
      assertEquals(
          new Verdict.Accepted(null), Signature.check(request, List.of(SECRET, next), false, NOW));
    }
    assertEquals(
        refused(Reason.SIGNATURE_WRONG), Signature.check(fresh, List.of(SECRET), false, NOW));
    assertEquals(refused(Reason.SIGNATURE_WRONG), Signature.check(old, List.of(), false, NOW));
  }

  @Test
  void what_is_missing_or_malformed_is_refused_for_its_own_reason() {
    assertEquals(refused(Reason.HEADER_MISSING), check(v1(null, V1, BODY), NOW));
    assertEquals(refused(Reason.HEADER_MISSING), check(v1(TIME, null, BODY), NOW));
    for (String time :
        List.of(
            "",
            "now",
            "-1",
            "+1700000000000",
            "1.7e12",
            " " + TIME,
            "1700000000000000",
            "١٧٠٠٠٠٠٠٠٠٠٠٠")) {
      assertEquals(refused(Reason.TIMESTAMP_MALFORMED), check(v1(time, V1, BODY), NOW), time);
    }
    for (String signature : List.of("", "x", V1.toUpperCase(java.util.Locale.ROOT), V1 + "00")) {
      assertEquals(
          refused(Reason.SIGNATURE_WRONG), check(v1(TIME, signature, BODY), NOW), signature);
    }
  }

  @Test
  void any_changed_byte_of_the_body_breaks_the_signature() {
    Random random = new Random(6);
    for (int i = 0; i < 200; i++) {
      byte[] changed = BODY.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      assertEquals(refused(Reason.SIGNATURE_WRONG), check(v1(TIME, V1, changed), NOW));
    }
  }

  @Test
  void version_2_also_binds_path_query_and_nonce() {
    assertEquals(new Verdict.Accepted(NONCE), check(v2("/tool/calculate_health", NONCE, V2), NOW));
    assertEquals(
        refused(Reason.SIGNATURE_WRONG), check(v2("/tool/generate_email", NONCE, V2), NOW));
    assertEquals(
        refused(Reason.SIGNATURE_WRONG),
        check(v2("/tool/calculate_health", "f" + NONCE.substring(1), V2), NOW));
    for (String nonce : new String[] {null, "", "short", "with space with space", "x".repeat(65)}) {
      assertEquals(
          refused(Reason.NONCE_MALFORMED), check(v2("/tool/calculate_health", nonce, V2), NOW));
    }
  }

  @Test
  void a_client_that_must_sign_with_version_2_is_refused_version_1() {
    assertEquals(
        refused(Reason.VERSION_TOO_LOW),
        Signature.check(v1(TIME, V1, BODY), List.of(SECRET), true, NOW));
    assertEquals(
        new Verdict.Accepted(NONCE),
        Signature.check(v2("/tool/calculate_health", NONCE, V2), List.of(SECRET), true, NOW));
  }

  @Test
  void a_secret_is_not_printed() {
    assertEquals("SigningSecret[hidden]", SECRET.toString());
  }
}
