"""What can be known about arguments without asking the server. Each rule names its field."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from decimal import Decimal
from typing import Any, Collection, Dict, Iterable, List, Mapping, Sequence, cast
from urllib.parse import quote, urlsplit

from .errors import InvalidArgumentError

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)", re.IGNORECASE)


def text(field: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidArgumentError(field, "must be a string that is not empty")
    return value


def identity(field: str, value: Any) -> str:
    """An opaque id: 1 to 128 characters, none of them a control character or half of a pair."""
    if not isinstance(value, str):
        raise InvalidArgumentError(field, "must be a string")
    if not 1 <= len(value) <= 128:
        raise InvalidArgumentError(field, f"must have 1 to 128 characters, has {len(value)}")
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in value):
        raise InvalidArgumentError(field, "must not hold control characters")
    return value


def segment(value: str) -> str:
    """One segment of a path; `.` and `..` must not look like directories."""
    return quote(value, safe="") if value.strip(".") else value.replace(".", "%2E")


def integer(field: str, low: int, high: int, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise InvalidArgumentError(field, f"must be an integer from {low} to {high}, was {value!r}")
    return value


def seconds(field: str, value: Any) -> float:
    if not isinstance(value, (int, float)) or not 0 < value < 1e6:
        raise InvalidArgumentError(field, f"must be a positive number of seconds, was {value!r}")
    return float(value)


def one_of(field: str, words: Collection[str], value: Any) -> str:
    """One word of a closed vocabulary."""
    if not isinstance(value, str) or value not in words:
        raise InvalidArgumentError(field, f"must be one of {', '.join(words)}, was {value!r}")
    return value


def flag(field: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidArgumentError(field, f"must be True or False, was {value!r}")
    return value


def words(field: str, value: Any) -> List[str]:
    """Several strings; one alone would fall apart into its characters."""
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        raise InvalidArgumentError(field, "must be a list of strings")
    several = list(cast(Iterable[Any], value))
    for i, one in enumerate(several):
        if not isinstance(one, str):
            raise InvalidArgumentError(f"{field}[{i}]", "must be a string")
    return several


def rows(field: str, value: Any) -> Sequence[Mapping[str, Any]]:
    if not isinstance(value, (list, tuple)):
        raise InvalidArgumentError(field, "must be a list")
    for i, row in enumerate(cast(Sequence[Any], value)):
        mapping(f"{field}[{i}]", row)
    return cast(Sequence[Mapping[str, Any]], value)


def mapping(field: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InvalidArgumentError(field, "must be a mapping")
    return cast(Mapping[str, Any], value)


def amount(field: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)) or not 0 <= value < math.inf:
        raise InvalidArgumentError(field, f"must be a number from 0, was {value!r}")


def positive(field: str, value: Any) -> None:
    amount(field, value)
    if not value > 0:
        raise InvalidArgumentError(field, f"must be more than 0, was {value!r}")


def period(since: dt.date | None, until: dt.date | None) -> Dict[str, str]:
    """The parameters of a period whose ends may be left open."""
    for field, day in (("since", since), ("until", until)):
        # A datetime is a date to Python, but its time of day would be sent and refused.
        if day is not None and (not isinstance(cast(Any, day), dt.date) or isinstance(day, dt.datetime)):
            raise InvalidArgumentError(field, f"must be a datetime.date, was {day!r}")
    if since is not None and until is not None and since > until:
        raise InvalidArgumentError("since", f"must not be after until, was {since}")
    return {name: str(day) for name, day in (("from", since), ("to", until)) if day is not None}


def instant(field: str, value: Any) -> None:
    """An instant with its offset; without one nobody knows which day it was."""
    if isinstance(value, dt.datetime):
        if value.utcoffset() is not None:
            return
    elif isinstance(value, str) and _INSTANT.fullmatch(value):
        return
    raise InvalidArgumentError(field, "must be a date and time with an offset, like 2024-03-15T14:30:00Z")


def header_value(field: str, value: Any) -> str:
    """What travels in a header: printable ASCII without blanks."""
    if not re.fullmatch(r"[!-~]+", text(field, value)):
        raise InvalidArgumentError(field, "must be printable ASCII without blanks")
    return value


def base_url(value: Any) -> str:
    """The server's address, without a slash at its end."""
    parts = urlsplit(text("base_url", value).strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidArgumentError("base_url", f"must look like https://platform.quimbi.ai, was {value}")
    if parts.username is not None or parts.query or parts.fragment:
        raise InvalidArgumentError("base_url", "must not have a user, a query or a fragment")
    return value.strip().rstrip("/")
