"""Every operation of the contract against a real server, through its method, in both colours.

The server's own test sets QUIMBI_TEST_URL, QUIMBI_TEST_KEY (all scopes), QUIMBI_TEST_ADMIN_KEY,
QUIMBI_TEST_INDUSTRY (one with a benchmark, which the key's company joined), QUIMBI_TEST_CLIENT and
QUIMBI_TEST_SECRET (with the account acme-001), and looks afterwards which operations were answered.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import time
import unittest
import uuid
from typing import Any, Callable, Dict, List

from quimbi_client import QuimbiAdmin, QuimbiClient, QuimbiSyncClient

from .colours import BothColours, load

URL = os.environ.get("QUIMBI_TEST_URL", "")
KEY = os.environ.get("QUIMBI_TEST_KEY", "")
ADMIN = os.environ.get("QUIMBI_TEST_ADMIN_KEY", "")
INDUSTRY = os.environ.get("QUIMBI_TEST_INDUSTRY", "")
UNSET = "QUIMBI_TEST_ADMIN_KEY and its like are not set: no live server to test against"
TODAY = dt.datetime.now(dt.timezone.utc)


def ago(days: int) -> dt.date:
    return (TODAY - dt.timedelta(days=days)).date()


def awaited(ask: Callable[[], Any]) -> Dict[str, Any]:
    for _ in range(600):
        job: Dict[str, Any] = ask()
        if job["status"] == "succeeded":
            return job
        if job["status"] == "failed":
            raise AssertionError(job)
        time.sleep(0.1)
    raise AssertionError("the job did not end within a minute")


@unittest.skipUnless(ADMIN, UNSET)
class LiveContract(BothColours):
    def live(self, **more: Any) -> Any:
        settings: Dict[str, Any] = {"base_url": URL, "api_key": KEY, **more}
        return self._of_colour(QuimbiSyncClient, QuimbiClient, settings)

    def setUp(self) -> None:
        super().setUp()
        self.unique = f"py-{uuid.uuid4().hex[:12]}"

    def test_customers_beside_each_other_and_over_time(self) -> None:
        quimbi, one = self.live(), f"{self.unique}-1"
        orders: List[Dict[str, Any]] = [
            {
                "customer_id": f"{self.unique}-{i % 6}",
                "order_id": f"{self.unique}-{i}",
                "order_date": TODAY - dt.timedelta(days=200 - 30 * (i // 6)),
                "total_price": 20.5 + i,
            }
            for i in range(24)
        ]
        self.assertEqual(quimbi.ingest_orders("sdk-test", orders)["ingested_count"], 24)
        told = {"customer_id": one, "interaction_type": "support_ticket", "timestamp": TODAY, "channel": "email"}
        self.assertEqual(quimbi.ingest_interactions("sdk-test", [told])["ingested_count"], 1)
        self.assertEqual(quimbi.customer(one)["customer_id"], one)
        self.assertEqual(len(quimbi.list_customers(3)["data"]), 3)
        self.assertIn(one, [row["customer_id"] for row in quimbi.export_customers()])
        self.assertEqual(quimbi.predict_churn(one)["customer_id"], one)
        self.assertEqual(quimbi.predict_ltv(one)["horizon_months"], 12)
        behaviour = quimbi.behaviour
        self.assertTrue(behaviour.analyze_batch([one, f"{self.unique}-2"]))
        self.assertTrue(behaviour.archetypes("L1"))
        self.assertEqual(behaviour.migration("L1", ago(9), ago(0))["level"], "L1")
        self.assertTrue(behaviour.segment_stats())
        self.assertTrue(behaviour.quality())
        self.assertTrue(behaviour.similar(one, 2))
        self.assertTrue(behaviour.history(one, "churn", ago(9), ago(0)))
        self.assertTrue(behaviour.campaign("win_back", 3))

    def test_an_export_an_import_and_scoring_as_jobs(self) -> None:
        quimbi = self.live(cache=True)
        quimbi.ingest_orders(
            "sdk-test",
            [{"customer_id": self.unique, "order_id": self.unique, "order_date": TODAY, "total_price": 1}],
        )
        jobs = quimbi.jobs
        wanted = jobs.start_export("ndjson", {"sort": "-ltv_12mo"})["job_id"]
        self.assertEqual(awaited(lambda: jobs.export_job(wanted))["result"]["format"], "ndjson")
        file = b"".join(jobs.export_file(wanted)).decode()
        self.assertIn(self.unique, [json.loads(line)["customer_id"] for line in file.splitlines()])

        customer = f"{self.unique}-csv"

        def rows(amount: str) -> str:
            head = "customer_id,date,amount,order_id\n"
            return f"{head}{customer},2026-01-05,{amount},{customer}-{amount}\nx,never,1,2\n"

        first = jobs.start_import("sdk-test", rows("19.90"), idempotency_key=self.unique)["job_id"]
        again = jobs.start_import("sdk-test", rows("19.90"), idempotency_key=self.unique)["job_id"]
        self.assertEqual(again, first)
        self.assertEqual(awaited(lambda: jobs.import_job(first))["result"]["rejected_rows"], 1)
        self.assertEqual(quimbi.analyze_customer(customer)["behavioral_metrics"]["lifetime_value"], 19.9)
        more = jobs.start_import("sdk-test", rows("5.10"))["job_id"]
        awaited(lambda: jobs.import_job(more))
        metrics = quimbi.analyze_customer(customer)["behavioral_metrics"]
        self.assertEqual(metrics["lifetime_value"], 25, "a cache that forgot nothing")

        self.assertEqual(quimbi.job(jobs.start("score")["job_id"])["kind"], "score")

    def test_the_own_company_and_beside_others(self) -> None:
        quimbi = self.live()
        quimbi.ingest_orders(
            "sdk-test",
            [{"customer_id": self.unique, "order_id": self.unique, "order_date": TODAY, "total_price": 1}],
        )
        quimbi.insights.put_contribution(True)
        self.assertEqual(quimbi.insights.overview(90)["period"]["days"], 90)
        entries = quimbi.insights.benchmark_ledger(INDUSTRY)["entries"]
        self.assertIn("released", [entry["outcome"] for entry in entries])
        self.assertEqual(quimbi.benchmarks(INDUSTRY)["industry"], INDUSTRY)
        self.assertGreater(quimbi.my_position()["my_metrics"]["ltv"], 0)
        self.assertTrue(quimbi.insights.contribution()["opted_in"])
        self.assertFalse(quimbi.insights.put_contribution(False)["opted_in"])

    def test_accounts_and_their_health(self) -> None:
        accounts, one = self.live().accounts, self.unique
        accounts.put(one, "Nine", renewal_date="2030-01-01", arr=10)
        usage = [{"date": ago(1), "active_users": 7}, {"date": ago(2), "active_users": 9}]
        accounts.put_usage(one, usage)
        opened = TODAY - dt.timedelta(days=3)
        accounts.put_tickets(one, [{"id": "T-1", "severity": "low", "status": "open", "opened_at": opened}])
        self.assertEqual(accounts.get(one)["name"], "Nine")
        self.assertEqual(accounts.health(one)["customer_id"], one)
        self.assertEqual(accounts.health(one, ago(9), ago(0))["from"], str(ago(9)))
        self.assertEqual(accounts.health_backtest(60)["horizon_days"], 60)
        accounts.put_health_config({"usage": 0.5, "tickets": 0.25, "renewal": 0.25}, preview=True)
        self.assertIn("weights", accounts.health_config())
        accounts.delete(one)

    def test_the_copilots_tools_and_plans_and_a_message_as_it_is_written(self) -> None:
        signer = {"client": os.environ["QUIMBI_TEST_CLIENT"], "secret": os.environ["QUIMBI_TEST_SECRET"]}
        for signature in (1, 2):
            tools = self.tools(base_url=URL, signature=signature, **signer)
            self.assertEqual(len(tools.tools()["tools"]), 6)
            self.assertIn("score", tools.health("acme-001"))
            job = tools.start("calculate_health", "acme-001")
            self.assertIn("status", tools.status(job["jobId"]))
            self.assertTrue(tools.plan_token()["token"])
        quimbi = self.live()
        self.assertTrue(quimbi.plan("How is Acme?", "acme-001")["summary"])
        self.assertEqual(list(quimbi.stream_plan("How is Acme?", "acme-001"))[-1]["event"], "final")
        self.assertTrue(list(quimbi.stream_message({}, {"goal": "upsell"})))


@unittest.skipUnless(ADMIN, UNSET)
class LiveAdministration(unittest.TestCase):
    def test_the_administrator(self) -> None:
        unique = f"py-{uuid.uuid4().hex[:12]}"
        admin = QuimbiAdmin(URL, ADMIN)
        self.addCleanup(admin.close)
        admin.create_tenant(unique, "Python", "retail", "UTC", "USD")
        self.assertEqual(admin.tenant(unique)["tenant_id"], unique)
        self.assertIn("data", admin.tenants())
        key_id = admin.create_key(unique, ["data:write"])["key_id"]
        self.assertEqual(len(admin.keys(unique)["data"]), 1)
        admin.revoke_key(key_id)
        admin.set_rates(unique, [{"currency": "EUR", "day": "2026-01-02", "rate": 1.08}])
        self.assertIn("1.08", json.dumps(admin.rates(unique)))
        self.assertIn("status", admin.refit(unique))
        job_id = admin.start_refit(unique)["job_id"]
        self.assertEqual(awaited(lambda: admin.tenant_job(unique, job_id))["kind"], "refit")
        admin.set_language_model(unique, "none")
        self.assertEqual(admin.language_model(unique)["set_by"], "tenant")
        self.assertEqual(admin.delete_language_model(unique)["set_by"], "server")
        owned = admin.set_tenant_contribution(unique, "Holding", True)
        self.assertEqual(owned.get("owner_group"), "Holding")
        self.assertTrue(admin.tenant_contribution(unique)["approved"])
        self.assertEqual(admin.set_benchmark_rates({"XTS": 1.25})["rates"]["XTS"], 1.25)
        self.assertEqual(admin.benchmark_rates()["rates"]["XTS"], 1.25)
        admin.delete_tenant(unique)


def load_tests(loader: unittest.TestLoader, tests: unittest.TestSuite, pattern: str) -> unittest.TestSuite:
    suite = load(loader, LiveContract)
    suite.addTests(loader.loadTestsFromTestCase(LiveAdministration))
    return suite
