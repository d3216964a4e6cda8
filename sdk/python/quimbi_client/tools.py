"""The customer-success copilot's signed tools, in both colours.

A tool's own failure (`ok: false`) is an ApiError with the tool's code, whatever the HTTP status was.
Tools only read, so a failed call is tried again, each time with a fresh timestamp.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, Mapping

import httpx

from . import _arguments as check
from . import _calls as calls
from . import types as t
from ._connection import AsyncConnection, Connection
from ._protocol import Settings
from .signature import Version, epoch_millis, signed


class CopilotTools:
    """For asyncio and trio. `client` and `secret` are the signing client's; `now` is what time a
    signature states, of which the server accepts five minutes to either side of its own."""

    def __init__(
        self,
        base_url: str,
        client: str | None,
        secret: str | None,
        signature: Version = 1,
        timeout: float = 30.0,
        retries: int = 2,
        backoff: float = 1.0,
        now: Callable[[], int] = epoch_millis,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        credentials = signed(client, secret, signature, now)
        settings = Settings.of(base_url, credentials, timeout, retries, backoff)
        self._connection = AsyncConnection(settings, transport)

    async def tools(self) -> Dict[str, Any]:
        """All tools with the JSON Schemas of what they take and give."""
        return await self._connection.send(calls.tools())

    async def call(
        self, tool: str, customer_id: str, params: Mapping[str, Any] | None = None
    ) -> Dict[str, Any]:
        """Calls one tool and returns its `data`."""
        return await self._connection.send(calls.tool(tool, customer_id, params))

    async def customer_usage(self, customer_id: str, period_days: int = 30) -> Dict[str, Any]:
        return await self.call("get_customer_usage", customer_id, _period(period_days))

    async def recent_tickets(self, customer_id: str) -> Dict[str, Any]:
        return await self.call("get_recent_tickets", customer_id)

    async def contract_info(self, customer_id: str) -> Dict[str, Any]:
        return await self.call("get_contract_info", customer_id)

    async def health(self, customer_id: str) -> Dict[str, Any]:
        return await self.call("calculate_health", customer_id)

    async def email(self, customer_id: str, params: Mapping[str, Any] | None = None) -> Dict[str, Any]:
        return await self.call("generate_email", customer_id, params)

    async def qbr_outline(self, customer_id: str, params: Mapping[str, Any] | None = None) -> Dict[str, Any]:
        return await self.call("generate_qbr_outline", customer_id, params)

    async def start(self, tool: str, customer_id: str, params: Mapping[str, Any] | None = None) -> t.StartedJob:
        """Starts a tool as a job."""
        return await self._connection.send(calls.start_tool(tool, customer_id, params))

    async def plan_token(self) -> Dict[str, Any]:
        """A token that opens the copilot's stream for a browser for five minutes."""
        return await self._connection.send(calls.plan_token())

    async def status(self, job_id: str) -> Dict[str, Any]:
        """A job as it stands: `status`, `progress`, and at the end `result`, the tool's own envelope."""
        return await self._connection.send(calls.job(job_id))

    async def aclose(self) -> None:
        await self._connection.http.aclose()


class CopilotSyncTools:
    """The blocking one."""

    def __init__(
        self,
        base_url: str,
        client: str | None,
        secret: str | None,
        signature: Version = 1,
        timeout: float = 30.0,
        retries: int = 2,
        backoff: float = 1.0,
        now: Callable[[], int] = epoch_millis,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        credentials = signed(client, secret, signature, now)
        settings = Settings.of(base_url, credentials, timeout, retries, backoff)
        self._connection = Connection(settings, transport)

    def tools(self) -> Dict[str, Any]:
        """All tools with the JSON Schemas of what they take and give."""
        return self._connection.send(calls.tools())

    def call(self, tool: str, customer_id: str, params: Mapping[str, Any] | None = None) -> Dict[str, Any]:
        """Calls one tool and returns its `data`."""
        return self._connection.send(calls.tool(tool, customer_id, params))

    def customer_usage(self, customer_id: str, period_days: int = 30) -> Dict[str, Any]:
        return self.call("get_customer_usage", customer_id, _period(period_days))

    def recent_tickets(self, customer_id: str) -> Dict[str, Any]:
        return self.call("get_recent_tickets", customer_id)

    def contract_info(self, customer_id: str) -> Dict[str, Any]:
        return self.call("get_contract_info", customer_id)

    def health(self, customer_id: str) -> Dict[str, Any]:
        return self.call("calculate_health", customer_id)

    def email(self, customer_id: str, params: Mapping[str, Any] | None = None) -> Dict[str, Any]:
        return self.call("generate_email", customer_id, params)

    def qbr_outline(self, customer_id: str, params: Mapping[str, Any] | None = None) -> Dict[str, Any]:
        return self.call("generate_qbr_outline", customer_id, params)

    def start(self, tool: str, customer_id: str, params: Mapping[str, Any] | None = None) -> t.StartedJob:
        """Starts a tool as a job."""
        return self._connection.send(calls.start_tool(tool, customer_id, params))

    def plan_token(self) -> Dict[str, Any]:
        """A token that opens the copilot's stream for a browser for five minutes."""
        return self._connection.send(calls.plan_token())

    def status(self, job_id: str) -> Dict[str, Any]:
        """A job as it stands: `status`, `progress`, and at the end `result`, the tool's own envelope."""
        return self._connection.send(calls.job(job_id))

    def close(self) -> None:
        self._connection.http.close()


def _period(days: int) -> Dict[str, int]:
    return {"periodDays": check.integer("period_days", 1, 365, days)}
