"""Server-sent events out of pieces of text, cut anywhere."""

from __future__ import annotations

import json
import re
from typing import Any, Iterator, List

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


def _parsed(data: str) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return data
