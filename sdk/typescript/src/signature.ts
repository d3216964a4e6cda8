// HMAC-SHA256 over a request, in the two ways the copilot's tools accept. Both are lower-case hex;
// times are Unix milliseconds.

const utf8 = new TextEncoder();

const hex = (bytes: ArrayBuffer): string => Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, "0")).join("");

async function hmac(secret: string, signed: string): Promise<string> {
  const key = await crypto.subtle.importKey("raw", utf8.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return hex(await crypto.subtle.sign("HMAC", key, utf8.encode(signed)));
}

/** v1 signs `{timestamp}.{client}.{body}`; neither method nor path is signed. */
export function signV1(secret: string, timestampMillis: number, client: string, body: string): Promise<string> {
  return hmac(secret, `${timestampMillis}.${client}.${body}`);
}

/**
 * What v2 signs: seven lines without a final line feed. `path` and `query` are as sent,
 * percent-encoded; `query` is without `?` and empty when there is none; the last line is the
 * lower-case hex SHA-256 of the body.
 */
export async function canonicalV2(
  method: string,
  path: string,
  query: string,
  keyId: string,
  timestampMillis: number,
  nonce: string,
  body: string,
): Promise<string> {
  const bodyHash = hex(await crypto.subtle.digest("SHA-256", utf8.encode(body)));
  return [method, path, query, keyId, timestampMillis, nonce, bodyHash].join("\n");
}

/** Sent as `X-Signature: v2=…` with `X-Client` (the key id), `X-Timestamp` and `X-Nonce`. */
export function signV2(secret: string, canonical: string): Promise<string> {
  return hmac(secret, canonical);
}
