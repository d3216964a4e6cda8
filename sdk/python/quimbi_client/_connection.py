"""Sends calls: one deadline over all attempts, retries where they are safe, every failure typed.

Time is monotonic, so changing the machine's clock changes nothing. Redirects are never followed,
because they would hand the key to whoever they name.
"""

from __future__ import annotations

import codecs
import socket
import time
from typing import Any, AsyncIterator, Dict, Iterator, List, Mapping, TypeVar, cast

import anyio
import httpx

from ._events import EventParser, Lines
from ._protocol import Call, Settings, answer, written
from .errors import BadAnswerError, DeadlineError, QuimbiError, TransportError
from .types import ServerEvent

T = TypeVar("T")
_STREAM = "text/event-stream"
_ROWS = "application/x-ndjson"


def _named(call: Call[Any], settings: Settings, problem: httpx.HTTPError | httpx.StreamError) -> QuimbiError:
    if isinstance(problem, httpx.TimeoutException):
        return DeadlineError(call.name, settings.timeout)
    if isinstance(problem, httpx.DecodingError):
        return BadAnswerError(200, f"{call.name}: the answer cannot be decoded: {problem}")
    return TransportError(f"{call.name}: {str(problem) or type(problem).__name__}")


def _is_promised(response: httpx.Response, media_type: str) -> bool:
    """`media_type` has a comma between several."""
    sent: str = response.headers.get("Content-Type", "")
    return response.status_code == 200 and sent.split(";")[0].strip() in media_type.split(", ")


def _send_at_once(response: httpx.Response) -> None:
    """Keeps the connection from waiting 40 ms before each later body.

    Blocking httpcore before 0.17 leaves Nagle's algorithm on and writes head and body apart: the body
    then waits for the server's delayed acknowledgement of the head.
    """
    extensions = cast(Mapping[str, Any], cast(Any, response).extensions)
    stream = extensions.get("network_stream")
    connection = stream.get_extra_info("socket") if stream is not None else None
    if isinstance(connection, socket.socket):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class Connection:
    """The blocking one.

    Every wait for bytes is bounded by what is left of the deadline, and the deadline is looked at after
    every piece of a body.
    """

    def __init__(self, settings: Settings, transport: httpx.BaseTransport | None = None) -> None:
        self.settings = settings
        self.http = httpx.Client(transport=transport, follow_redirects=False)

    def send(self, call: Call[T]) -> T:
        body = written(call)
        end = time.monotonic() + self.settings.timeout
        attempt = 0
        while True:
            try:
                return self._exchange(call, body, end)
            except QuimbiError as problem:
                wait = self.settings.pause(attempt, call, problem)
                if wait is None or time.monotonic() + wait >= end:
                    raise
            time.sleep(wait)
            attempt += 1

    def _exchange(self, call: Call[T], body: bytes, end: float) -> T:
        request = self.settings.request(call, body, max(end - time.monotonic(), 0.001))
        try:
            response = self.http.send(request, stream=True)
            _send_at_once(response)
            try:
                pieces: List[bytes] = []
                for piece in response.iter_bytes():
                    pieces.append(piece)
                    if time.monotonic() > end:
                        raise DeadlineError(call.name, self.settings.timeout)
            finally:
                response.close()
        except (httpx.HTTPError, httpx.StreamError) as problem:
            raise _named(call, self.settings, problem) from problem
        return answer(call, response, b"".join(pieces))

    def stream(self, call: Call[Any]) -> Iterator[ServerEvent]:
        """Never retried. The timeout is for each wait: the answer's start, then every piece."""
        parser = EventParser()
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        for piece in self.pieces(call, _STREAM):
            yield from parser.feed(decode(piece))

    def rows(self, call: Call[Any]) -> Iterator[Dict[str, Any]]:
        """The JSON objects of an answer that has one a line; waits as `stream`."""
        lines = Lines()
        for piece in self.pieces(call, _ROWS):
            yield from lines.feed(piece)
        yield from lines.end()

    def pieces(self, call: Call[Any], media_type: str) -> Iterator[bytes]:
        """Bytes as they come; waits as `stream`."""
        request = self.settings.request(call, written(call), self.settings.timeout, media_type)
        try:
            response = self.http.send(request, stream=True)
            try:
                if not _is_promised(response, media_type):
                    answer(call, response, response.read())
                    raise BadAnswerError(response.status_code, f"the answer is not {media_type}")
                yield from response.iter_bytes()
            finally:
                response.close()
        except (httpx.HTTPError, httpx.StreamError) as problem:
            raise _named(call, self.settings, problem) from problem


class AsyncConnection:
    """The one for asyncio and trio. The deadline cancels whatever it is waiting for."""

    def __init__(self, settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.settings = settings
        self.http = httpx.AsyncClient(transport=transport, follow_redirects=False)

    async def send(self, call: Call[T]) -> T:
        body = written(call)
        end = time.monotonic() + self.settings.timeout
        attempt = 0
        while True:
            try:
                return await self._exchange(call, body, end)
            except QuimbiError as problem:
                wait = self.settings.pause(attempt, call, problem)
                if wait is None or time.monotonic() + wait >= end:
                    raise
            await anyio.sleep(wait)
            attempt += 1

    async def _exchange(self, call: Call[T], body: bytes, end: float) -> T:
        request = self.settings.request(call, body, None)
        with anyio.move_on_after(max(end - time.monotonic(), 0)):
            try:
                response = await self.http.send(request)
            except (httpx.HTTPError, httpx.StreamError) as problem:
                raise _named(call, self.settings, problem) from problem
            return answer(call, response, response.content)
        raise DeadlineError(call.name, self.settings.timeout)

    async def stream(self, call: Call[Any]) -> AsyncIterator[ServerEvent]:
        """Never retried. The timeout is for each wait: the answer's start, then every piece."""
        parser = EventParser()
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        async for piece in self.pieces(call, _STREAM):
            for event in parser.feed(decode(piece)):
                yield event

    async def rows(self, call: Call[Any]) -> AsyncIterator[Dict[str, Any]]:
        """The JSON objects of an answer that has one a line; waits as `stream`."""
        lines = Lines()
        async for piece in self.pieces(call, _ROWS):
            for row in lines.feed(piece):
                yield row
        for row in lines.end():
            yield row

    async def pieces(self, call: Call[Any], media_type: str) -> AsyncIterator[bytes]:
        """Bytes as they come; waits as `stream`."""
        request = self.settings.request(call, written(call), self.settings.timeout, media_type)
        try:
            response = await self.http.send(request, stream=True)
            try:
                if not _is_promised(response, media_type):
                    answer(call, response, await response.aread())
                    raise BadAnswerError(response.status_code, f"the answer is not {media_type}")
                async for piece in response.aiter_bytes():
                    yield piece
            finally:
                await response.aclose()
        except (httpx.HTTPError, httpx.StreamError) as problem:
            raise _named(call, self.settings, problem) from problem
