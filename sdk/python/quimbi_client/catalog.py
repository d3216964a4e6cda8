"""What generated messages may state: products, offers, policies, approved wording.

A `put` replaces the whole collection: what is not in the list is gone afterwards. Rows have the
contract's members: `product_id`, `offer_id`, `policy_id` or `snippet_id`, a `title`, and (except for
products) a `text`. A page has at most `limit` entries, from the one after `after`, the last id of the
page before.
"""

from __future__ import annotations

from urllib.parse import quote

from . import _arguments as check
from . import types as t
from ._connection import AsyncConnection, Connection
from ._protocol import Call

_REQUIRED = {
    "products": ("product_id", "title"),
    "offers": ("offer_id", "title", "text"),
    "policies": ("policy_id", "title", "text"),
    "snippets": ("snippet_id", "title", "text"),
}


class AsyncCatalog:
    """Got from `QuimbiClient.catalog`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._send = connection.send

    async def put_products(self, products: t.Rows) -> t.CatalogStored:
        return await self._send(_put("products", products))

    async def products(self, limit: int = 1000, after: str | None = None) -> t.CatalogPage:
        return await self._send(_page("products", limit, after))

    async def put_offers(self, offers: t.Rows) -> t.CatalogStored:
        return await self._send(_put("offers", offers))

    async def offers(self, limit: int = 1000, after: str | None = None) -> t.CatalogPage:
        return await self._send(_page("offers", limit, after))

    async def put_policies(self, policies: t.Rows) -> t.CatalogStored:
        return await self._send(_put("policies", policies))

    async def policies(self, limit: int = 1000, after: str | None = None) -> t.CatalogPage:
        return await self._send(_page("policies", limit, after))

    async def put_snippets(self, snippets: t.Rows) -> t.CatalogStored:
        return await self._send(_put("snippets", snippets))

    async def snippets(self, limit: int = 1000, after: str | None = None) -> t.CatalogPage:
        return await self._send(_page("snippets", limit, after))


class Catalog:
    """Got from `QuimbiSyncClient.catalog`."""

    def __init__(self, connection: Connection) -> None:
        self._send = connection.send

    def put_products(self, products: t.Rows) -> t.CatalogStored:
        return self._send(_put("products", products))

    def products(self, limit: int = 1000, after: str | None = None) -> t.CatalogPage:
        return self._send(_page("products", limit, after))

    def put_offers(self, offers: t.Rows) -> t.CatalogStored:
        return self._send(_put("offers", offers))

    def offers(self, limit: int = 1000, after: str | None = None) -> t.CatalogPage:
        return self._send(_page("offers", limit, after))

    def put_policies(self, policies: t.Rows) -> t.CatalogStored:
        return self._send(_put("policies", policies))

    def policies(self, limit: int = 1000, after: str | None = None) -> t.CatalogPage:
        return self._send(_page("policies", limit, after))

    def put_snippets(self, snippets: t.Rows) -> t.CatalogStored:
        return self._send(_put("snippets", snippets))

    def snippets(self, limit: int = 1000, after: str | None = None) -> t.CatalogPage:
        return self._send(_page("snippets", limit, after))


def _put(what: str, entries: t.Rows) -> Call[t.CatalogStored]:
    for i, entry in enumerate(check.rows(what, entries)):
        for member in _REQUIRED[what]:
            check.text(f"{what}[{i}].{member}", entry.get(member))
    return Call("PUT", f"/api/catalog/{what}", {what: list(entries)}, promised=("stored_count",))


def _page(what: str, limit: int, after: str | None) -> Call[t.CatalogPage]:
    path = f"/api/catalog/{what}?limit={check.integer('limit', 1, 1000, limit)}"
    if after is not None:
        path += "&after=" + quote(check.identity("after", after), safe="")
    return Call("GET", path, promised=(what, "has_more"))
