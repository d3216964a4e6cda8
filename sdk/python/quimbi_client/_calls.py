"""Every endpoint as a value: arguments checked, path and body made. Both colours of client send these."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, Callable, Dict, FrozenSet, Literal, Mapping
from urllib.parse import quote, urlencode

from . import _arguments as check
from . import types as t
from ._protocol import Call, json_object
from .errors import ApiError, BadAnswerError, InvalidArgumentError

OnError = Literal["continue"]
Provider = Literal["none", "anthropic", "openai", "ollama"]
_TENANTS = "/api/admin/tenants"
_BENCHMARK_RATES = "/api/admin/benchmarks/rates"


def analyze(customer_id: str, context: Mapping[str, Any] | None) -> Call[t.CustomerAnalysis]:
    body = {
        "customer_id": check.identity("customer_id", customer_id),
        "context": check.mapping("context", {} if context is None else context),
    }
    promised = ("customer_id", "archetype", "behavioral_metrics", "predictions", "communication_guidance")
    return Call("POST", "/api/intelligence/analyze", body, promised=promised)


def churn(customer_id: str) -> Call[t.ChurnPrediction]:
    body = {"customer_id": check.identity("customer_id", customer_id)}
    promised = ("customer_id", "churn_risk_score", "risk_level", "factors", "recommendations")
    return Call("POST", "/api/intelligence/predict/churn", body, promised=promised)


def ltv(customer_id: str, horizon_months: int) -> Call[t.LtvForecast]:
    body = {
        "customer_id": check.identity("customer_id", customer_id),
        "horizon_months": check.integer("horizon_months", 1, 60, horizon_months),
    }
    promised = ("customer_id", "forecasted_ltv", "confidence_interval", "current_ltv", "incremental_ltv")
    return Call("POST", "/api/intelligence/predict/ltv", body, promised=promised)


def message(customer_profile: Mapping[str, Any], context: Mapping[str, Any]) -> Call[t.GeneratedMessage]:
    promised = ("message", "tone", "channel", "personalization_applied")
    return Call("POST", "/api/generation/message", _message(customer_profile, context), promised=promised)


def message_stream(customer_profile: Mapping[str, Any], context: Mapping[str, Any]) -> Call[Any]:
    return Call("POST", "/api/generation/message/stream", _message(customer_profile, context))


def _message(customer_profile: Mapping[str, Any], context: Mapping[str, Any]) -> Dict[str, Any]:
    return {
        "customer_profile": check.mapping("customer_profile", customer_profile),
        "context": check.mapping("context", context),
    }


def actions(
    customer_profile: Mapping[str, Any], scenario: str, context: Mapping[str, Any] | None
) -> Call[t.RecommendedActions]:
    body = {
        "customer_profile": check.mapping("customer_profile", customer_profile),
        "scenario": check.text("scenario", scenario),
        "context": check.mapping("context", {} if context is None else context),
    }
    return Call("POST", "/api/generation/actions", body, promised=("actions",))


@dataclass(frozen=True)
class Batch:
    """A batch to send, and the customers whom it may change."""

    call: Call[t.Ingestion]
    customer_ids: FrozenSet[str]


def orders(source: str, rows: t.Rows, idempotency_key: str | None, on_error: OnError | None) -> Batch:
    def check_order(at: str, order: t.Row) -> None:
        check.identity(f"{at}.order_id", order.get("order_id"))
        check.instant(f"{at}.order_date", order.get("order_date"))
        check.amount(f"{at}.total_price", order.get("total_price"))

    return _batch("orders", source, rows, idempotency_key, on_error, check_order)


def interactions(source: str, rows: t.Rows, idempotency_key: str | None, on_error: OnError | None) -> Batch:
    def check_interaction(at: str, interaction: t.Row) -> None:
        check.instant(f"{at}.timestamp", interaction.get("timestamp"))

    return _batch("interactions", source, rows, idempotency_key, on_error, check_interaction)


def _batch(
    what: str,
    source: str,
    rows: t.Rows,
    idempotency_key: str | None,
    on_error: OnError | None,
    check_row: Callable[[str, t.Row], None],
) -> Batch:
    check.identity("source", source)
    if not isinstance(rows, (list, tuple)) or not rows:
        raise InvalidArgumentError(what, "must be a list that is not empty")
    if on_error not in (None, "continue"):
        raise InvalidArgumentError("on_error", f"must be 'continue' or None, was {on_error!r}")
    for i, row in enumerate(rows):
        check.mapping(f"{what}[{i}]", row)
        # Row by row, the server is to report the bad ones; here they would stop the good ones.
        if on_error is None:
            check.identity(f"{what}[{i}].customer_id", row.get("customer_id"))
            check_row(f"{what}[{i}]", row)
    key = check.header_value("idempotency_key", uuid.uuid4().hex if idempotency_key is None else idempotency_key)
    call: Call[t.Ingestion] = Call(
        "POST",
        f"/api/data/ingest_{what}" + ("?on_error=continue" if on_error else ""),
        {"source": source, what: list(rows)},
        headers={"Idempotency-Key": key},
        promised=("ingested_count", "status"),
    )
    return Batch(call, frozenset(str(row.get("customer_id")) for row in rows))


def customers(limit: int, cursor: str | None, where: Mapping[str, Any] | None) -> Call[t.CustomerPage]:
    path = f"/api/customers?limit={check.integer('limit', 1, 1000, limit)}"
    if cursor is not None:
        path += "&cursor=" + quote(check.text("cursor", cursor), safe="")
    return Call("GET", path + where_query(where), promised=("data", "has_more"))


def export(form: Literal["csv", "ndjson"], where: Mapping[str, Any] | None) -> Call[Any]:
    return Call("GET", f"/api/exports/customers?format={form}{where_query(where)}", repeatable=False)


def where_query(where: Mapping[str, Any] | None) -> str:
    """Further parameters of a query."""
    return "&" + urlencode(check.mapping("where", where), quote_via=quote) if where else ""


def customer(customer_id: str) -> Call[Dict[str, Any]]:
    return Call("GET", "/api/customers/" + check.segment(check.identity("customer_id", customer_id)))


def benchmarks(industry: str) -> Call[t.IndustryBenchmark]:
    promised = ("industry", "based_on_companies", "avg_ltv", "avg_churn", "ltv_percentiles", "churn_percentiles")
    path = "/api/insights/benchmarks/" + check.segment(check.text("industry", industry))
    return Call("GET", path, promised=promised)


def my_position() -> Call[t.Position]:
    promised = ("my_metrics", "industry_benchmarks", "comparison")
    return Call("GET", "/api/insights/my-position", promised=promised)


def status() -> Call[t.ServerStatus]:
    return Call("GET", "/status.json", promised=("status", "components", "versions"))


def plan_stream(question: str, selected_customer_id: str | None) -> Call[Any]:
    path = "/api/copilot/stream?message=" + quote(check.text("message", question), safe="")
    if selected_customer_id is not None:
        about = check.identity("selected_customer_id", selected_customer_id)
        path += "&selectedCustomerId=" + quote(about, safe="")
    return Call("GET", path)


def plan(question: str, selected_customer_id: str | None) -> Call[Dict[str, Any]]:
    body = {"message": check.text("message", question)}
    if selected_customer_id is not None:
        body["selectedCustomerId"] = check.identity("selected_customer_id", selected_customer_id)
    return Call("POST", "/api/copilot/plan", body, promised=("summary",))


def plan_token() -> Call[Dict[str, Any]]:
    return Call("POST", "/api/copilot/token", {}, promised=("token", "expiresIn"))


def tenant_job(job_id: str) -> Call[Dict[str, Any]]:
    path = "/api/jobs/" + check.segment(check.text("job_id", job_id))
    return Call("GET", path, promised=("status",))


def anything(method: str, path: str, body: Any) -> Call[Dict[str, Any]]:
    if not path.startswith("/"):
        raise InvalidArgumentError("path", f"must begin with a slash, was {path}")
    return Call(method, path, body, repeatable=method == "GET")


def tenant_path(tenant_id: str, below: str = "") -> str:
    return f"{_TENANTS}/{check.segment(check.text('tenant_id', tenant_id))}{below}"


def create_tenant(
    tenant_id: str, name: str, industry: str | None, time_zone: str | None, currency: str | None
) -> Call[Dict[str, Any]]:
    body: Dict[str, Any] = {
        "tenant_id": check.text("tenant_id", tenant_id),
        "name": check.text("name", name),
    }
    optional = {"industry": industry, "time_zone": time_zone, "currency": currency}
    body.update({k: v for k, v in optional.items() if v is not None})
    return Call("POST", _TENANTS, body, repeatable=False)


def tenants() -> Call[Dict[str, Any]]:
    return Call("GET", _TENANTS)


def create_key(
    tenant_id: str,
    scopes: Any,
    mode: str,
    limits: Mapping[str, int] | None,
    expires_at: t.Instant | None,
) -> Call[t.IssuedKey]:
    path = tenant_path(tenant_id, "/keys")
    body: Dict[str, Any] = {"scopes": check.words("scopes", scopes), "mode": check.one_of("mode", ("live", "test"), mode)}
    if limits is not None:
        body["limits"] = dict(check.mapping("limits", limits))
    if expires_at is not None:
        check.instant("expires_at", expires_at)
        body["expires_at"] = expires_at
    return Call("POST", path, body, repeatable=False, promised=("key", "key_id"))


def tenant_refit(tenant_id: str) -> Call[t.Job]:
    path = tenant_path(tenant_id, "/refit?async=true")
    return Call("POST", path, {}, repeatable=False, promised=("job_id", "status"))


def admin_job(tenant_id: str, job_id: str) -> Call[t.Job]:
    path = tenant_path(tenant_id, "/jobs/" + check.segment(check.text("job_id", job_id)))
    return Call("GET", path, promised=("job_id", "status"))


def tenant_contribution(tenant_id: str) -> Call[t.Contribution]:
    return Call("GET", tenant_path(tenant_id, "/contribution"), promised=("opted_in", "status"))


def owner(tenant_id: str, owner_group: str, approved: bool, industry: str | None) -> Call[t.Contribution]:
    body: Dict[str, Any] = {
        "owner_group": check.text("owner_group", owner_group),
        "approved": check.flag("approved", approved),
    }
    if industry is not None:
        body["industry"] = check.text("industry", industry)
    return Call("PUT", tenant_path(tenant_id, "/contribution"), body, promised=("opted_in", "status"))


def set_rates(tenant_id: str, rates: t.Rows) -> Call[Dict[str, Any]]:
    path = tenant_path(tenant_id, "/rates")
    for i, rate in enumerate(check.rows("rates", rates)):
        check.positive(f"rates[{i}].rate", rate.get("rate"))
    return Call("PUT", path, {"rates": list(rates)})


def benchmark_rates(rates: Mapping[str, t.Amount] | None) -> Call[t.BenchmarkRates]:
    if rates is None:
        return Call("GET", _BENCHMARK_RATES, promised=("currency", "rates"))
    for currency, rate in check.mapping("rates", rates).items():
        check.positive(f"rates.{currency}", rate)
    return Call("PUT", _BENCHMARK_RATES, {"rates": dict(rates)}, promised=("currency", "rates"))


def provider(name: Provider) -> str:
    return check.one_of("provider", ("none", "anthropic", "openai", "ollama"), name)


def language_model(
    method: str, tenant_id: str, wanted: Mapping[str, Any] | None
) -> Call[t.LanguageModelSetting]:
    body = None if wanted is None else {k: v for k, v in wanted.items() if v is not None}
    path = tenant_path(tenant_id, "/language_model")
    return Call(method, path, body, promised=("provider", "set_by"))


def revoke_key(key_id: str) -> Call[Dict[str, Any]]:
    return Call("DELETE", "/api/admin/keys/" + check.segment(check.text("key_id", key_id)))


def tools() -> Call[Dict[str, Any]]:
    return Call("GET", "/tools", promised=("tools",))


def tool(name: str, customer_id: str, params: Mapping[str, Any] | None) -> Call[Dict[str, Any]]:
    path = "/tool/" + check.segment(check.text("tool", name))
    return Call("POST", path, _envelope(customer_id, params), promised=("ok",), read=_data)


def start_tool(name: str, customer_id: str, params: Mapping[str, Any] | None) -> Call[t.StartedJob]:
    body = {"tool": check.text("tool", name), **_envelope(customer_id, params)}
    return Call("POST", "/tool/start", body, repeatable=False, promised=("jobId", "status"))


def job(job_id: str) -> Call[Dict[str, Any]]:
    path = "/tool/status/" + check.segment(check.text("job_id", job_id))
    return Call("GET", path, promised=("status",))


def _envelope(customer_id: str, params: Mapping[str, Any] | None) -> Dict[str, Any]:
    return {
        "customerId": check.identity("customer_id", customer_id),
        "params": check.mapping("params", {} if params is None else params),
    }


def _data(envelope: Dict[str, Any]) -> Dict[str, Any]:
    data = json_object(envelope.get("data"))
    error = json_object(envelope.get("error"))
    if envelope["ok"] is True and data is not None:
        return data
    if envelope["ok"] is False and error is not None:
        raise ApiError(200, str(error.get("code")), str(error.get("message", "")))
    raise BadAnswerError(200, "the answer is not a tool's envelope")
