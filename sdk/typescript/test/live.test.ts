// Against a real server: QUIMBI_TEST_URL and QUIMBI_TEST_KEY say which. The key needs the scopes
// intelligence:read, data:write, generation:write and insights:read. The server's own test starts one and sets them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, QuimbiClient } from "../src/index.js";

const baseUrl = process.env["QUIMBI_TEST_URL"];
const apiKey = process.env["QUIMBI_TEST_KEY"];
const skip = baseUrl && apiKey ? false : "QUIMBI_TEST_URL and QUIMBI_TEST_KEY are not set: no live server to test against";
const quimbi = () => new QuimbiClient({ baseUrl: baseUrl ?? "", apiKey });

test("live: the sample customers are who they should be", { skip }, async () => {
  const high = await quimbi().analyzeCustomer("test_customer_high_ltv");
  const low = await quimbi().predictChurn("test_customer_low_ltv");
  const fresh = await quimbi().analyzeCustomer("test_customer_new");
  assert.equal(high.predictions.churn_risk_level, "low");
  assert.equal(low.risk_level, "high");
  assert.equal(fresh.behavioral_metrics.total_orders, 0);
  const ltv = await quimbi().predictLtv("test_customer_high_ltv", 12);
  assert.equal(ltv.forecasted_ltv, high.predictions.ltv_12mo);
});

test("live: an order is stored once, however often it is sent, and read back at once", { skip }, async () => {
  const customer_id = `sdk-typescript-${crypto.randomUUID()}`;
  const order = { customer_id, order_id: `${customer_id}-1`, order_date: "2026-01-15T14:30:00Z", total_price: 125.5, items: [] };
  const cached = new QuimbiClient({ baseUrl: baseUrl ?? "", apiKey, cache: true });
  assert.equal((await cached.ingestOrders("sdk-test", [order])).ingested_count, 1);
  assert.equal((await cached.analyzeCustomer(customer_id)).behavioral_metrics.lifetime_value, 125.5);
  const again = await cached.ingestOrders("sdk-test", [order]);
  assert.deepEqual([again.ingested_count, again.duplicate_count], [0, 1]);
  assert.equal((await cached.customer(customer_id))["customer_id"], customer_id);
});

test("live: what does not exist is refused with the contract's code and a request id", { skip }, async () => {
  const refused = await quimbi()
    .predictChurn(`nobody-${crypto.randomUUID()}`)
    .catch((problem: unknown) => problem);
  assert.ok(refused instanceof ApiError);
  assert.deepEqual([refused.status, refused.code], [404, "CUSTOMER_NOT_FOUND"]);
  assert.notEqual(refused.requestId, "");
  const stranger = new QuimbiClient({ baseUrl: baseUrl ?? "", apiKey: "qk_live_wrong" });
  await assert.rejects(stranger.predictChurn("c"), { status: 401, code: "INVALID_API_KEY" });
});

test("live: a message from the catalogue, what became of it, and of an action", { skip }, async () => {
  const { catalog, generation } = quimbi();
  assert.equal((await catalog.putProducts([{ product_id: "p1", title: "Cotton batting", good_for: ["baby quilt"] }])).stored_count, 1);
  await catalog.putOffers([{ offer_id: "o1", title: "Spring", text: "You get 15% off batting.", percent_off: 15 }]);
  await catalog.putPolicies([{ policy_id: "r1", title: "Returns", text: "Unopened items go back within 30 days." }]);
  await catalog.putSnippets([{ snippet_id: "s1", title: "Thanks", text: "Thank you for quilting with us." }]);
  assert.equal((await catalog.products(1)).products[0]?.title, "Cotton batting");
  for (const what of ["offers", "policies", "snippets"] as const) {
    assert.equal((await catalog[what]()).has_more, false);
  }

  const high = await quimbi().analyzeCustomer("test_customer_high_ltv");
  const message = await quimbi().generateMessage(high, { goal: "upsell", channel: "email" });
  const told = await generation.messageFeedback(String(message.message_id), "edited", message.message + "!");
  assert.equal(told.edit_distance, 1);
  const actions = await quimbi().recommendActions(high, "retention_risk");
  const id = String(actions.actions[0]?.id);
  assert.equal((await generation.actionOutcome(id, "accepted", "success")).effect.succeeded, 1);
  const upsell = (await generation.insights()).goals.find((goal) => goal.goal === "upsell");
  assert.ok(upsell && upsell.edited >= 1);
  const before = await generation.playbook();
  const play = { id: "sdk", scenario: "support_ticket", action: "Ring them up", reasoning: "They asked" } as const;
  assert.equal((await generation.putPlaybook([play])).plays.length, before.plays.length + 1);
});

test("live: customers are exported and their moves counted", { skip }, async () => {
  const ids = [];
  for await (const row of quimbi().exportCustomers()) {
    ids.push(row.customer_id);
  }
  assert.ok(ids.some((id) => id.startsWith("sdk-typescript-")));
  let csv = "";
  for await (const piece of quimbi().exportCustomersCsv({ sort: "-ltv_12mo" })) {
    csv += piece;
  }
  assert.match(csv, /^customer_id,archetype_id,/);
  assert.equal((await quimbi().behaviour.migration()).level, "L2");
});

test("live: the server says how it is", { skip }, async () => {
  const status = await quimbi().status();
  // Beside this suite, other tests' jobs may be waiting: then it is degraded, and says so.
  assert.match(status.status, /^(operational|degraded)$/);
  assert.equal(status.versions.api, "1");
});

test("live: a segment is saved and means customers; revenue and the model are told", { skip }, async () => {
  const { segments, insights } = quimbi();
  await segments.put("sdk-ts", "At risk", { churn_risk_min: 0.55 });
  assert.equal((await segments.get("sdk-ts")).name, "At risk");
  assert.ok((await segments.list()).data.some((segment) => segment.segment_id === "sdk-ts"));
  await segments.delete("sdk-ts");
  await assert.rejects(segments.get("sdk-ts"), { code: "SEGMENT_NOT_FOUND" });
  assert.equal((await insights.revenueForecast(6)).horizon_months, 6);
  assert.match((await insights.modelReport()).status, /fitted|shipped/);
  assert.ok((await insights.scoringProgress()).customers >= 0);
});
