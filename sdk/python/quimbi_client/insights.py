"""How all customers do together, and how far the answers can be relied on."""

from __future__ import annotations

from . import _arguments as check
from . import types as t
from ._connection import AsyncConnection, Connection
from ._protocol import Call

_CONTRIBUTION = "/api/insights/contribution"


class AsyncInsights:
    """Got from `QuimbiClient.insights`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._send = connection.send

    async def revenue_forecast(self, horizon_months: int = 12) -> t.RevenueForecast:
        """What today's customers will spend together within `horizon_months`, 1 to 60."""
        return await self._send(_forecast(horizon_months))

    async def overview(self, days: int = 30) -> t.Overview:
        """The own customers at a glance; `days` (1 to 365) is how long the period is that ends today."""
        return await self._send(_overview(days))

    async def benchmark_ledger(self, industry: str) -> t.BenchmarkLedger:
        """What the releases of an industry's benchmark have cost its companies in privacy."""
        return await self._send(_ledger(industry))

    async def contribution(self) -> t.Contribution:
        """Whether the company shares its figures, and what is missing."""
        return await self._send(_contribution())

    async def put_contribution(self, opted_in: bool) -> t.Contribution:
        """Shares the company's figures from the next release on, or stops and deletes what was given."""
        return await self._send(_put_contribution(opted_in))

    async def model_report(self) -> t.ModelReport:
        """The model in force, and how well it foretells."""
        return await self._send(_model())

    async def scoring_progress(self) -> t.ScoringProgress:
        """How far the scores behind lists and exports are."""
        return await self._send(_scoring())


class Insights:
    """Got from `QuimbiSyncClient.insights`."""

    def __init__(self, connection: Connection) -> None:
        self._send = connection.send

    def revenue_forecast(self, horizon_months: int = 12) -> t.RevenueForecast:
        """What today's customers will spend together within `horizon_months`, 1 to 60."""
        return self._send(_forecast(horizon_months))

    def overview(self, days: int = 30) -> t.Overview:
        """The own customers at a glance; `days` (1 to 365) is how long the period is that ends today."""
        return self._send(_overview(days))

    def benchmark_ledger(self, industry: str) -> t.BenchmarkLedger:
        """What the releases of an industry's benchmark have cost its companies in privacy."""
        return self._send(_ledger(industry))

    def contribution(self) -> t.Contribution:
        """Whether the company shares its figures, and what is missing."""
        return self._send(_contribution())

    def put_contribution(self, opted_in: bool) -> t.Contribution:
        """Shares the company's figures from the next release on, or stops and deletes what was given."""
        return self._send(_put_contribution(opted_in))

    def model_report(self) -> t.ModelReport:
        """The model in force, and how well it foretells."""
        return self._send(_model())

    def scoring_progress(self) -> t.ScoringProgress:
        """How far the scores behind lists and exports are."""
        return self._send(_scoring())


def _forecast(horizon_months: int) -> Call[t.RevenueForecast]:
    months = check.integer("horizon_months", 1, 60, horizon_months)
    promised = ("expected_revenue", "confidence_interval")
    return Call("GET", f"/api/insights/forecast?horizon_months={months}", promised=promised)


def _model() -> Call[t.ModelReport]:
    return Call("GET", "/api/insights/model", promised=("status", "model_version"))


def _scoring() -> Call[t.ScoringProgress]:
    return Call("GET", "/api/insights/scoring", promised=("state", "customers", "scored"))


def _overview(days: int) -> Call[t.Overview]:
    promised = ("customers", "revenue", "churn", "ltv", "archetypes")
    return Call("GET", f"/api/insights/overview?days={check.integer('days', 1, 365, days)}", promised=promised)


def _ledger(industry: str) -> Call[t.BenchmarkLedger]:
    name = check.segment(check.text("industry", industry))
    return Call("GET", f"/api/insights/benchmarks/{name}/ledger", promised=("industry", "entries"))


def _contribution() -> Call[t.Contribution]:
    return Call("GET", _CONTRIBUTION, promised=("opted_in", "status"))


def _put_contribution(opted_in: bool) -> Call[t.Contribution]:
    body = {"opted_in": check.flag("opted_in", opted_in)}
    return Call("PUT", _CONTRIBUTION, body, promised=("opted_in", "status"))
