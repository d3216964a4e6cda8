// Every method: what it sends, and what it makes of the document's own example answer.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { QuimbiAdmin, QuimbiClient } from "../src/index.js";
import * as examples from "./examples.js";
import { FaultyServer } from "./faulty-server.js";

let server: FaultyServer;
let quimbi: QuimbiClient;

beforeEach(async () => {
  server = await FaultyServer.start();
  quimbi = new QuimbiClient({ baseUrl: server.url + "/", apiKey: "test_key_12345" });
});
afterEach(() => server.stop());

function assertSent(method: string, target: string, body?: object): void {
  const sent = server.requests.at(-1);
  assert.equal(`${sent?.method} ${sent?.target}`, `${method} ${target}`);
  assert.deepEqual(sent?.body ? JSON.parse(sent.body) : undefined, body);
}

test("an analysis is asked for with an empty context and comes back whole", async () => {
  server.answers(200, examples.ANALYSIS);
  assert.deepEqual(await quimbi.analyzeCustomer("cust_12345"), JSON.parse(examples.ANALYSIS));
  assertSent("POST", "/api/intelligence/analyze", { customer_id: "cust_12345", context: {} });
  assert.equal(server.requests[0]?.headers["x-api-key"], "test_key_12345");
});

test("predictions name the customer and the horizon", async () => {
  server.answers(200, examples.CHURN).answers(200, examples.LTV);
  assert.equal((await quimbi.predictChurn("cust_12345")).factors[0]?.value, 45);
  assertSent("POST", "/api/intelligence/predict/churn", { customer_id: "cust_12345" });
  assert.equal((await quimbi.predictLtv("cust_12345", 24)).confidence_interval.lower, 380);
  assertSent("POST", "/api/intelligence/predict/ltv", { customer_id: "cust_12345", horizon_months: 24 });
});

test("generation sends profile and context as they are", async () => {
  server.answers(200, examples.MESSAGE).answers(200, examples.ACTIONS);
  const profile = JSON.parse(examples.ANALYSIS) as object;
  await quimbi.generateMessage(profile, { goal: "resolve_support_issue" });
  assertSent("POST", "/api/generation/message", { customer_profile: profile, context: { goal: "resolve_support_issue" } });
  const next = await quimbi.recommendActions(profile, "support_ticket", { ticket: { subject: "x" } });
  assertSent("POST", "/api/generation/actions", {
    customer_profile: profile,
    scenario: "support_ticket",
    context: { ticket: { subject: "x" } },
  });
  assert.equal(next.actions[0]?.estimated_impact?.revenue_at_risk, 780);
});

test("ingestion carries a key of its own or the caller's", async () => {
  server.answers(200, examples.INGESTED).answers(200, examples.INGESTED).answers(200, examples.INGESTED);
  await quimbi.ingestOrders("shopify", [examples.ORDER], { idempotencyKey: "batch-1" });
  assertSent("POST", "/api/data/ingest_orders", { source: "shopify", orders: [examples.ORDER] });
  await quimbi.ingestOrders("shopify", [{ ...examples.ORDER, order_date: new Date("2024-03-15T14:30:00Z") }]);
  const interaction = { customer_id: "c", interaction_type: "support_ticket", timestamp: "2024-03-20T10:15:00Z", channel: "email" };
  await quimbi.ingestInteractions("support_app", [interaction], { onError: "continue" });
  assertSent("POST", "/api/data/ingest_interactions?on_error=continue", { source: "support_app", interactions: [interaction] });
  const keys = server.requests.map((request) => request.headers["idempotency-key"]);
  assert.equal(keys[0], "batch-1");
  assert.match(keys[1] ?? "", /^[0-9a-f]{32}$/);
  assert.notEqual(keys[1], keys[2]);
});

test("insights and lists are plain reads", async () => {
  server.answers(200, examples.BENCHMARK).answers(200, examples.POSITION);
  server.answers(200, `{"data":[{"customer_id":"a"}],"has_more":true,"next_cursor":"b="}`);
  server.answers(200, `{"data":[],"has_more":false,"next_cursor":null}`);
  assert.equal((await quimbi.benchmarks("retail")).ltv_percentiles.p50, 420);
  assertSent("GET", "/api/insights/benchmarks/retail");
  assert.equal((await quimbi.myPosition()).comparison.ltv_percentile, "top_50%");
  const first = await quimbi.listCustomers(1);
  assertSent("GET", "/api/customers?limit=1");
  await quimbi.listCustomers(1, first.next_cursor ?? undefined);
  assertSent("GET", "/api/customers?limit=1&cursor=b%3D");
});

test("opaque ids survive a path", async () => {
  const ids = ["a/b", "50%", "🧵", "a b+c", "export", "%2e%2e", "..."];
  for (const id of ids) {
    server.answers(200, `{"customer_id":"x"}`);
    await quimbi.customer(id);
  }
  const sent = server.requests.map(({ target }) => decodeURIComponent(target.slice("/api/customers/".length)));
  assert.deepEqual(sent, ids);
  await assert.rejects(quimbi.customer(".."), { name: "InvalidArgumentError", field: "customerId" });
});

test("the administrator's paths", async () => {
  const admin = new QuimbiAdmin({ baseUrl: server.url, apiKey: "demo_admin_key" });
  server.answers(200, `{"tenant_id":"acme"}`).answers(200, `{"key":"k","key_id":"i"}`).answers(200, "{}").answers(200, "{}");
  await admin.createTenant({ tenant_id: "acme", name: "Acme" });
  assertSent("POST", "/api/admin/tenants", { tenant_id: "acme", name: "Acme" });
  assert.equal((await admin.createKey("acme", { scopes: ["data:write"] })).key_id, "i");
  assertSent("POST", "/api/admin/tenants/acme/keys", { scopes: ["data:write"] });
  await admin.revokeKey("i");
  assertSent("DELETE", "/api/admin/keys/i");
  await admin.refit("acme");
  assertSent("POST", "/api/admin/tenants/acme/refit", {});
});

test("accounts, usage, tickets and health", async () => {
  for (let i = 0; i < 5; i++) server.answers(200, "{}");
  await quimbi.accounts.put("acme/001", { name: "Acme Corp", arr: 250_000 });
  assertSent("PUT", "/api/accounts/acme%2F001", { name: "Acme Corp", arr: 250_000 });
  await quimbi.accounts.putUsage("acme-001", [{ date: "2026-01-01", active_users: 7 }]);
  assertSent("POST", "/api/accounts/acme-001/usage", { days: [{ date: "2026-01-01", active_users: 7 }] });
  const ticket = { id: "T-1", severity: "low", status: "open", opened_at: "2026-01-01T00:00:00Z" } as const;
  await quimbi.accounts.putTickets("acme-001", [ticket]);
  assertSent("POST", "/api/accounts/acme-001/tickets", { tickets: [ticket] });
  await quimbi.accounts.putHealthConfig({ usage: 0.5, tickets: 0.3, renewal: 0.2 }, true);
  assertSent("PUT", "/api/copilot/health-config?preview=true", { weights: { usage: 0.5, tickets: 0.3, renewal: 0.2 } });
  await quimbi.accounts.delete("acme-001");
  assertSent("DELETE", "/api/accounts/acme-001");
  await assert.rejects(quimbi.accounts.putUsage("acme-001", []), { field: "days" });
});

test("customers beside each other, over time, and by a filter", async () => {
  for (let i = 0; i < 6; i++) server.answers(200, "{}");
  server.answers(200, '{"data":[],"has_more":false}');
  const { behaviour } = quimbi;
  await behaviour.analyzeBatch(["a", "b"]);
  assertSent("POST", "/api/intelligence/analyze/batch", { customer_ids: ["a", "b"] });
  await behaviour.campaign("win_back", 5);
  assertSent("POST", "/api/intelligence/campaigns/recommend", { goal: "win_back", limit: 5 });
  await behaviour.similar("a/b", 3);
  assertSent("GET", "/api/customers/a%2Fb/similar?limit=3");
  await behaviour.history("a", { metric: "churn", from: "2026-01-01" });
  assertSent("GET", "/api/customers/a/history?metric=churn&from=2026-01-01");
  await behaviour.archetypes("L1");
  assertSent("GET", "/api/intelligence/archetypes?level=L1");
  await behaviour.quality();
  assertSent("GET", "/api/insights/segmentation");
  await quimbi.listCustomers(5, undefined, { "segment.purchase_value": "whale,premium", sort: "-ltv_12mo" });
  assertSent("GET", "/api/customers?limit=5&segment.purchase_value=whale%2Cpremium&sort=-ltv_12mo");
  await assert.rejects(behaviour.analyzeBatch(["a", ""]), { field: "customerIds[1]" });
});

test("archetypes migrate", async () => {
  server.answers(200, '{"data":[{"from":"a","to":"b","customers":2}],"arrived":3,"left":1}');
  const moved = await quimbi.behaviour.migration("L1", { from: "2026-01-01" });
  assert.deepEqual([moved.data[0]?.customers, moved.arrived], [2, 3]);
  assertSent("GET", "/api/intelligence/archetypes/migration?level=L1&from=2026-01-01");
  await assert.rejects(quimbi.behaviour.migration("L4" as never), { field: "level" });
});

test("the catalogue is put and paged", async () => {
  const { catalog } = quimbi;
  for (let i = 0; i < 4; i++) server.answers(200, '{"status":"success","stored_count":1}');
  const product = { product_id: "p/1", title: "Batting", price: 24.9, tags: ["soft"] };
  assert.equal((await catalog.putProducts([product])).stored_count, 1);
  assertSent("PUT", "/api/catalog/products", { products: [product] });
  await catalog.putOffers([{ offer_id: "o", title: "Spring", text: "15% off." }]);
  assertSent("PUT", "/api/catalog/offers", { offers: [{ offer_id: "o", title: "Spring", text: "15% off." }] });
  await catalog.putPolicies([]);
  assertSent("PUT", "/api/catalog/policies", { policies: [] });
  await catalog.putSnippets([{ snippet_id: "s", title: "Hello", text: "Hi!" }]);
  assertSent("PUT", "/api/catalog/snippets", { snippets: [{ snippet_id: "s", title: "Hello", text: "Hi!" }] });
  server.answers(200, '{"has_more":true,"products":[{"product_id":"p/1"}]}');
  assert.equal((await catalog.products(1, "p/0")).products[0]?.product_id, "p/1");
  assertSent("GET", "/api/catalog/products?limit=1&after=p%2F0");
  for (const what of ["offers", "policies", "snippets"] as const) {
    server.answers(200, `{"has_more":false,"${what}":[]}`);
    assert.equal((await catalog[what]()).has_more, false);
    assertSent("GET", `/api/catalog/${what}?limit=1000`);
  }
  await assert.rejects(catalog.putOffers([{ offer_id: "o", title: "", text: "x" }]), { field: "offers[0].title" });
});

test("what became of messages and actions is told", async () => {
  const { generation } = quimbi;
  server.answers(200, '{"message_id":"m1","verdict":"edited","edit_distance":7}');
  assert.equal((await generation.messageFeedback("m1", "edited", "Hi")).edit_distance, 7);
  assertSent("POST", "/api/generation/feedback", { message_id: "m1", verdict: "edited", final_text: "Hi" });
  server.answers(200, '{"id":"a/1","effect":{"play":"refund","accepted":4,"rejected":1,"succeeded":3,"failed":0}}');
  assert.equal((await generation.actionOutcome("a/1", "accepted", "success")).effect.succeeded, 3);
  assertSent("POST", "/api/generation/actions/a%2F1/outcome", { decision: "accepted", result: "success" });
  server.answers(200, '{"goals":[{"goal":"upsell","generated":9}]}');
  assert.equal((await generation.insights()).goals[0]?.generated, 9);
  await assert.rejects(generation.messageFeedback("m", "edited"), { field: "finalText" });
  await assert.rejects(generation.messageFeedback("m", "liked" as never), { field: "verdict" });
  await assert.rejects(generation.actionOutcome("a", "maybe" as never), { field: "decision" });
});

test("a playbook is read and extended", async () => {
  server.answers(200, '{"version":"v","thresholds":{"vip":500},"plays":[]}').answers(200, '{"version":"v2","thresholds":{},"plays":[]}');
  assert.equal((await quimbi.generation.playbook()).thresholds.vip, 500);
  const play = { id: "call", scenario: "retention_risk", action: "Call", reasoning: "High risk" } as const;
  assert.equal((await quimbi.generation.putPlaybook([play], { vip: 500 })).version, "v2");
  assertSent("PUT", "/api/generation/playbook", { plays: [play], thresholds: { vip: 500 } });
  await assert.rejects(quimbi.generation.putPlaybook([{ ...play, id: "" }]), { field: "plays[0].id" });
});

test("a tenant's language model", async () => {
  const admin = new QuimbiAdmin({ baseUrl: server.url, apiKey: "demo_admin_key" });
  server.answers(200, '{"provider":"openai","set_by":"tenant"}').answers(200, '{"provider":"openai","set_by":"tenant"}');
  server.answers(200, '{"provider":"none","set_by":"server"}');
  await admin.setLanguageModel("acme", { provider: "openai", model: "m", api_key: "k" });
  assertSent("PUT", "/api/admin/tenants/acme/language_model", { provider: "openai", model: "m", api_key: "k" });
  assert.equal((await admin.languageModel("acme")).set_by, "tenant");
  assert.equal((await admin.deleteLanguageModel("acme")).provider, "none");
  assertSent("DELETE", "/api/admin/tenants/acme/language_model");
  await assert.rejects(admin.setLanguageModel("acme", { provider: "acme" as never }), { field: "wanted.provider" });
});

test("a plan and a job", async () => {
  server.answers(200, '{"summary":"Fine."}').answers(200, '{"status":"running"}');
  assert.equal((await quimbi.plan("How is Acme?", "acme-001"))["summary"], "Fine.");
  assertSent("POST", "/api/copilot/plan", { message: "How is Acme?", selectedCustomerId: "acme-001" });
  await quimbi.job("J/1");
  assertSent("GET", "/api/jobs/J%2F1");
});

test("the cache asks once, and again after data was sent or a context was given", async () => {
  const cached = new QuimbiClient({ baseUrl: server.url, apiKey: "k", cache: true });
  server.answers(200, examples.ANALYSIS).answers(200, examples.ANALYSIS).answers(200, examples.INGESTED).answers(200, examples.ANALYSIS);
  const first = await cached.analyzeCustomer("cust_12345");
  first.archetype.level = "changed by the caller";
  assert.equal((await cached.analyzeCustomer("cust_12345")).archetype.level, "L2");
  assert.equal(server.requests.length, 1);
  await cached.analyzeCustomer("cust_12345", { orders: [] });
  assert.equal(server.requests.length, 2);
  await cached.ingestOrders("shopify", [examples.ORDER]);
  await cached.analyzeCustomer("cust_12345");
  assert.equal(server.requests.length, 4);
});
