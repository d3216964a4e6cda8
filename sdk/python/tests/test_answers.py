"""Every method: what it sends, and what it makes of the document's own example answer."""

from __future__ import annotations

import datetime as dt
import json
import unittest
from decimal import Decimal
from typing import Any, Dict, cast
from urllib.parse import unquote

from quimbi_client import InvalidArgumentError, QuimbiAdmin, QuimbiClient, QuimbiSyncClient
from quimbi_client.accounts import Accounts, AsyncAccounts
from quimbi_client.behaviour import AsyncBehaviour, Behaviour
from quimbi_client.catalog import AsyncCatalog, Catalog
from quimbi_client.generation import AsyncGeneration, Generation
from quimbi_client.insights import AsyncInsights, Insights
from quimbi_client.segments import AsyncSegments, Segments

from . import examples
from .colours import BothColours, load
from .faulty_server import FaultyServer


class Answers(BothColours):
    def assert_sent(self, method: str, target: str, body: Any = None) -> None:
        sent = self.server.requests[-1]
        self.assertEqual(f"{sent.method} {sent.target}", f"{method} {target}")
        self.assertEqual(json.loads(sent.body) if sent.body else None, body)

    def test_an_analysis_is_asked_for_with_an_empty_context_and_comes_back_whole(self) -> None:
        self.server.answers(200, examples.ANALYSIS)
        answer = self.client(api_key="test_key_12345").analyze_customer("cust_12345")
        self.assertEqual(answer, json.loads(examples.ANALYSIS))
        self.assert_sent("POST", "/api/intelligence/analyze", {"customer_id": "cust_12345", "context": {}})
        self.assertEqual(self.server.requests[0].headers["x-api-key"], "test_key_12345")

    def test_predictions_name_the_customer_and_the_horizon(self) -> None:
        self.server.answers(200, examples.CHURN).answers(200, examples.LTV)
        quimbi = self.client()
        self.assertEqual(quimbi.predict_churn("cust_12345")["factors"][0]["value"], 45)
        self.assert_sent("POST", "/api/intelligence/predict/churn", {"customer_id": "cust_12345"})
        self.assertEqual(quimbi.predict_ltv("cust_12345", 24)["confidence_interval"]["lower"], 380)
        body = {"customer_id": "cust_12345", "horizon_months": 24}
        self.assert_sent("POST", "/api/intelligence/predict/ltv", body)

    def test_generation_sends_profile_and_context_as_they_are(self) -> None:
        self.server.answers(200, examples.MESSAGE).answers(200, examples.ACTIONS)
        quimbi, profile = self.client(), json.loads(examples.ANALYSIS)
        quimbi.generate_message(customer_profile=profile, context={"goal": "win_back"})
        self.assert_sent(
            "POST", "/api/generation/message", {"customer_profile": profile, "context": {"goal": "win_back"}}
        )
        answer = quimbi.recommend_actions(profile, "support_ticket", {"ticket": {}})
        self.assertEqual(answer["actions"][0]["estimated_impact"]["revenue_at_risk"], 780)
        body: Dict[str, Any] = {"customer_profile": profile, "scenario": "support_ticket", "context": {"ticket": {}}}
        self.assert_sent("POST", "/api/generation/actions", body)

    def test_decimals_and_datetimes_travel_as_the_wire_has_them(self) -> None:
        self.server.answers(200, examples.INGESTED)
        date = dt.datetime(2024, 3, 15, 14, 30, tzinfo=dt.timezone.utc)
        order = {**examples.ORDER, "order_date": date, "total_price": Decimal("125.49")}
        self.client().ingest_orders("shopify", [order], idempotency_key="batch-1")
        self.assertIn('"total_price":125.49', self.server.requests[0].body)
        self.assertIn('"order_date":"2024-03-15T14:30:00+00:00"', self.server.requests[0].body)
        self.assertEqual(self.server.requests[0].headers["idempotency-key"], "batch-1")

    def test_interactions_can_be_sent_row_by_row(self) -> None:
        self.server.answers(200, examples.INGESTED)
        row = {"customer_id": "c", "interaction_type": "support_ticket", "timestamp": "yesterday"}
        self.client().ingest_interactions("support_app", [row], on_error="continue")
        body = {"source": "support_app", "interactions": [row]}
        self.assert_sent("POST", "/api/data/ingest_interactions?on_error=continue", body)

    def test_insights_and_lists_are_plain_reads(self) -> None:
        self.server.answers(200, examples.BENCHMARK).answers(200, examples.POSITION)
        self.server.answers(200, '{"data":[{"customer_id":"a"}],"has_more":true,"next_cursor":"b="}')
        self.server.answers(200, '{"data":[],"has_more":false,"next_cursor":null}')
        quimbi = self.client()
        self.assertEqual(quimbi.benchmarks("retail")["ltv_percentiles"]["p50"], 420)
        self.assertEqual(quimbi.my_position()["comparison"]["ltv_percentile"], "top_50%")
        first = quimbi.list_customers(1)
        quimbi.list_customers(1, first["next_cursor"])
        self.assertEqual(
            [request.target for request in self.server.requests],
            [
                "/api/insights/benchmarks/retail",
                "/api/insights/my-position",
                "/api/customers?limit=1",
                "/api/customers?limit=1&cursor=b%3D",
            ],
        )

    def test_opaque_ids_survive_a_path(self) -> None:
        ids = ["a/b", "..", ".", "50%", "🧵", "a b+c", "export", "%2e%2e"]
        quimbi = self.client()
        for customer_id in ids:
            self.server.answers(200, '{"customer_id":"x"}')
            quimbi.customer(customer_id)
        targets = [request.target for request in self.server.requests]
        self.assertEqual([unquote(target[len("/api/customers/") :]) for target in targets], ids)
        self.assertEqual(targets[1], "/api/customers/%2E%2E")

    def test_accounts_usage_tickets_and_health(self) -> None:
        for _ in range(4):
            self.server.answers(200, "{}")
        accounts = self.client().accounts
        accounts.put("acme/001", "Acme Corp", arr=Decimal(250_000))
        self.assert_sent("PUT", "/api/accounts/acme%2F001", {"name": "Acme Corp", "arr": 250_000})
        day = {"date": dt.date(2026, 1, 1), "active_users": 7}
        accounts.put_usage("acme-001", [day])
        days = {"days": [{"date": "2026-01-01", "active_users": 7}]}
        self.assert_sent("POST", "/api/accounts/acme-001/usage", days)
        weights = {"usage": 0.5, "tickets": 0.3, "renewal": 0.2}
        accounts.put_health_config(weights, preview=True)
        self.assert_sent("PUT", "/api/copilot/health-config?preview=true", {"weights": weights})
        accounts.delete("acme-001")
        self.assert_sent("DELETE", "/api/accounts/acme-001")
        with self.assertRaises(InvalidArgumentError):
            accounts.put_usage("acme-001", [])

    def test_customers_beside_each_other_over_time_and_by_a_filter(self) -> None:
        for _ in range(4):
            self.server.answers(200, "{}")
        self.server.answers(200, '{"data":[],"has_more":false}')
        quimbi = self.client()
        quimbi.behaviour.analyze_batch(["a", "b"])
        self.assert_sent("POST", "/api/intelligence/analyze/batch", {"customer_ids": ["a", "b"]})
        quimbi.behaviour.campaign("win_back", 5)
        self.assert_sent("POST", "/api/intelligence/campaigns/recommend", {"goal": "win_back", "limit": 5})
        quimbi.behaviour.similar("a/b", 3)
        self.assert_sent("GET", "/api/customers/a%2Fb/similar?limit=3")
        quimbi.behaviour.history("a", "churn", since=dt.date(2026, 1, 1))
        self.assert_sent("GET", "/api/customers/a/history?metric=churn&from=2026-01-01")
        quimbi.list_customers(5, where={"segment.purchase_value": "whale,premium", "sort": "-ltv_12mo"})
        target = "/api/customers?limit=5&segment.purchase_value=whale%2Cpremium&sort=-ltv_12mo"
        self.assert_sent("GET", target)
        with self.assertRaises(InvalidArgumentError):
            quimbi.behaviour.analyze_batch(["a", ""])

    def test_archetypes_migrate(self) -> None:
        self.server.answers(200, '{"data":[{"from":"a","to":"b","customers":2}],"arrived":3,"left":1}')
        moved = self.client().behaviour.migration("L1", since=dt.date(2026, 1, 1))
        self.assertEqual((moved["data"][0]["customers"], moved["arrived"]), (2, 3))
        self.assert_sent("GET", "/api/intelligence/archetypes/migration?level=L1&from=2026-01-01")

    def test_the_catalogue_is_put_and_paged(self) -> None:
        catalog = self.client().catalog
        rows: Dict[str, Dict[str, Any]] = {
            "products": {"product_id": "p/1", "title": "Batting", "price": Decimal("24.90")},
            "offers": {"offer_id": "o", "title": "Spring", "text": "15% off."},
            "policies": {"policy_id": "r", "title": "Returns", "text": "30 days."},
            "snippets": {"snippet_id": "s", "title": "Hello", "text": "Hi!"},
        }
        for what, row in rows.items():
            self.server.answers(200, '{"status":"success","stored_count":1}')
            self.assertEqual(getattr(catalog, "put_" + what)([row])["stored_count"], 1)
            sent = {k: float(v) if isinstance(v, Decimal) else v for k, v in row.items()}
            self.assert_sent("PUT", f"/api/catalog/{what}", {what: [sent]})
            self.server.answers(200, f'{{"has_more":false,"{what}":[]}}')
            self.assertEqual(getattr(catalog, what)(1, "p/0")[what], [])
            self.assert_sent("GET", f"/api/catalog/{what}?limit=1&after=p%2F0")

    def test_what_became_of_messages_and_actions_is_told(self) -> None:
        generation = self.client().generation
        self.server.answers(200, '{"message_id":"m1","verdict":"edited","edit_distance":7}')
        self.assertEqual(generation.message_feedback("m1", "edited", "Hi")["edit_distance"], 7)
        body = {"message_id": "m1", "verdict": "edited", "final_text": "Hi"}
        self.assert_sent("POST", "/api/generation/feedback", body)
        self.server.answers(200, '{"id":"a/1","effect":{"play":"refund","succeeded":3}}')
        self.assertEqual(generation.action_outcome("a/1", "accepted", "success")["effect"]["succeeded"], 3)
        body = {"decision": "accepted", "result": "success"}
        self.assert_sent("POST", "/api/generation/actions/a%2F1/outcome", body)
        self.server.answers(200, '{"goals":[{"goal":"upsell","generated":9}]}')
        self.assertEqual(generation.insights()["goals"][0]["generated"], 9)

    def test_a_playbook_is_read_and_extended(self) -> None:
        generation = self.client().generation
        for version in ("v1", "v2"):
            self.server.answers(200, f'{{"version":"{version}","thresholds":{{"vip":500}},"plays":[]}}')
        self.assertEqual(generation.playbook()["thresholds"]["vip"], 500)
        play = {"id": "call", "scenario": "retention_risk", "action": "Call", "reasoning": "High risk"}
        self.assertEqual(generation.put_playbook([play], {"vip": 500})["version"], "v2")
        self.assert_sent("PUT", "/api/generation/playbook", {"plays": [play], "thresholds": {"vip": 500}})

    def test_a_plan_and_a_job(self) -> None:
        self.server.answers(200, '{"summary":"Fine."}').answers(200, '{"status":"running"}')
        quimbi = self.client()
        self.assertEqual(quimbi.plan("How is Acme?", "acme-001")["summary"], "Fine.")
        body = {"message": "How is Acme?", "selectedCustomerId": "acme-001"}
        self.assert_sent("POST", "/api/copilot/plan", body)
        quimbi.job("J/1")
        self.assert_sent("GET", "/api/jobs/J%2F1")

    def test_the_cache_asks_once_and_again_after_data_was_sent_or_a_context_was_given(self) -> None:
        for body in (examples.ANALYSIS, examples.ANALYSIS, examples.INGESTED, examples.ANALYSIS):
            self.server.answers(200, body)
        quimbi = self.client(cache=True)
        quimbi.analyze_customer("cust_12345")["archetype"]["level"] = "changed by the caller"
        self.assertEqual(quimbi.analyze_customer("cust_12345")["archetype"]["level"], "L2")
        self.assertEqual(len(self.server.requests), 1)
        quimbi.analyze_customer("cust_12345", {"orders": []})
        self.assertEqual(len(self.server.requests), 2)
        quimbi.ingest_orders("shopify", [examples.ORDER])
        quimbi.analyze_customer("cust_12345")
        self.assertEqual(len(self.server.requests), 4)


class Administration(unittest.TestCase):
    def test_the_administrators_paths(self) -> None:
        server = FaultyServer()
        self.addCleanup(server.close)
        server.answers(200, "{}").answers(200, '{"key":"k","key_id":"i"}').answers(200, "{}").answers(200, "{}")
        admin = QuimbiAdmin(server.url, "demo_admin_key")
        self.addCleanup(admin.close)
        admin.create_tenant("acme", "Acme", currency="USD")
        self.assertEqual(admin.create_key("acme", ["data:write"])["key_id"], "i")
        admin.revoke_key("i")
        admin.refit("acme")
        self.assertEqual(
            [f"{r.method} {r.target} {r.body}" for r in server.requests],
            [
                'POST /api/admin/tenants {"tenant_id":"acme","name":"Acme","currency":"USD"}',
                'POST /api/admin/tenants/acme/keys {"scopes":["data:write"],"mode":"live"}',
                "DELETE /api/admin/keys/i ",
                "POST /api/admin/tenants/acme/refit {}",
            ],
        )


    def test_a_tenants_language_model(self) -> None:
        server = FaultyServer()
        self.addCleanup(server.close)
        setting = '{"provider":"openai","set_by":"tenant"}'
        server.answers(200, setting).answers(200, setting).answers(200, setting)
        admin = QuimbiAdmin(server.url, "demo_admin_key")
        self.addCleanup(admin.close)
        admin.set_language_model("acme", "openai", model="m", api_key="k")
        self.assertEqual(admin.language_model("acme")["set_by"], "tenant")
        admin.delete_language_model("acme")
        path = "/api/admin/tenants/acme/language_model"
        self.assertEqual(
            [f"{r.method} {r.target} {r.body}" for r in server.requests],
            [f'PUT {path} {{"provider":"openai","model":"m","api_key":"k"}}', f"GET {path} ", f"DELETE {path} "],
        )
        with self.assertRaises(InvalidArgumentError):
            admin.set_language_model("acme", cast(Any, "acme"))


class Colours(unittest.TestCase):
    def test_both_colours_have_the_same_methods(self) -> None:
        def methods(kind: type) -> set[str]:
            return {name for name in dir(kind) if not name.startswith("_")} - {"close", "aclose"}

        for asynchronous, blocking in (
            (QuimbiClient, QuimbiSyncClient),
            (AsyncAccounts, Accounts),
            (AsyncBehaviour, Behaviour),
            (AsyncCatalog, Catalog),
            (AsyncGeneration, Generation),
            (AsyncInsights, Insights),
            (AsyncSegments, Segments),
        ):
            self.assertEqual(methods(asynchronous), methods(blocking))


def load_tests(loader: unittest.TestLoader, tests: unittest.TestSuite, pattern: str) -> unittest.TestSuite:
    suite = load(loader, Answers)
    suite.addTests(loader.loadTestsFromTestCase(Administration))
    suite.addTests(loader.loadTestsFromTestCase(Colours))
    return suite
