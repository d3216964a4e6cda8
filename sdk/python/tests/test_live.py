"""Against a real server: QUIMBI_TEST_URL and QUIMBI_TEST_KEY say which.

The key needs the scopes intelligence:read, data:write, generation:write and insights:read. The
server's own test starts one and sets them.
"""

import asyncio
import os
import unittest
import uuid
from typing import Any, Dict

from quimbi_client import ApiError, QuimbiClient, QuimbiSyncClient

URL = os.environ.get("QUIMBI_TEST_URL", "")
KEY = os.environ.get("QUIMBI_TEST_KEY", "")


@unittest.skipUnless(URL and KEY, "QUIMBI_TEST_URL and QUIMBI_TEST_KEY are not set: no live server to test against")
class Live(unittest.TestCase):
    def test_the_sample_customers_are_who_they_should_be(self) -> None:
        with QuimbiSyncClient(URL, KEY) as quimbi:
            high = quimbi.analyze_customer("test_customer_high_ltv")
            self.assertEqual(high["predictions"].get("churn_risk_level"), "low")
            self.assertEqual(quimbi.predict_churn("test_customer_low_ltv")["risk_level"], "high")
            fresh = quimbi.analyze_customer("test_customer_new")
            self.assertEqual(fresh["behavioral_metrics"]["total_orders"], 0)
            ltv = quimbi.predict_ltv("test_customer_high_ltv", 12)
            self.assertEqual(ltv["forecasted_ltv"], high["predictions"].get("ltv_12mo"))

    def test_an_order_is_stored_once_however_often_it_is_sent_and_read_back_at_once(self) -> None:
        customer_id = f"sdk-python-{uuid.uuid4()}"
        order: Dict[str, Any] = {
            "customer_id": customer_id,
            "order_id": f"{customer_id}-1",
            "order_date": "2026-01-15T14:30:00Z",
            "total_price": 125.5,
            "items": [],
        }
        with QuimbiSyncClient(URL, KEY, cache=True) as quimbi:
            self.assertEqual(quimbi.ingest_orders("sdk-test", [order])["ingested_count"], 1)
            analysis = quimbi.analyze_customer(customer_id)
            self.assertEqual(analysis["behavioral_metrics"]["lifetime_value"], 125.5)
            again = quimbi.ingest_orders("sdk-test", [order])
            self.assertEqual((again["ingested_count"], again.get("duplicate_count")), (0, 1))
            self.assertEqual(quimbi.customer(customer_id)["customer_id"], customer_id)

    def test_what_does_not_exist_is_refused_with_the_contracts_code_and_a_request_id(self) -> None:
        async def ask() -> None:
            async with QuimbiClient(URL, KEY) as quimbi:
                await quimbi.predict_churn(f"nobody-{uuid.uuid4()}")

        with self.assertRaises(ApiError) as caught:
            asyncio.run(ask())
        self.assertEqual((caught.exception.status, caught.exception.code), (404, "CUSTOMER_NOT_FOUND"))
        self.assertNotEqual(caught.exception.request_id, "")
        with QuimbiSyncClient(URL, "qk_live_wrong") as stranger, self.assertRaises(ApiError) as caught:
            stranger.predict_churn("c")
        self.assertEqual((caught.exception.status, caught.exception.code), (401, "INVALID_API_KEY"))

    def test_a_message_from_the_catalogue_what_became_of_it_and_of_an_action(self) -> None:
        with QuimbiSyncClient(URL, KEY) as quimbi:
            product = {"product_id": "p1", "title": "Cotton batting", "good_for": ["baby quilt"]}
            self.assertEqual(quimbi.catalog.put_products([product])["stored_count"], 1)
            quimbi.catalog.put_offers([{"offer_id": "o1", "title": "Spring", "text": "You get 15% off batting."}])
            quimbi.catalog.put_policies([{"policy_id": "r1", "title": "Returns", "text": "Back within 30 days."}])
            quimbi.catalog.put_snippets([{"snippet_id": "s1", "title": "Thanks", "text": "Thank you."}])
            self.assertEqual(quimbi.catalog.products(1).get("products", [{}])[0]["title"], "Cotton batting")
            for page in (quimbi.catalog.offers(), quimbi.catalog.policies(), quimbi.catalog.snippets()):
                self.assertFalse(page.get("has_more"))
            high = quimbi.analyze_customer("test_customer_high_ltv")
            message = quimbi.generate_message(high, {"goal": "upsell", "channel": "email"})
            feedback = quimbi.generation.message_feedback(
                message.get("message_id", ""), "edited", message["message"] + "!"
            )
            self.assertEqual(feedback["edit_distance"], 1)
            action = quimbi.recommend_actions(high, "retention_risk")["actions"][0]
            outcome = quimbi.generation.action_outcome(action.get("id", ""), "accepted", "success")
            self.assertEqual(outcome["effect"]["succeeded"], 1)
            goals = quimbi.generation.insights()["goals"]
            self.assertTrue(any(goal["goal"] == "upsell" and goal["edited"] for goal in goals))
            before = quimbi.generation.playbook()
            play = {"id": "sdk", "scenario": "support_ticket", "action": "Ring them up", "reasoning": "Asked"}
            after = quimbi.generation.put_playbook([play])
            self.assertEqual(len(after["plays"]), len(before["plays"]) + 1)

    def test_customers_are_exported_and_their_moves_counted(self) -> None:
        with QuimbiSyncClient(URL, KEY) as quimbi:
            customer_id = f"sdk-python-{uuid.uuid4()}"
            order = {"customer_id": customer_id, "order_id": customer_id, "order_date": "2026-01-15T14:30:00Z"}
            quimbi.ingest_orders("sdk-test", [{**order, "total_price": 12.5}])
            self.assertIn(customer_id, [row["customer_id"] for row in quimbi.export_customers()])
            csv = b"".join(quimbi.export_customers_csv({"sort": "-ltv_12mo"})).decode()
            self.assertTrue(csv.startswith("customer_id,archetype_id,"))
            self.assertEqual(quimbi.behaviour.migration()["level"], "L2")

    def test_the_server_says_how_it_is(self) -> None:
        with QuimbiSyncClient(URL, KEY) as quimbi:
            status = quimbi.status()
            # Beside this suite, other tests' jobs may be waiting: then it is degraded, and says so.
            self.assertIn(status["status"], ("operational", "degraded"))
            self.assertEqual(status["versions"]["api"], "1")

    def test_a_segment_is_saved_and_revenue_and_the_model_are_told(self) -> None:
        with QuimbiSyncClient(URL, KEY) as quimbi:
            quimbi.segments.put("sdk-py", "At risk", {"churn_risk_min": 0.55})
            self.assertEqual(quimbi.segments.get("sdk-py")["name"], "At risk")
            self.assertIn("sdk-py", [segment["segment_id"] for segment in quimbi.segments.list()["data"]])
            quimbi.segments.delete("sdk-py")
            with self.assertRaises(ApiError):
                quimbi.segments.get("sdk-py")
            self.assertEqual(quimbi.insights.revenue_forecast(6)["horizon_months"], 6)
            self.assertIn(quimbi.insights.model_report()["status"], ("fitted", "shipped"))
            self.assertGreaterEqual(quimbi.insights.scoring_progress()["customers"], 0)
