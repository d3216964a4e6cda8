"""How all customers do together, and how far the answers can be relied on."""

from __future__ import annotations

from . import _arguments as check
from . import types as t
from ._connection import AsyncConnection, Connection
from ._protocol import Call


class AsyncInsights:
    """Got from `QuimbiClient.insights`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._send = connection.send

    async def revenue_forecast(self, horizon_months: int = 12) -> t.RevenueForecast:
        """What today's customers will spend together within `horizon_months`, 1 to 60."""
        return await self._send(_forecast(horizon_months))

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
