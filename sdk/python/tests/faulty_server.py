"""A server on a raw socket that writes exactly the bytes it was told, one script per request.

Only so can it hang in the middle of a body, drip one, or cut one off. Records what it was sent.
"""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass
from typing import Dict, List


@dataclass(frozen=True)
class Received:
    method: str
    target: str
    headers: Dict[str, str]
    body: str


@dataclass(frozen=True)
class Script:
    data: bytes
    hangs: bool = False
    drip_seconds: float = 0.0


class FaultyServer:
    def __init__(self) -> None:
        self.requests: List[Received] = []
        self._scripts: List[Script] = []
        self._open: List[socket.socket] = []
        self._closed = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def answers(self, status: int, body: str, *headers: str) -> FaultyServer:
        encoded = body.encode()
        head = [
            f"HTTP/1.1 {status} X",
            "Content-Type: application/json",
            f"Content-Length: {len(encoded)}",
            "Connection: close",
            *headers,
        ]
        return self.script(Script("\r\n".join(head).encode() + b"\r\n\r\n" + encoded))

    def writes(self, text: str) -> FaultyServer:
        return self.script(Script(text.encode()))

    def script(self, script: Script) -> FaultyServer:
        self._scripts.append(script)
        return self

    def close(self) -> None:
        self._closed.set()
        # Closing alone would leave the acceptor waiting, and the port open with it.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for connection in self._open:
            connection.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        """One request a connection, which is then closed: an answer without length ends there."""
        try:
            self.requests.append(_read(connection))
            script = self._scripts.pop(0) if self._scripts else Script(b"")
            if script.drip_seconds:
                for byte in script.data:
                    connection.sendall(bytes([byte]))
                    if self._closed.wait(script.drip_seconds):
                        return
            connection.sendall(script.data)
            if script.hangs:
                self._closed.wait(30)
            connection.shutdown(socket.SHUT_WR)
            # Closing with unread bytes would reset the connection and take the answer with it.
            connection.settimeout(1)
            connection.recv(1)
        except OSError:
            pass  # The client may leave whenever it likes; some of the tests are about that.
        finally:
            connection.close()


def _read(connection: socket.socket) -> Received:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        body += _some(connection)
    method, target, _ = first.split(" ")
    return Received(method, target, headers, body.decode())


def _some(connection: socket.socket) -> bytes:
    piece = connection.recv(65536)
    if not piece:
        raise OSError("the client left at " + time.strftime("%X"))
    return piece
