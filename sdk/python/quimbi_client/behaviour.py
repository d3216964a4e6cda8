"""Customers beside each other and over time: archetypes, segments, neighbours, history, campaigns."""

from __future__ import annotations

import datetime as dt
from typing import Any, Dict, List, Literal
from urllib.parse import urlencode

from . import _arguments as check
from . import types as t
from ._connection import AsyncConnection, Connection
from ._protocol import Call

Level = Literal["L1", "L2", "L3"]
Metric = Literal["all", "churn", "ltv", "segments"]
Goal = Literal["retention", "growth", "win_back"]


class AsyncBehaviour:
    """Got from `QuimbiClient.behaviour`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._send = connection.send

    async def analyze_batch(self, customer_ids: List[str]) -> Dict[str, Any]:
        """Analyses of up to 1000 stored customers at once, each answered for itself."""
        return await self._send(_batch(customer_ids))

    async def archetypes(self, level: Level = "L2") -> Dict[str, Any]:
        """What kinds of customers there are."""
        return await self._send(_query("/api/intelligence/archetypes", level=_level(level)))

    async def migration(
        self, level: Level = "L2", since: dt.date | None = None, until: dt.date | None = None
    ) -> t.ArchetypeMigration:
        """How customers moved between archetypes, over the last 30 days unless told otherwise."""
        return await self._send(_migration(level, since, until))

    async def segment_stats(self) -> Dict[str, Any]:
        """How many customers each segment has, and what they are like."""
        return await self._send(Call("GET", "/api/intelligence/segments/stats"))

    async def quality(self) -> Dict[str, Any]:
        """How far the segments can be relied on."""
        return await self._send(Call("GET", "/api/insights/segmentation"))

    async def similar(self, customer_id: str, limit: int = 10) -> Dict[str, Any]:
        """The customers most like one."""
        check.integer("limit", 1, 100, limit)
        return await self._send(_query(_path(customer_id, "/similar"), limit=limit))

    async def history(
        self,
        customer_id: str,
        metric: Metric = "all",
        since: dt.date | None = None,
        until: dt.date | None = None,
    ) -> Dict[str, Any]:
        """How the answers about a customer changed."""
        check.one_of("metric", ("all", "churn", "ltv", "segments"), metric)
        days = check.period(since, until)
        return await self._send(_query(_path(customer_id, "/history"), metric=metric, **days))

    async def campaign(self, goal: Goal, limit: int = 20) -> Dict[str, Any]:
        """Whom to address for a goal, best first, with the reason."""
        return await self._send(_campaign(goal, limit))


class Behaviour:
    """Got from `QuimbiSyncClient.behaviour`."""

    def __init__(self, connection: Connection) -> None:
        self._send = connection.send

    def analyze_batch(self, customer_ids: List[str]) -> Dict[str, Any]:
        """Analyses of up to 1000 stored customers at once, each answered for itself."""
        return self._send(_batch(customer_ids))

    def archetypes(self, level: Level = "L2") -> Dict[str, Any]:
        """What kinds of customers there are."""
        return self._send(_query("/api/intelligence/archetypes", level=_level(level)))

    def migration(
        self, level: Level = "L2", since: dt.date | None = None, until: dt.date | None = None
    ) -> t.ArchetypeMigration:
        """How customers moved between archetypes, over the last 30 days unless told otherwise."""
        return self._send(_migration(level, since, until))

    def segment_stats(self) -> Dict[str, Any]:
        """How many customers each segment has, and what they are like."""
        return self._send(Call("GET", "/api/intelligence/segments/stats"))

    def quality(self) -> Dict[str, Any]:
        """How far the segments can be relied on."""
        return self._send(Call("GET", "/api/insights/segmentation"))

    def similar(self, customer_id: str, limit: int = 10) -> Dict[str, Any]:
        """The customers most like one."""
        check.integer("limit", 1, 100, limit)
        return self._send(_query(_path(customer_id, "/similar"), limit=limit))

    def history(
        self,
        customer_id: str,
        metric: Metric = "all",
        since: dt.date | None = None,
        until: dt.date | None = None,
    ) -> Dict[str, Any]:
        """How the answers about a customer changed."""
        check.one_of("metric", ("all", "churn", "ltv", "segments"), metric)
        days = check.period(since, until)
        return self._send(_query(_path(customer_id, "/history"), metric=metric, **days))

    def campaign(self, goal: Goal, limit: int = 20) -> Dict[str, Any]:
        """Whom to address for a goal, best first, with the reason."""
        return self._send(_campaign(goal, limit))


def _path(customer_id: str, below: str) -> str:
    return "/api/customers/" + check.segment(check.identity("customer_id", customer_id)) + below


def _query(path: str, **parameters: object) -> Call[Dict[str, Any]]:
    return Call("GET", f"{path}?{urlencode(parameters)}")


def _level(level: Level) -> str:
    return check.one_of("level", ("L1", "L2", "L3"), level)


def _migration(
    level: Level, since: dt.date | None, until: dt.date | None
) -> Call[t.ArchetypeMigration]:
    query = urlencode({"level": _level(level), **check.period(since, until)})
    promised = ("data", "arrived", "left")
    return Call("GET", f"/api/intelligence/archetypes/migration?{query}", promised=promised)


def _batch(customer_ids: List[str]) -> Call[Dict[str, Any]]:
    given = check.words("customer_ids", customer_ids)
    check.integer("len(customer_ids)", 1, 1000, len(given))
    ids = [check.identity(f"customer_ids[{i}]", one) for i, one in enumerate(given)]
    return Call("POST", "/api/intelligence/analyze/batch", {"customer_ids": ids})


def _campaign(goal: Goal, limit: int) -> Call[Dict[str, Any]]:
    body = {"goal": check.one_of("goal", ("retention", "growth", "win_back"), goal), "limit": check.integer("limit", 1, 1000, limit)}
    return Call("POST", "/api/intelligence/campaigns/recommend", body)
