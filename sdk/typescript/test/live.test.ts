// Against a real server: QUIMBI_TEST_URL and QUIMBI_TEST_KEY say which. The key needs the scopes
// intelligence:read and data:write. The server's own test starts one and sets them.
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
