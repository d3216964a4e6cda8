"""Server-sent events and lines of JSON out of pieces, cut anywhere."""

from __future__ import annotations

import json
import re
from typing import Any, Dict, Iterator, List, cast

from .errors import BadAnswerError
from .types import ServerEvent

# A CR at the end may be half of a CRLF: it waits for the next piece.
_LINE_END = re.compile(r"\r\n|\n|\r(?!\Z)")


class EventParser:
    """Fed with text, it yields events. Comments are heartbeats and are passed over."""

    def __init__(self) -> None:
        self._rest = ""
        self._event = ""
        self._data: List[str] = []

    def feed(self, text: str) -> Iterator[ServerEvent]:
        *lines, self._rest = _LINE_END.split(self._rest + text)
        for line in lines:
            if line == "":
                if self._data:
                    yield {"event": self._event or "message", "data": _parsed("\n".join(self._data))}
                self._event, self._data = "", []
                continue
            name, _, value = line.partition(":")
            value = value[1:] if value.startswith(" ") else value
            if name == "event":
                self._event = value
            elif name == "data":
                self._data.append(value)


class Lines:
    """Fed with bytes, it yields the JSON object of every whole line."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, piece: bytes) -> Iterator[Dict[str, Any]]:
        *lines, self._rest = (self._rest + piece).split(b"\n")
        for line in lines:
            yield _row(line)

    def end(self) -> Iterator[Dict[str, Any]]:
        if self._rest.strip():
            yield _row(self._rest)


def _row(line: bytes) -> Dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        start = line[:120].decode("utf-8", "replace")
        raise BadAnswerError(200, f"a line of the answer is not a JSON object: {start}")
    return cast(Dict[str, Any], row)


def _parsed(data: str) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return data
