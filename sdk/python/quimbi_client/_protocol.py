"""What both colours of client share: a call, how it is written, read and tried again. No I/O."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Callable, Dict, Generic, Mapping, Protocol, Tuple, TypeVar, cast

import httpx

from . import _arguments as check
from .errors import ApiError, BadAnswerError, InvalidArgumentError, TransportError

T = TypeVar("T")

# 502 and 504 are what balancers say where Quimbi itself would say 503.
_TRANSIENT = (500, 502, 503, 504)
_LONGEST_BACKOFF = 30.0


class Credentials(Protocol):
    """How a request proves who sends it. Asked again for every attempt, since a signature ages."""

    def __call__(self, method: str, path: str, query: str, body: bytes) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Call(Generic[T]):
    """One request as the SDK thinks of it, and how its answer is read."""

    method: str
    path: str
    """Encoded already, beginning with a slash, with its query."""
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    repeatable: bool = True
    """Whether it may be sent again after a failure that may have left it carried out."""
    promised: Tuple[str, ...] = ()
    """Top-level members that the contract promises of the answer."""
    read: Callable[[Any], T] = lambda answer: answer

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Settings:
    """How calls are sent; the defaults of every client."""

    base_url: str
    credentials: Credentials
    timeout: float
    retries: int
    backoff: float

    @staticmethod
    def of(base_url: Any, credentials: Credentials, timeout: Any, retries: Any, backoff: Any) -> Settings:
        return Settings(
            check.base_url(base_url),
            credentials,
            check.seconds("timeout", timeout),
            check.integer("retries", 0, 20, retries),
            check.seconds("backoff", backoff),
        )

    def request(
        self, call: Call[Any], body: bytes, wait: float | None, accept: str = "application/json"
    ) -> httpx.Request:
        """The signed request; `wait` bounds each wait for the network, where httpx is to do that."""
        headers: Dict[str, str] = {"Accept": accept, "User-Agent": "quimbi-python", **call.headers}
        headers["Accept-Encoding"] = "gzip, deflate"
        if call.body is not None:
            headers["Content-Type"] = "application/json"
        url = self.base_url + call.path
        extensions = {"timeout": httpx.Timeout(wait).as_dict()}
        request = httpx.Request(call.method, url, headers=headers, content=body, extensions=extensions)
        sent = request.url.raw_path.decode("ascii")
        if not sent.endswith(call.path):
            raise InvalidArgumentError("path", f"{call.path} would be sent as {sent}")
        path, _, query = sent.partition("?")
        request.headers.update(self.credentials(call.method, path, query, body))
        return request

    def pause(self, attempt: int, call: Call[Any], problem: Exception, dice: float | None = None) -> float | None:
        """Seconds before the next attempt, or None when the problem is final.

        `attempt` counts from 0; `dice` in [0, 1) spreads the pauses of many clients over half of the
        backoff.
        """
        if attempt >= self.retries or not _may_help(call.repeatable, problem):
            return None
        full = min(self.backoff * 2**attempt, _LONGEST_BACKOFF)
        spread = full * (0.5 + 0.5 * (random.random() if dice is None else dice))
        asked = problem.retry_after if isinstance(problem, ApiError) else None
        return max(spread, asked or 0.0)


def _may_help(repeatable: bool, problem: Exception) -> bool:
    """A refusal for the limit is never carried out, so even a call that must not be repeated may be
    sent again. After any other failure it may have been carried out."""
    if isinstance(problem, (ApiError, BadAnswerError)):
        in_progress = isinstance(problem, ApiError) and problem.code == "IDEMPOTENCY_IN_PROGRESS"
        return problem.status == 429 or (repeatable and (in_progress or problem.status in _TRANSIENT))
    return repeatable and isinstance(problem, TransportError)


def api_key(key: Any) -> Credentials:
    headers = {"X-API-Key": check.header_value("api_key", key)}
    return lambda method, path, query, body: headers


def written(call: Call[Any]) -> bytes:
    if call.body is None:
        return b""
    try:
        return json.dumps(call.body, allow_nan=False, separators=(",", ":"), default=_plain).encode("ascii")
    except (TypeError, ValueError, RecursionError) as problem:
        raise InvalidArgumentError("body", f"cannot be written as JSON: {problem}") from None


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        # Decimals of up to 15 digits come out of a float as they went in.
        return int(value) if value == value.to_integral_value() and abs(value) < 10**15 else float(value)
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(cast(Mapping[str, Any], value))
    raise TypeError(f"{type(value).__name__} is not JSON")


def json_object(value: Any) -> Dict[str, Any] | None:
    """The value if it is a JSON object, whose keys are strings by nature."""
    return cast(Dict[str, Any], value) if isinstance(value, dict) else None


def answer(call: Call[T], response: httpx.Response, body: bytes) -> T:
    """The JSON object of a success, read; everything else is raised."""
    status = response.status_code
    if 300 <= status < 400:
        where = response.headers.get("Location", "nowhere")
        raise BadAnswerError(
            status,
            f"the server redirects to {where}; redirects are not followed, give the final address as base_url",
        )
    try:
        parsed: Any = json.loads(body)
    except (ValueError, RecursionError):
        excerpt = re.sub(r"\s+", " ", body[:400].decode("utf-8", "replace")).strip()[:120]
        raise BadAnswerError(status, f"the answer is not JSON: {excerpt or 'it is empty'}") from None
    if not 200 <= status < 300:
        raise _refusal(response, parsed)
    whole = json_object(parsed)
    if whole is None:
        raise BadAnswerError(status, "the answer is not a JSON object")
    for member in call.promised:
        if member not in whole:
            raise BadAnswerError(status, f"the answer lacks {member}")
    return call.read(whole)


def _refusal(response: httpx.Response, parsed: Any) -> Exception:
    error = json_object((json_object(parsed) or {}).get("error")) or {}
    if not isinstance(error.get("code"), str):
        return BadAnswerError(response.status_code, "an error without Quimbi's envelope")
    details = json_object(error.get("details")) or {}
    # Whole seconds are the contract's only form; a date would have to trust this machine's clock.
    wait = response.headers.get("Retry-After", "").strip()
    return ApiError(
        response.status_code,
        error["code"],
        str(error.get("message", "")),
        details,
        response.headers.get("X-Request-Id") or str(details.get("request_id", "")),
        int(wait) if re.fullmatch(r"[0-9]{1,9}", wait) else None,
    )
