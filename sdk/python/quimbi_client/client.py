"""Quimbi for one tenant's key, for asyncio and trio."""

from __future__ import annotations

from types import TracebackType
from typing import Any, AsyncIterator, Dict, Mapping, TypeVar

import httpx

from . import _calls as calls
from . import types as t
from ._cache import ANALYSIS_SECONDS, PREDICTION_SECONDS, AnswerCache
from ._connection import AsyncConnection
from ._protocol import Call, Settings, api_key as key_credentials
from .behaviour import AsyncBehaviour
from .catalog import AsyncCatalog
from .generation import AsyncGeneration
from .insights import AsyncInsights
from .jobs import AsyncJobs
from .segments import AsyncSegments
from .accounts import AsyncAccounts

T = TypeVar("T")


class QuimbiClient:
    """Make one and keep it; `async with` or `aclose()` closes its connections.

    `timeout` seconds are for a whole call: attempts, the pauses between them, and bodies. `cache`
    remembers analyses 15 minutes and predictions an hour, until data about the customer is sent.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str | None,
        timeout: float = 30.0,
        retries: int = 2,
        backoff: float = 1.0,
        cache: bool = False,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        settings = Settings.of(base_url, key_credentials(api_key), timeout, retries, backoff)
        self._connection = AsyncConnection(settings, transport)
        self.accounts = AsyncAccounts(self._connection)
        """Contracts, usage, tickets and health of customers."""
        self.behaviour = AsyncBehaviour(self._connection)
        """Archetypes, segments, neighbours, history, campaigns."""
        self.catalog = AsyncCatalog(self._connection)
        """Products, offers, policies and wording that messages may state."""
        self.generation = AsyncGeneration(self._connection)
        """What became of messages and actions, and the rules that actions come from."""
        self.insights = AsyncInsights(self._connection)
        """An overview, revenue to come, the model in force, the part in the benchmarks."""
        self.jobs = AsyncJobs(self._connection, self._forget_all)
        """Exports, imports, refits and scoring that go on beside the requests."""
        self.segments = AsyncSegments(self._connection)
        """Saved filters of customers."""
        self._cache = AnswerCache() if cache else None

    async def analyze_customer(
        self, customer_id: str, context: Mapping[str, Any] | None = None
    ) -> t.CustomerAnalysis:
        """Who a customer is. A context counts for this answer and is not stored."""
        call = calls.analyze(customer_id, context)
        if context:
            return await self._connection.send(call)
        return await self._remembered(customer_id, "analyze", ANALYSIS_SECONDS, call)

    async def predict_churn(self, customer_id: str) -> t.ChurnPrediction:
        return await self._remembered(customer_id, "churn", PREDICTION_SECONDS, calls.churn(customer_id))

    async def predict_ltv(self, customer_id: str, horizon_months: int = 12) -> t.LtvForecast:
        """What the customer will spend within `horizon_months`, 1 to 60."""
        call = calls.ltv(customer_id, horizon_months)
        return await self._remembered(customer_id, f"ltv/{horizon_months}", PREDICTION_SECONDS, call)

    async def generate_message(
        self, customer_profile: Mapping[str, Any], context: Mapping[str, Any]
    ) -> t.GeneratedMessage:
        """A message for the customer whom a profile (an analysis, for one) describes. Never cached."""
        return await self._connection.send(calls.message(customer_profile, context))

    def stream_message(
        self, customer_profile: Mapping[str, Any], context: Mapping[str, Any]
    ) -> AsyncIterator[t.ServerEvent]:
        """The same as it is written, event by event."""
        return self._connection.stream(calls.message_stream(customer_profile, context))

    async def recommend_actions(
        self,
        customer_profile: Mapping[str, Any],
        scenario: str,
        context: Mapping[str, Any] | None = None,
    ) -> t.RecommendedActions:
        """Next best actions."""
        return await self._connection.send(calls.actions(customer_profile, scenario, context))

    async def ingest_orders(
        self,
        source: str,
        orders: t.Rows,
        idempotency_key: str | None = None,
        on_error: calls.OnError | None = None,
    ) -> t.Ingestion:
        """Stores orders: all or nothing, or row by row with `on_error="continue"`."""
        return await self._ingest(calls.orders(source, orders, idempotency_key, on_error))

    async def ingest_interactions(
        self,
        source: str,
        interactions: t.Rows,
        idempotency_key: str | None = None,
        on_error: calls.OnError | None = None,
    ) -> t.Ingestion:
        return await self._ingest(calls.interactions(source, interactions, idempotency_key, on_error))

    async def list_customers(
        self, limit: int = 50, cursor: str | None = None, where: Mapping[str, Any] | None = None
    ) -> t.CustomerPage:
        """A page in id order, from `next_cursor` of the page before; with `where` those whom it
        describes: `{"segment.purchase_value": "whale", "sort": "-ltv_12mo"}`."""
        return await self._connection.send(calls.customers(limit, cursor, where))

    def export_customers(self, where: Mapping[str, Any] | None = None) -> AsyncIterator[Dict[str, Any]]:
        """Every customer whom `where` means (see `list_customers`), one after the other as they come."""
        return self._connection.rows(calls.export("ndjson", where))

    def export_customers_csv(self, where: Mapping[str, Any] | None = None) -> AsyncIterator[bytes]:
        """The same as pieces of a CSV file with a header line."""
        return self._connection.pieces(calls.export("csv", where), "text/csv")

    async def customer(self, customer_id: str) -> Dict[str, Any]:
        """The facts stored about a customer."""
        return await self._connection.send(calls.customer(customer_id))

    async def benchmarks(self, industry: str) -> t.IndustryBenchmark:
        return await self._connection.send(calls.benchmarks(industry))

    async def my_position(self) -> t.Position:
        return await self._connection.send(calls.my_position())

    async def status(self) -> t.ServerStatus:
        """How the server is."""
        return await self._connection.send(calls.status())

    async def plan(self, message: str, selected_customer_id: str | None = None) -> Dict[str, Any]:
        """The copilot's answer to a question, from at most five tools."""
        return await self._connection.send(calls.plan(message, selected_customer_id))

    async def job(self, job_id: str) -> Dict[str, Any]:
        """A job of the tenant as it stands."""
        return await self._connection.send(calls.tenant_job(job_id))

    def stream_plan(
        self, message: str, selected_customer_id: str | None = None
    ) -> AsyncIterator[t.ServerEvent]:
        """The copilot's plan for a question, event by event; the last one is `final`."""
        return self._connection.stream(calls.plan_stream(message, selected_customer_id))

    async def request(self, method: str, path: str, body: Any = None) -> Dict[str, Any]:
        """Any endpoint, also one that this version has no method for. `path` is encoded."""
        return await self._connection.send(calls.anything(method, path, body))

    async def _remembered(self, customer_id: str, question: str, seconds: float, call: Call[T]) -> T:
        if self._cache is None:
            return await self._connection.send(call)
        known = self._cache.get(customer_id, question)
        if known is not None:
            return known
        ticket = self._cache.ticket()
        answer = await self._connection.send(call)
        self._cache.remember(customer_id, question, seconds, answer, ticket)
        return answer

    def _forget_all(self) -> None:
        if self._cache is not None:
            self._cache.forget_all()

    async def _ingest(self, batch: calls.Batch) -> t.Ingestion:
        touched = set(batch.customer_ids)
        try:
            done = await self._connection.send(batch.call)
            touched.update(done.get("customer_profiles_updated", ()))
            return done
        finally:
            # Also after a failure: the rows may be stored all the same.
            if self._cache is not None:
                self._cache.forget(touched)

    async def aclose(self) -> None:
        await self._connection.http.aclose()

    async def __aenter__(self) -> QuimbiClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
