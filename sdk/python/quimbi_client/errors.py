"""Why a call has no answer.

Four cases are all there are: ApiError, TransportError, DeadlineError, BadAnswerError. A wrong argument
is none of them: it is an InvalidArgumentError, and nothing was sent.
"""

from __future__ import annotations

from typing import Any, Mapping


class QuimbiError(Exception):
    """The four cases' common base."""


class ApiError(QuimbiError):
    """Quimbi refused the call and said why, in its error envelope."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        details: Mapping[str, Any] | None = None,
        request_id: str = "",
        retry_after: int | None = None,
    ) -> None:
        super().__init__(f"{code} ({status}): {message}" + (f" [{request_id}]" if request_id else ""))
        self.status = status
        """The HTTP status; 200 for a copilot tool that answered `ok: false`."""
        self.code = code
        """The contract's code, for example `CUSTOMER_NOT_FOUND`."""
        self.message = message
        self.details: Mapping[str, Any] = details or {}
        self.request_id = request_id
        """What to quote to support; empty when the answer carried none."""
        self.retry_after = retry_after
        """How many seconds the server asks to wait, from `Retry-After`."""


class TransportError(QuimbiError):
    """The connection failed; the server may or may not have done what was asked."""


class DeadlineError(QuimbiError):
    """The call, its retries and the reading of the answer together took longer than the timeout."""

    def __init__(self, call: str, timeout: float) -> None:
        super().__init__(f"{call}: no complete answer within {timeout:g} s")
        self.timeout = timeout


class BadAnswerError(QuimbiError):
    """An answer came, but not one of Quimbi's: HTML, broken JSON, a redirect, a missing field."""

    def __init__(self, status: int, problem: str) -> None:
        super().__init__(f"{problem} (HTTP {status})")
        self.status = status


class InvalidArgumentError(ValueError):
    """An argument that Quimbi would refuse. Nothing was sent."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field} {problem}")
        self.field = field
        """The argument's name, for example `horizon_months` or `orders[3].order_id`."""
