"""Exports, imports, refits and scoring that go on beside the requests."""

from __future__ import annotations

import uuid
from typing import Any, AsyncIterator, Callable, Iterator, Literal, Mapping

from . import _arguments as check
from . import types as t
from ._calls import where_query
from ._connection import AsyncConnection, Connection
from ._protocol import Call

Format = Literal["csv", "ndjson"]
Kind = Literal["refit", "score"]
Forget = Callable[[], None]

_FILES = "text/csv, application/x-ndjson"
_PROMISED = ("job_id", "status")


class AsyncJobs:
    """Got from `QuimbiClient.jobs`."""

    def __init__(self, connection: AsyncConnection, forget: Forget) -> None:
        """`forget` makes a cache forget all it remembers: an import may be about anybody."""
        self._connection = connection
        self._forget = forget

    async def start_export(self, format: Format = "csv", where: Mapping[str, Any] | None = None) -> t.Job:
        """Writes every customer whom `where` means (see `export_customers`) into a file."""
        return await self._connection.send(_start_export(format, where))

    async def export_job(self, job_id: str) -> t.Job:
        return await self._connection.send(_export(job_id))

    def export_file(self, job_id: str) -> AsyncIterator[bytes]:
        """The file of an export that has succeeded, in pieces as they come; it is kept for seven days."""
        return self._connection.pieces(_file(job_id), _FILES)

    async def start_import(
        self, source: str, csv: str, strict: bool = False, idempotency_key: str | None = None
    ) -> t.Job:
        """Imports a CSV file of orders, header line first, at most 10 MB. A bad row does not stop the
        others, unless it is `strict`. Sent again under the same key, it starts nothing anew."""
        call = _start_import(source, csv, strict, idempotency_key)
        try:
            return await self._connection.send(call)
        finally:
            self._forget()

    async def import_job(self, job_id: str) -> t.Job:
        """An import as it stands; its `result` is the report, with the rows that were rejected."""
        job = await self._connection.send(_import(job_id))
        if _has_ended(job):
            self._forget()
        return job

    async def start(self, kind: Kind) -> t.Job:
        """`refit` fits the models to today's data, `score` brings everybody's scores up to date; the
        client's `job` tells how far it is."""
        return await self._connection.send(_start(kind))


class Jobs:
    """Got from `QuimbiSyncClient.jobs`."""

    def __init__(self, connection: Connection, forget: Forget) -> None:
        """`forget` makes a cache forget all it remembers: an import may be about anybody."""
        self._connection = connection
        self._forget = forget

    def start_export(self, format: Format = "csv", where: Mapping[str, Any] | None = None) -> t.Job:
        """Writes every customer whom `where` means (see `export_customers`) into a file."""
        return self._connection.send(_start_export(format, where))

    def export_job(self, job_id: str) -> t.Job:
        return self._connection.send(_export(job_id))

    def export_file(self, job_id: str) -> Iterator[bytes]:
        """The file of an export that has succeeded, in pieces as they come; it is kept for seven days."""
        return self._connection.pieces(_file(job_id), _FILES)

    def start_import(
        self, source: str, csv: str, strict: bool = False, idempotency_key: str | None = None
    ) -> t.Job:
        """Imports a CSV file of orders, header line first, at most 10 MB. A bad row does not stop the
        others, unless it is `strict`. Sent again under the same key, it starts nothing anew."""
        call = _start_import(source, csv, strict, idempotency_key)
        try:
            return self._connection.send(call)
        finally:
            self._forget()

    def import_job(self, job_id: str) -> t.Job:
        """An import as it stands; its `result` is the report, with the rows that were rejected."""
        job = self._connection.send(_import(job_id))
        if _has_ended(job):
            self._forget()
        return job

    def start(self, kind: Kind) -> t.Job:
        """`refit` fits the models to today's data, `score` brings everybody's scores up to date; the
        client's `job` tells how far it is."""
        return self._connection.send(_start(kind))


def _has_ended(job: t.Job) -> bool:
    return job["status"] in ("succeeded", "failed")


def _one(job_id: str) -> str:
    return check.segment(check.text("job_id", job_id))


def _start_export(form: Format, where: Mapping[str, Any] | None) -> Call[t.Job]:
    path = f"/api/exports/customers?format={check.one_of('format', ('csv', 'ndjson'), form)}{where_query(where)}"
    return Call("POST", path, repeatable=False, promised=_PROMISED)


def _export(job_id: str) -> Call[t.Job]:
    return Call("GET", f"/api/exports/jobs/{_one(job_id)}", promised=_PROMISED)


def _file(job_id: str) -> Call[Any]:
    return Call("GET", f"/api/exports/jobs/{_one(job_id)}/file", repeatable=False)


def _start_import(source: str, csv: str, strict: bool, idempotency_key: str | None) -> Call[t.Job]:
    body = {
        "source": check.identity("source", source),
        "csv": check.text("csv", csv),
        "strict": check.flag("strict", strict),
    }
    key = check.header_value("idempotency_key", uuid.uuid4().hex if idempotency_key is None else idempotency_key)
    return Call("POST", "/api/imports", body, headers={"Idempotency-Key": key}, promised=_PROMISED)


def _import(job_id: str) -> Call[t.Job]:
    return Call("GET", f"/api/imports/{_one(job_id)}", promised=_PROMISED)


def _start(kind: Kind) -> Call[t.Job]:
    body = {"kind": check.one_of("kind", ("refit", "score"), kind)}
    return Call("POST", "/api/jobs", body, repeatable=False, promised=_PROMISED)
