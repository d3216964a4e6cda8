"""Filters of customers, saved under a name; their ids are `saved_segment` of lists, exports, campaigns."""

from __future__ import annotations

from typing import Any, Dict, Mapping

from . import _arguments as check
from . import types as t
from ._connection import AsyncConnection, Connection
from ._protocol import Call


class AsyncSegments:
    """Got from `QuimbiClient.segments`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._send = connection.send

    async def list(self) -> t.SegmentList:
        return await self._send(_list())

    async def put(self, segment_id: str, name: str, filter: Mapping[str, Any]) -> t.SavedSegment:
        """Saves a filter with the parameters of `list_customers`, in place of what was saved before."""
        return await self._send(_put(segment_id, name, filter))

    async def get(self, segment_id: str) -> t.SavedSegment:
        return await self._send(_get(segment_id))

    async def delete(self, segment_id: str) -> Dict[str, Any]:
        return await self._send(Call("DELETE", _path(segment_id)))


class Segments:
    """Got from `QuimbiSyncClient.segments`."""

    def __init__(self, connection: Connection) -> None:
        self._send = connection.send

    def list(self) -> t.SegmentList:
        return self._send(_list())

    def put(self, segment_id: str, name: str, filter: Mapping[str, Any]) -> t.SavedSegment:
        """Saves a filter with the parameters of `list_customers`, in place of what was saved before."""
        return self._send(_put(segment_id, name, filter))

    def get(self, segment_id: str) -> t.SavedSegment:
        return self._send(_get(segment_id))

    def delete(self, segment_id: str) -> Dict[str, Any]:
        return self._send(Call("DELETE", _path(segment_id)))


def _path(segment_id: str) -> str:
    return "/api/segments/" + check.segment(check.identity("segment_id", segment_id))


def _list() -> Call[t.SegmentList]:
    return Call("GET", "/api/segments", promised=("data",))


def _put(segment_id: str, name: str, where: Mapping[str, Any]) -> Call[t.SavedSegment]:
    body = {"name": check.text("name", name), "filter": check.mapping("filter", where)}
    return Call("PUT", _path(segment_id), body, promised=("segment_id", "filter"))


def _get(segment_id: str) -> Call[t.SavedSegment]:
    return Call("GET", _path(segment_id), promised=("segment_id", "filter"))
