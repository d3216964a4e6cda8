"""The administrator's side: tenants, their keys, exchange rates and models. Blocking: it is scripts
that administer.

What creates something is sent once, never repeated by the client after a failure that may have left
it done.
"""

from __future__ import annotations

from typing import Any, Dict, Iterable, Mapping

import httpx

from . import _arguments as check
from . import _calls as calls
from . import types as t
from ._connection import Connection
from ._protocol import Call, Settings, api_key as key_credentials


class QuimbiAdmin:
    def __init__(
        self,
        base_url: str,
        api_key: str | None,
        timeout: float = 30.0,
        retries: int = 2,
        backoff: float = 1.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        settings = Settings.of(base_url, key_credentials(api_key), timeout, retries, backoff)
        self._connection = Connection(settings, transport)

    def create_tenant(
        self,
        tenant_id: str,
        name: str,
        industry: str | None = None,
        time_zone: str | None = None,
        currency: str | None = None,
    ) -> Dict[str, Any]:
        """A new tenant. `time_zone` is an IANA name, `currency` an ISO 4217 code."""
        return self._connection.send(calls.create_tenant(tenant_id, name, industry, time_zone, currency))

    def tenants(self) -> Dict[str, Any]:
        return self._connection.send(calls.tenants())

    def tenant(self, tenant_id: str) -> Dict[str, Any]:
        return self._connection.send(Call("GET", calls.tenant_path(tenant_id)))

    def delete_tenant(self, tenant_id: str) -> Dict[str, Any]:
        return self._connection.send(Call("DELETE", calls.tenant_path(tenant_id)))

    def create_key(
        self,
        tenant_id: str,
        scopes: Iterable[str],
        mode: str = "live",
        limits: Mapping[str, int] | None = None,
        expires_at: t.Instant | None = None,
    ) -> t.IssuedKey:
        return self._connection.send(calls.create_key(tenant_id, scopes, mode, limits, expires_at))

    def keys(self, tenant_id: str) -> Dict[str, Any]:
        """The tenant's keys without their secrets."""
        return self._connection.send(Call("GET", calls.tenant_path(tenant_id, "/keys")))

    def revoke_key(self, key_id: str) -> Dict[str, Any]:
        return self._connection.send(calls.revoke_key(key_id))

    def rates(self, tenant_id: str) -> Dict[str, Any]:
        return self._connection.send(Call("GET", calls.tenant_path(tenant_id, "/rates")))

    def set_rates(self, tenant_id: str, rates: t.Rows) -> Dict[str, Any]:
        """Rows of `currency`, `day`, `rate`; one for the same currency and day replaces the earlier."""
        return self._connection.send(calls.set_rates(tenant_id, rates))

    def refit(self, tenant_id: str) -> Dict[str, Any]:
        """Fits the tenant's model anew."""
        return self._connection.send(Call("POST", calls.tenant_path(tenant_id, "/refit"), {}, repeatable=False))

    def start_refit(self, tenant_id: str) -> t.Job:
        """The same as a job, beside the requests; `tenant_job` tells how far it is."""
        return self._connection.send(calls.tenant_refit(tenant_id))

    def tenant_job(self, tenant_id: str, job_id: str) -> t.Job:
        return self._connection.send(calls.admin_job(tenant_id, job_id))

    def tenant_contribution(self, tenant_id: str) -> t.Contribution:
        """A tenant's part in the benchmarks of its industry."""
        return self._connection.send(calls.tenant_contribution(tenant_id))

    def set_tenant_contribution(
        self, tenant_id: str, owner_group: str, approved: bool, industry: str | None = None
    ) -> t.Contribution:
        """Says which legal owner a tenant has, and whether it was looked into: companies of one owner
        have one vote together. `industry` changes what the tenant is compared with."""
        return self._connection.send(calls.owner(tenant_id, owner_group, approved, industry))

    def benchmark_rates(self) -> t.BenchmarkRates:
        """What one unit of each currency is worth in the one that benchmarks are told in."""
        return self._connection.send(calls.benchmark_rates(None))

    def set_benchmark_rates(self, rates: Mapping[str, t.Amount]) -> t.BenchmarkRates:
        """Sets rates by currency, from the next contributions on; those of other currencies stay."""
        return self._connection.send(calls.benchmark_rates(check.mapping("rates", rates)))

    def language_model(self, tenant_id: str) -> t.LanguageModelSetting:
        return self._connection.send(calls.language_model("GET", tenant_id, None))

    def set_language_model(
        self,
        tenant_id: str,
        provider: calls.Provider,
        model: str | None = None,
        base_url: str | None = None,
        api_key: str | None = None,
        input_price: t.Amount | None = None,
        output_price: t.Amount | None = None,
    ) -> t.LanguageModelSetting:
        """Which language model phrases the tenant's messages. Prices are money for a million tokens."""
        wanted = {
            "provider": calls.provider(provider),
            "model": model,
            "base_url": base_url,
            "api_key": api_key,
            "input_price": input_price,
            "output_price": output_price,
        }
        return self._connection.send(calls.language_model("PUT", tenant_id, wanted))

    def delete_language_model(self, tenant_id: str) -> t.LanguageModelSetting:
        """Goes back to the server's own language model."""
        return self._connection.send(calls.language_model("DELETE", tenant_id, None))

    def request(self, method: str, path: str, body: Any = None) -> Dict[str, Any]:
        """Any endpoint of the administrator's."""
        return self._connection.send(calls.anything(method, path, body))

    def close(self) -> None:
        self._connection.http.close()
