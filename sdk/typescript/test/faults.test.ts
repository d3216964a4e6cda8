// Whatever a server or something in between does, the caller gets an answer or one typed failure, in
// time, and nothing is done twice.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { ApiError, BadAnswerError, CopilotTools, InvalidArgumentError, QuimbiAdmin, QuimbiClient, TransportError } from "../src/index.js";
import type { QuimbiConfig } from "../src/index.js";
import { pause } from "../src/retry.js";
import * as examples from "./examples.js";
import { FaultyServer } from "./faulty-server.js";

let server: FaultyServer;

beforeEach(async () => {
  server = await FaultyServer.start();
});
afterEach(() => server.stop());

const client = (more: Partial<QuimbiConfig> = {}): QuimbiClient =>
  new QuimbiClient({ baseUrl: server.url, apiKey: "k", timeoutMs: 10_000, backoffMs: 20, ...more });

const failure = async (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => assert.fail("it succeeded"),
    (problem: Error) => problem,
  );

test("an error envelope keeps all it says", async () => {
  server.answers(404, examples.error("CUSTOMER_NOT_FOUND"), "X-Request-Id: header-id-1");
  const refused = await failure(client().predictChurn("cust_99999"));
  assert.ok(refused instanceof ApiError);
  assert.deepEqual([refused.status, refused.code, refused.requestId], [404, "CUSTOMER_NOT_FOUND", "header-id-1"]);
  assert.equal(refused.details["customer_id"], "cust_99999");
  assert.match(refused.message, /^Quimbi API Error: Something about CUSTOMER_NOT_FOUND/);
  assert.equal(server.requests.length, 1);
});

test("a passing outage is bridged", async () => {
  server.answers(503, examples.error("SERVICE_UNAVAILABLE")).answers(500, examples.error("INTERNAL_ERROR")).answers(200, examples.CHURN);
  assert.equal((await client().predictChurn("c")).risk_level, "medium");
  assert.equal(server.requests.length, 3);
});

test("a lasting outage ends after the last attempt", async () => {
  for (let i = 0; i < 5; i++) {
    server.answers(503, examples.error("SERVICE_UNAVAILABLE"));
  }
  await assert.rejects(client().predictChurn("c"), { name: "ApiError", status: 503 });
  assert.equal(server.requests.length, 3);
});

test("a limit is waited for as long as the server asks", async () => {
  server.answers(429, examples.error("RATE_LIMIT_EXCEEDED"), "Retry-After: 1").answers(200, examples.CHURN);
  const start = performance.now();
  await client().predictChurn("c");
  assert.ok(performance.now() - start >= 999);
});

test("a limit beyond the deadline is told at once", async () => {
  server.answers(429, examples.error("RATE_LIMIT_EXCEEDED"), "Retry-After: 60");
  const start = performance.now();
  await assert.rejects(client().predictChurn("c"), { name: "ApiError", retryAfterSeconds: 60 });
  assert.ok(performance.now() - start < 5000);
  assert.equal(server.requests.length, 1);
});

test("an ingestion is repeated under the same key", async () => {
  server.answers(503, examples.error("SERVICE_UNAVAILABLE")).answers(409, examples.error("IDEMPOTENCY_IN_PROGRESS")).answers(200, examples.INGESTED);
  await client().ingestOrders("shopify", [examples.ORDER]);
  assert.equal(server.requests.length, 3);
  assert.equal(new Set(server.requests.map((request) => request.headers["idempotency-key"])).size, 1);
});

test("what creates something is not sent twice", async () => {
  server.answers(503, examples.error("SERVICE_UNAVAILABLE")).answers(200, "{}");
  const admin = new QuimbiAdmin({ baseUrl: server.url, apiKey: "a", backoffMs: 20 });
  await assert.rejects(admin.createTenant({ tenant_id: "acme", name: "Acme" }), { status: 503 });
  assert.equal(server.requests.length, 1);
});

test("an HTML error page is a bad answer, asked again while it looks transient", async () => {
  for (let i = 0; i < 3; i++) {
    server.answers(502, "<html><h1>502 Bad Gateway</h1></html>");
  }
  const bad = await failure(client().predictChurn("c"));
  assert.ok(bad instanceof BadAnswerError);
  assert.equal(bad.status, 502);
  assert.match(bad.message, /502 Bad Gateway/);
  assert.equal(server.requests.length, 3);
});

for (const [what, bytes] of [
  ["HTML with status 200", "HTTP/1.1 200 OK\r\n\r\n<html>Welcome</html>"],
  ["truncated JSON", 'HTTP/1.1 200 OK\r\n\r\n{"customer_id":"cust_1'],
  ["nothing", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"],
  ["an array", "HTTP/1.1 200 OK\r\n\r\n[]"],
  ["an answer without its promised members", 'HTTP/1.1 200 OK\r\n\r\n{"customer_id":"c"}'],
  ["an error without an envelope", 'HTTP/1.1 400 X\r\n\r\n{"detail":"x"}'],
] as const) {
  test(`${what} is a bad answer`, async () => {
    server.writes(bytes);
    assert.ok((await failure(client().predictChurn("c"))) instanceof BadAnswerError);
    assert.equal(server.requests.length, 1);
  });
}

test("a body cut short is asked for again", async () => {
  server.writes('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"customer_id":').answers(200, examples.CHURN);
  assert.equal((await client().predictChurn("c")).risk_level, "medium");
});

test("a redirect is not followed and says where it led", async () => {
  server.answers(302, "", "Location: http://127.0.0.1:9/login");
  const bad = await failure(client().predictChurn("c"));
  assert.ok(bad instanceof BadAnswerError);
  assert.match(bad.message, /127\.0\.0\.1:9\/login/);
  assert.equal(server.requests.length, 1);
});

test("an interim answer is passed over", async () => {
  server.writes(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: ${examples.CHURN.length}\r\n\r\n${examples.CHURN}`);
  assert.equal((await client().predictChurn("c")).risk_level, "medium");
});

for (const [what, bytes] of [
  ["a body that hangs", 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"customer_id":'],
  ["a server that says nothing", ""],
] as const) {
  test(`${what} ends at the deadline`, async () => {
    server.writesAndHangs(bytes);
    const start = performance.now();
    await assert.rejects(client({ timeoutMs: 300 }).predictChurn("c"), { name: "DeadlineError", timeoutMs: 300 });
    assert.ok(performance.now() - start < 3000);
  });
}

test("a clock that jumps changes neither deadline nor cache", async (t) => {
  t.mock.method(Date, "now", () => 4e12);
  server.answers(503, examples.error("SERVICE_UNAVAILABLE")).answers(200, examples.CHURN);
  const cached = client({ cache: true });
  await cached.predictChurn("c");
  t.mock.method(Date, "now", () => 0);
  await cached.predictChurn("c");
  assert.equal(server.requests.length, 2);
});

test("a refused connection is a transport failure", async () => {
  const nobody = client();
  await server.stop();
  assert.ok((await failure(nobody.predictChurn("c"))) instanceof TransportError);
  server = await FaultyServer.start();
});

test("the caller's signal ends a call, also between attempts", async () => {
  server.writesAndHangs("");
  const reason = new Error("the ticket was closed");
  const stop = new AbortController();
  setTimeout(() => stop.abort(reason), 50);
  assert.equal(await failure(client().predictChurn("c", { signal: stop.signal })), reason);
  server.answers(503, examples.error("SERVICE_UNAVAILABLE"));
  const later = new AbortController();
  setTimeout(() => later.abort(reason), 100);
  assert.equal(await failure(client({ backoffMs: 5000 }).predictChurn("c", { signal: later.signal })), reason);
  assert.equal(await failure(client().predictChurn("c", { signal: AbortSignal.abort(reason) })), reason);
});

test("wrong arguments are refused by name before anything is sent", async () => {
  const quimbi = client();
  const anything = undefined as never;
  const admin = new QuimbiAdmin({ baseUrl: server.url, apiKey: "a" });
  const refusals: [string, () => unknown][] = [
    ["customerId", () => quimbi.predictChurn("")],
    ["customerId", () => quimbi.predictChurn(anything)],
    ["customerId", () => quimbi.customer("a\u0000b")],
    ["customerId", () => quimbi.analyzeCustomer("x".repeat(129))],
    ["customerId", () => quimbi.analyzeCustomer("\ud83e")],
    ["context", () => quimbi.analyzeCustomer("c", [] as never)],
    ["horizonMonths", () => quimbi.predictLtv("c", 61)],
    ["horizonMonths", () => quimbi.predictLtv("c", Number.NaN)],
    ["limit", () => quimbi.listCustomers(0)],
    ["cursor", () => quimbi.listCustomers(1, "")],
    ["source", () => quimbi.ingestOrders("", [examples.ORDER])],
    ["orders", () => quimbi.ingestOrders("shopify", [])],
    ["orders[1].customer_id", () => quimbi.ingestOrders("s", [examples.ORDER, { ...examples.ORDER, customer_id: "" }])],
    ["orders[0].order_date", () => quimbi.ingestOrders("s", [{ ...examples.ORDER, order_date: "2024-03-15 14:30" }])],
    ["orders[0].total_price", () => quimbi.ingestOrders("s", [{ ...examples.ORDER, total_price: Number.NaN }])],
    ["customerProfile", () => quimbi.generateMessage(anything, { goal: "upsell" })],
    ["scenario", () => quimbi.recommendActions({}, "")],
    ["body", () => quimbi.generateMessage({ big: 1n }, { goal: "upsell" })],
    ["format", () => quimbi.jobs.startExport("xlsx" as never)],
    ["jobId", () => quimbi.jobs.exportJob(" ")],
    ["csv", () => quimbi.jobs.startImport("shop", "")],
    ["kind", () => quimbi.jobs.start("tidy" as never)],
    ["days", () => quimbi.insights.overview(366)],
    ["industry", () => quimbi.insights.benchmarkLedger("")],
    ["optedIn", () => quimbi.insights.putContribution("yes" as never)],
    ["from", () => quimbi.accounts.health("c", { from: "2026-02-01", to: "2026-01-01" })],
    ["to", () => quimbi.behaviour.history("c", { to: "2026-13-01" })],
    ["horizonDays", () => quimbi.accounts.healthBacktest(29)],
    ["owner.approved", () => admin.setTenantContribution("acme", { owner_group: "A", approved: 1 as never })],
    ["rates.EUR", () => admin.setBenchmarkRates({ EUR: 0 })],
    ["apiKey", () => client({ apiKey: undefined })],
    ["apiKey", () => client({ apiKey: "a\r\nX-Evil: 1" })],
    ["baseUrl", () => client({ baseUrl: "platform.quimbi.ai" })],
    ["timeoutMs", () => client({ timeoutMs: 0 })],
  ];
  for (const [field, call] of refusals) {
    const refused = await failure((async () => call())());
    assert.ok(refused instanceof InvalidArgumentError, `${field}: ${refused}`);
    assert.equal(refused.field, field);
  }
  assert.equal(server.requests.length, 0);
});

test("every method refuses to be called without the arguments that it needs", async () => {
  const quimbi = client();
  const admin = new QuimbiAdmin({ baseUrl: server.url, apiKey: "a" });
  const tools = new CopilotTools({ baseUrl: server.url, client: "c", secret: "s" });
  const groups: object[] = [quimbi, admin, tools, ...Object.values(quimbi).filter((value) => typeof value === "object")];
  let tried = 0;
  for (const group of groups) {
    const methods = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(group))) as [string, PropertyDescriptor][];
    for (const [name, { value }] of methods) {
      // Arguments with a default do not count into a function's length, and the options come last.
      const needed = (value as Function).length - (String(value).includes("options") && !String(value).includes("= ") ? 1 : 0);
      if (["constructor", "request"].includes(name) || needed < 1) {
        continue;
      }
      const refused = await failure((async () => within((value as Function).call(group)))());
      assert.ok(refused instanceof InvalidArgumentError, `${group.constructor.name}.${name}: ${refused.stack}`);
      tried++;
    }
  }
  assert.ok(tried > 50, String(tried));
  assert.equal(server.requests.length, 0);
});

/** A stream refuses when it is read for the first time. */
async function within(answer: unknown): Promise<unknown> {
  return answer && typeof answer === "object" && Symbol.asyncIterator in answer ? (answer as AsyncGenerator).next() : answer;
}

test("pauses double, lie between half and the whole, and are never shorter than asked", () => {
  const retry = { retries: 3, backoffMs: 1000 };
  const busy = new ApiError(503, "SERVICE_UNAVAILABLE", "", {}, "");
  for (const attempt of [0, 1, 2]) {
    assert.equal(pause(retry, attempt, true, busy, 0), 500 * 2 ** attempt);
    assert.equal(pause(retry, attempt, true, busy, 1), 1000 * 2 ** attempt);
  }
  assert.equal(pause(retry, 3, true, busy, 0), undefined);
  assert.equal(pause(retry, 0, false, busy, 0), undefined);
  assert.equal(pause(retry, 0, false, new ApiError(429, "RATE_LIMIT_EXCEEDED", "", {}, "", 7), 0), 7000);
});
