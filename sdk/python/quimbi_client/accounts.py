"""What customer success knows of customers: contracts, usage and tickets, and how their health is
weighed. The signed tools answer from it. Everything here ends in the same state however often it is
sent."""

from __future__ import annotations

import datetime as dt
from typing import Any, Dict, Mapping
from urllib.parse import urlencode

from . import _arguments as check
from . import types as t
from ._connection import AsyncConnection, Connection
from ._protocol import Call
from .errors import InvalidArgumentError

_HEALTH = "/api/copilot/health-config"


class AsyncAccounts:
    """Got from `QuimbiClient.accounts`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._send = connection.send

    async def put(
        self,
        customer_id: str,
        name: str,
        renewal_date: str | None = None,
        arr: t.Amount | None = None,
        owner: str | None = None,
    ) -> Dict[str, Any]:
        """Replaces all that is known of the account; what is left out is unknown from then on."""
        return await self._send(_put(customer_id, name, renewal_date, arr, owner))

    async def get(self, customer_id: str) -> Dict[str, Any]:
        return await self._send(Call("GET", _path(customer_id)))

    async def delete(self, customer_id: str) -> Dict[str, Any]:
        return await self._send(Call("DELETE", _path(customer_id)))

    async def put_usage(self, customer_id: str, days: t.Rows) -> Dict[str, Any]:
        """Rows of `date` and `active_users`; a day told again replaces what was told of it."""
        return await self._send(_rows(customer_id, "usage", "days", days))

    async def put_tickets(self, customer_id: str, tickets: t.Rows) -> Dict[str, Any]:
        """Rows of `id`, `severity`, `status`, `opened_at`; one told again replaces the earlier."""
        return await self._send(_rows(customer_id, "tickets", "tickets", tickets))

    async def health(
        self, customer_id: str, since: dt.date | None = None, until: dt.date | None = None
    ) -> t.AccountHealth:
        """How the account's health went, in the year until today by default."""
        return await self._send(_history(customer_id, since, until))

    async def health_backtest(self, horizon_days: int = 90) -> t.HealthBacktest:
        """The health score held against what happened within `horizon_days` (30 to 365) of it."""
        return await self._send(_backtest(horizon_days))

    async def health_config(self) -> Dict[str, Any]:
        return await self._send(Call("GET", _HEALTH))

    async def put_health_config(self, weights: Mapping[str, float], preview: bool = False) -> Dict[str, Any]:
        """Weighs `usage`, `tickets`, `renewal` differently, or with `preview` tells what would change."""
        return await self._send(_health(weights, preview))


class Accounts:
    """Got from `QuimbiSyncClient.accounts`."""

    def __init__(self, connection: Connection) -> None:
        self._send = connection.send

    def put(
        self,
        customer_id: str,
        name: str,
        renewal_date: str | None = None,
        arr: t.Amount | None = None,
        owner: str | None = None,
    ) -> Dict[str, Any]:
        """Replaces all that is known of the account; what is left out is unknown from then on."""
        return self._send(_put(customer_id, name, renewal_date, arr, owner))

    def get(self, customer_id: str) -> Dict[str, Any]:
        return self._send(Call("GET", _path(customer_id)))

    def delete(self, customer_id: str) -> Dict[str, Any]:
        return self._send(Call("DELETE", _path(customer_id)))

    def put_usage(self, customer_id: str, days: t.Rows) -> Dict[str, Any]:
        """Rows of `date` and `active_users`; a day told again replaces what was told of it."""
        return self._send(_rows(customer_id, "usage", "days", days))

    def put_tickets(self, customer_id: str, tickets: t.Rows) -> Dict[str, Any]:
        """Rows of `id`, `severity`, `status`, `opened_at`; one told again replaces the earlier."""
        return self._send(_rows(customer_id, "tickets", "tickets", tickets))

    def health(
        self, customer_id: str, since: dt.date | None = None, until: dt.date | None = None
    ) -> t.AccountHealth:
        """How the account's health went, in the year until today by default."""
        return self._send(_history(customer_id, since, until))

    def health_backtest(self, horizon_days: int = 90) -> t.HealthBacktest:
        """The health score held against what happened within `horizon_days` (30 to 365) of it."""
        return self._send(_backtest(horizon_days))

    def health_config(self) -> Dict[str, Any]:
        return self._send(Call("GET", _HEALTH))

    def put_health_config(self, weights: Mapping[str, float], preview: bool = False) -> Dict[str, Any]:
        """Weighs `usage`, `tickets`, `renewal` differently, or with `preview` tells what would change."""
        return self._send(_health(weights, preview))


def _path(customer_id: str, below: str = "") -> str:
    return "/api/accounts/" + check.segment(check.identity("customer_id", customer_id)) + below


def _put(
    customer_id: str, name: str, renewal_date: str | None, arr: t.Amount | None, owner: str | None
) -> Call[Dict[str, Any]]:
    if arr is not None:
        check.amount("arr", arr)
    optional = {"renewal_date": renewal_date, "arr": arr, "owner": owner}
    body: Dict[str, Any] = {"name": check.text("name", name)}
    body.update({member: value for member, value in optional.items() if value is not None})
    return Call("PUT", _path(customer_id), body)


def _rows(customer_id: str, below: str, what: str, rows: t.Rows) -> Call[Dict[str, Any]]:
    if not isinstance(rows, (list, tuple)) or not rows:
        raise InvalidArgumentError(what, "must be a list that is not empty")
    return Call("POST", _path(customer_id, f"/{below}"), {what: list(rows)})


def _health(weights: Mapping[str, float], preview: bool) -> Call[Dict[str, Any]]:
    body = {"weights": check.mapping("weights", weights)}
    return Call("PUT", _HEALTH + ("?preview=true" if preview else ""), body)


def _history(customer_id: str, since: dt.date | None, until: dt.date | None) -> Call[t.AccountHealth]:
    query = urlencode(check.period(since, until))
    return Call("GET", _path(customer_id, "/health") + (query and f"?{query}"), promised=("days",))


def _backtest(horizon_days: int) -> Call[t.HealthBacktest]:
    days = check.integer("horizon_days", 30, 365, horizon_days)
    return Call("GET", f"{_HEALTH}/backtest?horizon_days={days}", promised=("cases", "by_risk_level"))
