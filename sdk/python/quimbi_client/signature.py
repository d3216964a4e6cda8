"""HMAC-SHA256 over a request, in the two ways the copilot's tools accept.

Both are lower-case hex; times are Unix milliseconds. v1 signs `{timestamp}.{client}.{body}`, neither
method nor path. v2 signs seven lines without a final line feed: method, path (as sent,
percent-encoded), query (as sent, without `?`, empty when there is none), key id, timestamp, nonce, and
the lower-case hex SHA-256 of the body; it is sent as `X-Signature: v2=…` with `X-Client` (the key id),
`X-Timestamp` and `X-Nonce`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from typing import Any, Callable, Dict, Literal, Mapping

from . import _arguments as check
from ._protocol import Credentials
from .errors import InvalidArgumentError

Version = Literal[1, 2]


def sign_v1(secret: str, timestamp_millis: int, client: str, body: bytes) -> str:
    return _hmac(secret, f"{timestamp_millis}.{client}.".encode() + body)


def canonical_v2(
    method: str, path: str, query: str, key_id: str, timestamp_millis: int, nonce: str, body: bytes
) -> str:
    body_hash = hashlib.sha256(body).hexdigest()
    return "\n".join([method, path, query, key_id, str(timestamp_millis), nonce, body_hash])


def sign_v2(secret: str, canonical: str) -> str:
    return _hmac(secret, canonical.encode())


def _hmac(secret: str, signed: bytes) -> str:
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def epoch_millis() -> int:
    return time.time_ns() // 1_000_000


def signed(client: Any, secret: Any, version: Any, now: Callable[[], int]) -> Credentials:
    name = check.header_value("client", client)
    key = check.text("secret", secret)
    if version not in (1, 2):
        raise InvalidArgumentError("signature", f"must be 1 or 2, was {version!r}")

    def headers(method: str, path: str, query: str, body: bytes) -> Mapping[str, str]:
        at = now()
        all_headers: Dict[str, str] = {"X-Client": name, "X-Timestamp": str(at)}
        if version == 1:
            all_headers["X-Signature"] = sign_v1(key, at, name, body)
        else:
            nonce = secrets.token_hex(16)
            canonical = canonical_v2(method, path, query, name, at, nonce, body)
            all_headers["X-Nonce"] = nonce
            all_headers["X-Signature"] = "v2=" + sign_v2(key, canonical)
        return all_headers

    return headers
