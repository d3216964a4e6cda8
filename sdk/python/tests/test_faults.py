"""Whatever a server or something in between does, the caller gets an answer or one typed failure, in
time, and nothing is done twice."""

from __future__ import annotations

import datetime as dt
import inspect
import json
import time
import unittest
from typing import Any, Callable, Dict, List, Tuple, cast
from unittest import mock

from quimbi_client import (
    ApiError,
    BadAnswerError,
    CopilotSyncTools,
    DeadlineError,
    InvalidArgumentError,
    QuimbiAdmin,
    QuimbiSyncClient,
    TransportError,
)
from quimbi_client._cache import AnswerCache
from quimbi_client._calls import churn, create_tenant
from quimbi_client._protocol import Settings, api_key

from . import examples
from .colours import BothColours, load
from .faulty_server import FaultyServer, Script

BUSY = examples.error("SERVICE_UNAVAILABLE")
CUT = 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"customer_id":'


class Faults(BothColours):
    def test_an_error_envelope_keeps_all_it_says(self) -> None:
        self.server.answers(404, examples.error("CUSTOMER_NOT_FOUND"), "X-Request-Id: header-id-1")
        with self.assertRaises(ApiError) as caught:
            self.client().predict_churn("cust_99999")
        refused = caught.exception
        self.assertEqual((refused.status, refused.code), (404, "CUSTOMER_NOT_FOUND"))
        self.assertEqual(refused.details["customer_id"], "cust_99999")
        self.assertEqual(refused.request_id, "header-id-1")
        self.assertIn("Something about", str(refused))
        self.assertEqual(len(self.server.requests), 1)

    def test_a_passing_outage_is_bridged(self) -> None:
        self.server.answers(503, BUSY).answers(500, examples.error("INTERNAL_ERROR"))
        self.server.answers(200, examples.CHURN)
        self.assertEqual(self.client().predict_churn("c")["risk_level"], "medium")
        self.assertEqual(len(self.server.requests), 3)

    def test_a_lasting_outage_ends_after_the_last_attempt(self) -> None:
        for _ in range(5):
            self.server.answers(503, BUSY)
        with self.assertRaises(ApiError):
            self.client().predict_churn("c")
        self.assertEqual(len(self.server.requests), 3)

    def test_a_limit_is_waited_for_as_long_as_the_server_asks(self) -> None:
        self.server.answers(429, examples.error("RATE_LIMIT_EXCEEDED"), "Retry-After: 1")
        self.server.answers(200, examples.CHURN)
        start = time.monotonic()
        self.client().predict_churn("c")
        self.assertGreaterEqual(time.monotonic() - start, 1)

    def test_a_limit_beyond_the_deadline_is_told_at_once(self) -> None:
        self.server.answers(429, examples.error("RATE_LIMIT_EXCEEDED"), "Retry-After: 60")
        start = time.monotonic()
        with self.assertRaises(ApiError) as caught:
            self.client().predict_churn("c")
        self.assertEqual(caught.exception.retry_after, 60)
        self.assertLess(time.monotonic() - start, 5)
        self.assertEqual(len(self.server.requests), 1)

    def test_an_ingestion_is_repeated_under_the_same_key(self) -> None:
        self.server.answers(503, BUSY).answers(409, examples.error("IDEMPOTENCY_IN_PROGRESS"))
        self.server.answers(200, examples.INGESTED)
        self.client().ingest_orders("shopify", [examples.ORDER])
        self.assertEqual(len(self.server.requests), 3)
        self.assertEqual(len({r.headers["idempotency-key"] for r in self.server.requests}), 1)

    def test_an_html_error_page_is_a_bad_answer_asked_again_while_it_looks_transient(self) -> None:
        for _ in range(3):
            self.server.answers(502, "<html><h1>502 Bad Gateway</h1></html>")
        with self.assertRaises(BadAnswerError) as caught:
            self.client().predict_churn("c")
        self.assertEqual(caught.exception.status, 502)
        self.assertIn("502 Bad Gateway", str(caught.exception))
        self.assertEqual(len(self.server.requests), 3)

    def test_what_is_not_the_contracts_answer_is_a_bad_answer(self) -> None:
        answers = {
            "HTML with status 200": "HTTP/1.1 200 OK\r\n\r\n<html>Welcome</html>",
            "truncated JSON": 'HTTP/1.1 200 OK\r\n\r\n{"customer_id":"cust_1',
            "nothing": "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "an array": "HTTP/1.1 200 OK\r\n\r\n[]",
            "too deep": "HTTP/1.1 200 OK\r\n\r\n" + "[" * 100_000,
            "without its promised members": 'HTTP/1.1 200 OK\r\n\r\n{"customer_id":"c"}',
            "an error without an envelope": 'HTTP/1.1 400 X\r\n\r\n{"detail":"x"}',
            "what says it is gzip": "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip",
        }
        for what, text in answers.items():
            with self.subTest(what):
                self.server.writes(text)
                with self.assertRaises(BadAnswerError):
                    self.client(retries=0).predict_churn("c")

    def test_a_body_cut_short_is_asked_for_again(self) -> None:
        self.server.writes(CUT).answers(200, examples.CHURN)
        self.assertEqual(self.client().predict_churn("c")["risk_level"], "medium")

    def test_a_redirect_is_not_followed_and_says_where_it_led(self) -> None:
        self.server.answers(302, "", "Location: http://127.0.0.1:9/login")
        with self.assertRaises(BadAnswerError) as caught:
            self.client().predict_churn("c")
        self.assertIn("http://127.0.0.1:9/login", str(caught.exception))
        self.assertEqual(len(self.server.requests), 1)

    def test_an_interim_answer_is_passed_over(self) -> None:
        self.server.writes(
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
            f"HTTP/1.1 200 OK\r\nContent-Length: {len(examples.CHURN)}\r\n\r\n{examples.CHURN}"
        )
        self.assertEqual(self.client().predict_churn("c")["risk_level"], "medium")

    def test_what_hangs_or_drips_ends_at_the_deadline(self) -> None:
        scripts = {
            "a server that says nothing": Script(b"", hangs=True),
            "a body that hangs": Script(CUT.encode(), hangs=True),
            "a body that drips": Script(CUT.encode() * 100, drip_seconds=0.02),
        }
        for what, script in scripts.items():
            with self.subTest(what):
                self.server.script(script)
                start = time.monotonic()
                with self.assertRaises(DeadlineError):
                    # A drip's head alone takes 0.8 s: the deadline must fall into the body.
                    self.client(timeout=1.2 if script.drip_seconds else 0.3).predict_churn("c")
                self.assertLess(time.monotonic() - start, 4)

    def test_a_refused_connection_is_a_transport_failure(self) -> None:
        nobody = self.client(base_url="http://127.0.0.1:1")
        with self.assertRaises(TransportError):
            nobody.predict_churn("c")

    def test_a_clock_that_jumps_changes_neither_deadline_nor_cache(self) -> None:
        self.server.answers(503, BUSY).answers(200, examples.CHURN)
        quimbi = self.client(cache=True)
        with mock.patch("time.time", return_value=4e9):
            quimbi.predict_churn("c")
        with mock.patch("time.time", return_value=0.0):
            quimbi.predict_churn("c")
        self.assertEqual(len(self.server.requests), 2)

    def test_wrong_arguments_are_refused_by_name_before_anything_is_sent(self) -> None:
        quimbi, order = self.client(), examples.ORDER
        refusals: List[Tuple[str, Callable[[], Any]]] = [
            ("customer_id", lambda: quimbi.predict_churn("")),
            ("customer_id", lambda: quimbi.predict_churn(None)),
            ("customer_id", lambda: quimbi.customer("a\u0000b")),
            ("customer_id", lambda: quimbi.analyze_customer("x" * 129)),
            ("customer_id", lambda: quimbi.analyze_customer("\ud83e")),
            ("context", lambda: quimbi.analyze_customer("c", [])),
            ("horizon_months", lambda: quimbi.predict_ltv("c", 61)),
            ("horizon_months", lambda: quimbi.predict_ltv("c", True)),
            ("limit", lambda: quimbi.list_customers(0)),
            ("cursor", lambda: quimbi.list_customers(1, "")),
            ("source", lambda: quimbi.ingest_orders("", [order])),
            ("orders", lambda: quimbi.ingest_orders("s", [])),
            ("orders[1].customer_id", lambda: quimbi.ingest_orders("s", [order, {**order, "customer_id": ""}])),
            ("orders[0].order_date", lambda: quimbi.ingest_orders("s", [{**order, "order_date": "2024-03-15"}])),
            ("orders[0].total_price", lambda: quimbi.ingest_orders("s", [{**order, "total_price": float("nan")}])),
            ("on_error", lambda: quimbi.ingest_orders("s", [order], on_error="stop")),
            ("customer_profile", lambda: quimbi.generate_message(None, {})),
            ("scenario", lambda: quimbi.recommend_actions({}, "")),
            ("body", lambda: quimbi.generate_message({"x": object()}, {})),
            ("level", lambda: quimbi.behaviour.migration("L4")),
            ("metric", lambda: quimbi.behaviour.history("c", "mood")),
            ("goal", lambda: quimbi.behaviour.campaign("world_peace")),
            ("offers[0].title", lambda: quimbi.catalog.put_offers([{"offer_id": "o", "title": ""}])),
            ("policies", lambda: quimbi.catalog.put_policies("all")),
            ("after", lambda: quimbi.catalog.products(1, "")),
            ("verdict", lambda: quimbi.generation.message_feedback("m", "liked")),
            ("final_text", lambda: quimbi.generation.message_feedback("m", "edited")),
            ("decision", lambda: quimbi.generation.action_outcome("a", "maybe")),
            ("plays[0].id", lambda: quimbi.generation.put_playbook([{"id": ""}])),
            ("body", lambda: quimbi.generate_message({"x": float("inf")}, {})),
            ("format", lambda: quimbi.jobs.start_export("xlsx")),
            ("job_id", lambda: quimbi.jobs.export_job(" ")),
            ("csv", lambda: quimbi.jobs.start_import("shop", "")),
            ("idempotency_key", lambda: quimbi.jobs.start_import("shop", "x", idempotency_key="")),
            ("kind", lambda: quimbi.jobs.start("tidy")),
            ("days", lambda: quimbi.insights.overview(366)),
            ("industry", lambda: quimbi.insights.benchmark_ledger("")),
            ("opted_in", lambda: quimbi.insights.put_contribution("yes")),
            ("since", lambda: quimbi.accounts.health("c", dt.date(2026, 2, 1), dt.date(2026, 1, 1))),
            ("until", lambda: quimbi.behaviour.history("c", until="2026-01-01")),
            ("horizon_days", lambda: quimbi.accounts.health_backtest(29)),
        ]
        for field, call in refusals:
            with self.subTest(field), self.assertRaises(InvalidArgumentError) as caught:
                call()
            self.assertEqual(caught.exception.field, field)
        admin = QuimbiAdmin(self.server.url, "a")
        self.addCleanup(admin.close)
        for field, call in (
            ("approved", lambda: admin.set_tenant_contribution("acme", "A", cast(Any, 1))),
            ("rates.EUR", lambda: admin.set_benchmark_rates({"EUR": 0})),
            ("rates[0].rate", lambda: admin.set_rates("acme", [{"currency": "EUR", "rate": -1}])),
        ):
            with self.subTest(field), self.assertRaises(InvalidArgumentError) as caught:
                call()
            self.assertEqual(caught.exception.field, field)
        for field, value in {
            "api_key": "a\r\nX-Evil: 1",
            "base_url": "platform.quimbi.ai",
            "timeout": 0,
            "retries": -1,
        }.items():
            with self.subTest(field), self.assertRaises(InvalidArgumentError) as caught:
                self.client(**{field: value})
            self.assertEqual(caught.exception.field, field)
        self.assertEqual(self.server.requests, [])


WORDS = {"verdict": "sent", "decision": "accepted", "kind": "score", "provider": "none", "goal": "growth"}


def _some(parameter: inspect.Parameter) -> Any:
    """A right argument, as far as its name and type tell."""
    kind = str(parameter.annotation)
    if "Mapping" in kind or "Rows" in kind or "List" in kind or "Iterable" in kind:
        return {} if "Mapping" in kind else [{"product_id": "p", "title": "t", "text": "t", "offer_id": "o"}]
    return True if kind == "bool" else WORDS.get(parameter.name, "x")


class Tools(BothColours):
    ENVELOPE: Dict[str, Any] = {"customerId": "acme-001", "params": {}}
    # Computed with OpenSSL: printf %s '1700000000000.copilot-frontend.{"customerId":"acme-001","params":{}}'
    # | openssl dgst -sha256 -hmac demo-secret
    V1 = "2633401ae1bb204351f3566b87255d71017c190a36cf75457e2c345ff06a90b2"

    def test_a_tools_data_is_returned_and_the_request_is_signed(self) -> None:
        self.server.answers(200, '{"ok":true,"data":{"score":82},"error":null}')
        self.assertEqual(self.tools(now=lambda: 1_700_000_000_000).health("acme-001"), {"score": 82})
        sent = self.server.requests[0]
        self.assertEqual((sent.target, json.loads(sent.body)), ("/tool/calculate_health", self.ENVELOPE))
        self.assertEqual(sent.headers["x-signature"], self.V1)

    def test_version_2_sends_what_it_signed(self) -> None:
        from quimbi_client import canonical_v2, sign_v2

        self.server.answers(200, '{"jobId":"J1","status":"running"}')
        self.tools(signature=2, now=lambda: 1_700_000_000_000).status("J 1")
        sent = self.server.requests[0]
        canonical = canonical_v2(
            "GET", "/tool/status/J%201", "", "copilot-frontend", 1_700_000_000_000, sent.headers["x-nonce"], b""
        )
        self.assertEqual(sent.headers["x-signature"], "v2=" + sign_v2("demo-secret", canonical))

    def test_a_tool_that_failed_is_refused_with_its_code_at_any_status(self) -> None:
        missing = '{"ok":false,"data":null,"error":{"code":"MISSING_DATA","message":"none"}}'
        for status in (404, 200):
            self.server.answers(status, missing)
            with self.assertRaises(ApiError) as caught:
                self.tools().recent_tickets("nobody")
            self.assertEqual((caught.exception.code, caught.exception.status), ("MISSING_DATA", status))


class Events(BothColours):
    HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
    TEXT = (
        ': hello\n\nevent: plan\r\ndata: {"steps":[1,\ndata: 2]}\r\n\r\ndata: plain \u2702 text\r\rid: 7\n'
        "event: empty\n\nevent: final\ndata:{}\n\ndata: cut"
    )
    EXPECTED: List[Dict[str, Any]] = [
        {"event": "plan", "data": {"steps": [1, 2]}},
        {"event": "message", "data": "plain \u2702 text"},
        {"event": "final", "data": {}},
    ]

    def test_a_plan_comes_event_by_event_even_byte_by_byte(self) -> None:
        for drip in (0.0, 0.001):
            self.server.script(Script((self.HEAD + self.TEXT).encode(), drip_seconds=drip))
            events = list(self.client().stream_plan("How is Acme?", "acme-001"))
            self.assertEqual(events[:3], self.EXPECTED)
        target = "/api/copilot/stream?message=How%20is%20Acme%3F&selectedCustomerId=acme-001"
        self.assertEqual(self.server.requests[0].target, target)

    def test_a_stream_that_falls_silent_ends_at_the_deadline_after_what_came(self) -> None:
        self.server.script(Script((self.HEAD + "event: plan\ndata: {}\n\n").encode(), hangs=True))
        events = self.client(timeout=0.3).stream_message({}, {"goal": "upsell"})
        self.assertEqual(next(events)["event"], "plan")
        with self.assertRaises(DeadlineError):
            next(events)

    def test_a_refused_stream_is_a_typed_failure(self) -> None:
        self.server.answers(403, '{"error":{"code":"INSUFFICIENT_PERMISSIONS","message":"no"}}')
        with self.assertRaises(ApiError):
            next(self.client().stream_plan("x"))
        self.server.answers(200, "{}")
        with self.assertRaises(BadAnswerError):
            next(self.client().stream_plan("x"))


class Exports(BothColours):
    HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
    CUT_ROWS = HEAD + '16\r\n{"customer_id":"a"}\n'

    def exported(self, timeout: float = 5.0) -> List[str]:
        rows = self.client(timeout=timeout).export_customers({"sort": "-ltv_12mo"})
        return [row["customer_id"] for row in rows]

    def test_an_export_comes_row_by_row(self) -> None:
        rows = '16\r\n{"customer_id":"a"}\n{"\r\n13\r\ncustomer_id":"\u00fc"}\n\r\n0\r\n\r\n'
        self.server.writes(self.HEAD + rows)
        self.assertEqual(self.exported(), ["a", "\u00fc"])
        target = "/api/exports/customers?format=ndjson&sort=-ltv_12mo"
        self.assertEqual(self.server.requests[0].target, target)

    def test_an_export_that_is_cut_off_hangs_or_is_no_export_is_a_typed_failure(self) -> None:
        self.server.writes(self.CUT_ROWS)
        with self.assertRaises(TransportError):
            self.exported()
        self.server.script(Script(self.CUT_ROWS.encode(), hangs=True))
        with self.assertRaises(DeadlineError):
            self.exported(0.3)
        for text in (
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>",
            self.HEAD + '5\r\n{"cu\n\r\n0\r\n\r\n',
        ):
            self.server.writes(text)
            with self.assertRaises(BadAnswerError):
                self.exported()
        self.server.answers(422, examples.error("VALIDATION_ERROR"))
        with self.assertRaises(ApiError):
            self.exported()

    def test_a_csv_export_comes_as_it_was_sent(self) -> None:
        csv = 'customer_id,ltv\r\n"a\nb",1.00\r\n'
        self.server.writes("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\n" + csv)
        self.assertEqual(b"".join(self.client().export_customers_csv()).decode(), csv)


class Rules(unittest.TestCase):
    SETTINGS = Settings.of("http://localhost", api_key("k"), 30.0, 3, 1.0)

    def test_pauses_double_lie_between_half_and_the_whole_and_are_never_shorter_than_asked(self) -> None:
        busy, limited = ApiError(503, "SERVICE_UNAVAILABLE", ""), ApiError(429, "X", "", retry_after=7)
        for attempt in range(3):
            self.assertEqual(self.SETTINGS.pause(attempt, churn("c"), busy, 0.0), 0.5 * 2**attempt)
            self.assertEqual(self.SETTINGS.pause(attempt, churn("c"), busy, 1.0), 1.0 * 2**attempt)
        self.assertIsNone(self.SETTINGS.pause(3, churn("c"), busy, 0.0))
        create = create_tenant("a", "A", None, None, None)
        self.assertIsNone(self.SETTINGS.pause(0, create, busy, 0.0))
        self.assertEqual(self.SETTINGS.pause(0, create, limited, 0.0), 7)

    def test_what_creates_something_is_not_sent_twice(self) -> None:
        server = FaultyServer()
        self.addCleanup(server.close)
        server.answers(503, BUSY).answers(200, "{}")
        with self.assertRaises(ApiError):
            QuimbiAdmin(server.url, "a", backoff=0.02).create_tenant("acme", "Acme")
        self.assertEqual(len(server.requests), 1)

    def test_every_required_argument_of_every_method_is_refused_where_it_is_none(self) -> None:
        server = FaultyServer()
        self.addCleanup(server.close)
        groups: List[Any] = [QuimbiSyncClient(server.url, "k"), QuimbiAdmin(server.url, "a")]
        groups += [CopilotSyncTools(server.url, "c", "s")]
        for client in groups:
            self.addCleanup(client.close)
        inner: List[Any] = list(cast(Dict[str, Any], groups[0].__dict__).values())
        groups += [group for group in inner if type(group).__module__.startswith("quimbi_client.")]
        tried = 0
        for group in groups:
            for name, method in inspect.getmembers(group, inspect.ismethod):
                parameters = inspect.signature(method).parameters.values()
                required = [one for one in parameters if one.default is inspect.Parameter.empty]
                if name.startswith("_") or name in ("request", "send", "stream", "rows", "pieces"):
                    continue
                for absent in required:
                    given = {one.name: None if one is absent else _some(one) for one in required}
                    with self.subTest(f"{type(group).__name__}.{name}({absent.name})"):
                        with self.assertRaises(InvalidArgumentError) as caught:
                            list(method(**given))
                        self.assertEqual(caught.exception.field, absent.name)
                        tried += 1
        self.assertGreater(tried, 60)
        self.assertEqual(server.requests, [])

    def test_the_cache_keeps_an_answer_for_its_time_and_not_one_overtaken_by_new_data(self) -> None:
        now = 0.0
        cache = AnswerCache(lambda: now)
        cache.remember("a", "churn", 60.0, {"n": 1}, cache.ticket())
        now = 59.0
        self.assertEqual(cache.get("a", "churn"), {"n": 1})
        now = 60.0
        self.assertIsNone(cache.get("a", "churn"))
        ticket = cache.ticket()
        cache.forget(["a"])
        cache.remember("a", "churn", 60.0, {"n": 2}, ticket)
        self.assertIsNone(cache.get("a", "churn"))


def load_tests(loader: unittest.TestLoader, tests: unittest.TestSuite, pattern: str) -> unittest.TestSuite:
    suite = load(loader, Faults, Tools, Events, Exports)
    suite.addTests(loader.loadTestsFromTestCase(Rules))
    return suite
