"""Runs the same tests with the blocking and the asynchronous client."""

from __future__ import annotations

import asyncio
import inspect
import unittest
from typing import Any, AsyncIterator, Dict, List

from quimbi_client import CopilotSyncTools, CopilotTools, QuimbiClient, QuimbiSyncClient

from .faulty_server import FaultyServer


class Awaited:
    """An asynchronous client that one can call without awaiting."""

    def __init__(self, client: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._client = client
        self._loop = loop

    def __getattr__(self, name: str) -> Any:
        method: Any = getattr(self._client, name)
        if not inspect.ismethod(method):
            return Awaited(method, self._loop)

        def call(*args: Any, **kwargs: Any) -> Any:
            result: Any = method(*args, **kwargs)
            if inspect.isasyncgen(result):
                return self._iterate(result)
            return self._loop.run_until_complete(result)

        return call

    def _iterate(self, events: AsyncIterator[Any]) -> Any:
        try:
            while True:
                yield self._loop.run_until_complete(events.__anext__())
        except StopAsyncIteration:
            return


class BothColours(unittest.TestCase):
    """`client` and `tools` make one of the colour under test. Subclassed once for each colour."""

    colour = ""

    def setUp(self) -> None:
        self.server = FaultyServer()
        self.addCleanup(self.server.close)
        self.loop = asyncio.new_event_loop()
        self.addCleanup(self.loop.close)

    def client(self, **more: Any) -> Any:
        settings: Dict[str, Any] = {"base_url": self.server.url, "api_key": "k", "timeout": 10.0, "backoff": 0.02}
        settings.update(more)
        return self._of_colour(QuimbiSyncClient, QuimbiClient, settings)

    def tools(self, **more: Any) -> Any:
        settings = {"base_url": self.server.url, "client": "copilot-frontend", "secret": "demo-secret", **more}
        return self._of_colour(CopilotSyncTools, CopilotTools, settings)

    def _of_colour(self, blocking: Any, asynchronous: Any, settings: Dict[str, Any]) -> Any:
        if self.colour == "sync":
            client = blocking(**settings)
            self.addCleanup(client.close)
            return client
        client = asynchronous(**settings)
        self.addCleanup(lambda: self.loop.run_until_complete(client.aclose()))
        return Awaited(client, self.loop)


def both(base: type[BothColours]) -> List[type[BothColours]]:
    return [type(f"{base.__name__}_{colour}", (base,), {"colour": colour}) for colour in ("sync", "async")]


def load(loader: unittest.TestLoader, *bases: type[BothColours]) -> unittest.TestSuite:
    suite = unittest.TestSuite()
    for base in bases:
        for case in both(base):
            suite.addTests(loader.loadTestsFromTestCase(case))
    return suite
