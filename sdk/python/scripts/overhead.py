"""What a call through the SDK costs beside the same call by hand, interleaved, on a live server.

QUIMBI_TEST_URL and QUIMBI_TEST_KEY (a key whose limits are raised) say which:
`PYTHONPATH=. python3 scripts/overhead.py [ROUNDS]`.
"""

import asyncio
import os
import socket
import statistics
import sys
import time
from typing import Any, Awaitable, Callable, Dict, List, cast

import httpx

from quimbi_client import QuimbiClient, QuimbiSyncClient

URL, KEY = os.environ["QUIMBI_TEST_URL"], os.environ["QUIMBI_TEST_KEY"]
CUSTOMER = "test_customer_high_ltv"
BODY: Dict[str, Any] = {"customer_id": CUSTOMER, "context": {}}
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 1000


def report(colour: str, times: Dict[str, List[float]]) -> None:
    hand, sdk = (statistics.median(times[who][100:]) * 1000 for who in ("hand", "sdk"))
    print(f"{colour}: by hand {hand:.3f} ms, SDK {sdk:.3f} ms, ratio {sdk / hand:.3f} (medians of {ROUNDS})")


def order(turn: int) -> List[str]:
    # Which one goes first alternates, so that neither profits from the other's warmth.
    return ["hand", "sdk"] if turn % 2 else ["sdk", "hand"]


def blocking() -> None:
    raw = httpx.Client(base_url=URL, headers={"X-API-Key": KEY}, timeout=30.0)
    quimbi = QuimbiSyncClient(URL, KEY)

    # As the SDK does it: older httpcore leaves Nagle's algorithm on, which costs 40 ms a call.
    with raw.stream("POST", "/api/intelligence/analyze", json=BODY) as first:
        connection = cast(Any, first).extensions["network_stream"].get_extra_info("socket")
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        first.read()

    def by_hand() -> Any:
        response = raw.post("/api/intelligence/analyze", json=BODY)
        response.raise_for_status()
        return response.json()

    calls: Dict[str, Callable[[], Any]] = {"hand": by_hand, "sdk": lambda: quimbi.analyze_customer(CUSTOMER)}
    times: Dict[str, List[float]] = {"hand": [], "sdk": []}
    for turn in range(ROUNDS + 100):
        for who in order(turn):
            start = time.perf_counter()
            calls[who]()
            times[who].append(time.perf_counter() - start)
    report("blocking", times)


async def asynchronous() -> None:
    async with httpx.AsyncClient(base_url=URL, headers={"X-API-Key": KEY}, timeout=30.0) as raw:
        async with QuimbiClient(URL, KEY) as quimbi:

            async def by_hand() -> Any:
                response = await raw.post("/api/intelligence/analyze", json=BODY)
                response.raise_for_status()
                return response.json()

            calls: Dict[str, Callable[[], Awaitable[Any]]] = {
                "hand": by_hand,
                "sdk": lambda: quimbi.analyze_customer(CUSTOMER),
            }
            times: Dict[str, List[float]] = {"hand": [], "sdk": []}
            for turn in range(ROUNDS + 100):
                for who in order(turn):
                    start = time.perf_counter()
                    await calls[who]()
                    times[who].append(time.perf_counter() - start)
            report("async", times)


blocking()
asyncio.run(asynchronous())
