// The signatures' expected values were computed with OpenSSL and Python's hmac, not with this code.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import * as zod from "../src/copilot.js";
import { CopilotTools, canonicalV2, signV1, signV2 } from "../src/index.js";
import { FaultyServer } from "./faulty-server.js";

const NOW = 1_700_000_000_000;
const ENVELOPE = '{"customerId":"acme-001","params":{}}';
const V1 = "2633401ae1bb204351f3566b87255d71017c190a36cf75457e2c345ff06a90b2";

let server: FaultyServer;

beforeEach(async () => {
  server = await FaultyServer.start();
});
afterEach(() => server.stop());

const tools = (signature: 1 | 2) =>
  new CopilotTools({ baseUrl: server.url, client: "copilot-frontend", secret: "demo-secret", signature, now: () => NOW });

test("version 1 signs time, client and body", async () => {
  assert.equal(await signV1("demo-secret", NOW, "copilot-frontend", ENVELOPE), V1);
});

test("version 2 signs seven lines", async () => {
  const nonce = "000102030405060708090a0b0c0d0e0f";
  const canonical = await canonicalV2("POST", "/tool/calculate_health", "", "copilot-frontend", NOW, nonce, ENVELOPE);
  assert.equal(await signV2("demo-secret", canonical), "7e71cf604a024ef9f549bfe388f0851403cdd7ba1066db045d3c188290dd8fa9");
});

test("a tool's data is returned; the request carries a signature of its own body", async () => {
  server.answers(200, '{"ok":true,"data":{"score":82,"riskLevel":"low","signals":[]},"error":null}');
  assert.equal((await tools(1).health("acme-001"))["score"], 82);
  const sent = server.requests[0];
  assert.deepEqual([sent?.target, sent?.body], ["/tool/calculate_health", ENVELOPE]);
  assert.deepEqual([sent?.headers["x-timestamp"], sent?.headers["x-signature"]], [String(NOW), V1]);
});

test("version 2 sends what it signed", async () => {
  server.answers(200, '{"jobId":"J1","status":"running"}');
  await tools(2).status("J 1");
  const sent = server.requests[0];
  const canonical = await canonicalV2("GET", "/tool/status/J%201", "", "copilot-frontend", NOW, sent?.headers["x-nonce"] ?? "", "");
  assert.equal(sent?.headers["x-signature"], `v2=${await signV2("demo-secret", canonical)}`);
});

test("a token is asked for with a signed body", async () => {
  server.answers(200, '{"token":"t","expiresIn":300}');
  assert.equal((await tools(1).planToken()).expiresIn, 300);
  assert.deepEqual([server.requests[0]?.target, server.requests[0]?.body], ["/api/copilot/token", "{}"]);
  assert.equal(server.requests[0]?.headers["x-signature"], await signV1("demo-secret", NOW, "copilot-frontend", "{}"));
});

test("a tool that failed is refused with its code at any status", async () => {
  const missing = '{"ok":false,"data":null,"error":{"code":"MISSING_DATA","message":"none"}}';
  server.answers(404, missing).answers(200, missing);
  await assert.rejects(tools(1).recentTickets("nobody"), { name: "ApiError", code: "MISSING_DATA", status: 404 });
  await assert.rejects(tools(1).recentTickets("nobody"), { name: "ApiError", code: "MISSING_DATA", status: 200 });
});

// The document's own examples, section 4.
const EXAMPLES: Record<zod.ToolName, object> = {
  get_customer_usage: { trend: "up", avgDailyUsers: 82, sparkline: [77, 81, 85, 89] },
  get_recent_tickets: {
    openTickets: 2,
    recentTickets: [
      { id: "T-901", severity: "low" },
      { id: "T-902", severity: "medium" },
    ],
  },
  get_contract_info: { renewalDate: "2026-02-01", arr: 250000 },
  calculate_health: { score: 82, riskLevel: "low", signals: ["usage_up", "few_tickets"] },
  generate_email: { subject: "Renewal Alignment with Acme Corp", body: "Hi team, ..." },
  generate_qbr_outline: { sections: ["Adoption overview", "Support summary", "Roadmap alignment"] },
};

test("the schemas accept the document's examples and its error, and nothing in between", () => {
  const failed = { ok: false, data: null, error: { code: "TIMEOUT", message: "Tool did not respond in time" } };
  for (const tool of zod.TOOL_NAMES) {
    const schema = zod.ToolResponseSchemas[tool];
    const data = EXAMPLES[tool];
    assert.deepEqual(schema.parse({ ok: true, data, error: null }), { ok: true, data, error: null });
    assert.deepEqual(schema.parse(failed), failed);
    for (const [member] of Object.entries(data)) {
      const { [member]: _gone, ...rest } = data as Record<string, unknown>;
      assert.equal(schema.safeParse({ ok: true, data: rest, error: null }).success, false, `${tool} without ${member}`);
    }
    assert.equal(schema.safeParse({ ok: true, data, error: failed.error }).success, false);
    assert.equal(schema.safeParse({ ok: false, data, error: failed.error }).success, false);
    assert.equal(schema.safeParse({ ok: true, data: null, error: null }).success, false);
  }
});

test("a request envelope may leave params out but not set them to null", () => {
  assert.ok(zod.RequestEnvelopeSchema.safeParse({ customerId: "acme-001" }).success);
  assert.ok(!zod.RequestEnvelopeSchema.safeParse({ customerId: "acme-001", params: null }).success);
  assert.ok(!zod.RequestEnvelopeSchema.safeParse({ customerId: "" }).success);
  assert.ok(!zod.GetUsageRequestSchema.safeParse({ customerId: "a", params: { periodDays: 366 } }).success);
});
