// The SDK's own client against a running server, over both transports. MCP_URL and the keys name the server; MCP_COMMAND is
// the command line of `quimbi mcp` as JSON. The server's McpTest starts everything and sets them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const { MCP_URL, MCP_KEY, MCP_TOOLS_KEY, MCP_THREE_CALLS_KEY, MCP_COMMAND } = process.env;
const skip = MCP_URL ? false : "MCP_URL is not set: no server to test against";

const SIX = [
  "calculate_health",
  "generate_email",
  "generate_qbr_outline",
  "get_contract_info",
  "get_customer_usage",
  "get_recent_tickets",
];
const OTHERS = [
  "account_health_history",
  "analyze_customer",
  "archetype_migration",
  "ask_copilot",
  "company_overview",
  "customer_history",
  "get_account",
  "get_customer",
  "industry_benchmarks",
  "list_archetypes",
  "list_customers",
  "list_segments",
  "my_position",
  "predict_churn",
  "predict_ltv",
  "recommend_actions",
  "recommend_campaign",
  "revenue_forecast",
  "segment_stats",
  "similar_customers",
  "write_message",
];

async function overHttp(headers, use) {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL(MCP_URL), { requestInit: { headers } }));
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

async function overStdio(more, use) {
  const [command, ...args] = JSON.parse(MCP_COMMAND);
  const client = new Client({ name: "test", version: "1" });
  await client.connect(new StdioClientTransport({ command, args: [...args, ...more], env: process.env, stderr: "pipe" }));
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

const names = async (client) => (await client.listTools()).tools.map((tool) => tool.name).sort();

/** Every tool can be called, and answers what the demo's data makes true. */
async function answersAll(client) {
  const called = new Set();
  const call = async (name, args) => {
    called.add(name);
    const result = await client.callTool({ name, arguments: args });
    assert.ok(!result.isError, `${name}: ${result.content[0]?.text}`);
    assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent, name);
    return result.structuredContent;
  };
  const acme = { customerId: "acme-001" };
  const usage = await call("get_customer_usage", { ...acme, params: { periodDays: 30 } });
  assert.equal(usage.trend, "up");
  assert.equal((await call("get_recent_tickets", acme)).openTickets, 2);
  assert.equal((await call("get_contract_info", acme)).arr, 250000);
  const health = await call("calculate_health", { ...acme, params: { include: ["components"] } });
  assert.deepEqual(health.signals, ["usage_up", "few_tickets", "renewal_far"]);
  assert.equal(health.components.length, 3);
  assert.equal((await call("generate_email", acme)).subject, "Renewal Alignment with Acme Corp");
  assert.ok((await call("generate_qbr_outline", acme)).sections.length >= 3);

  const known = "test_customer_high_ltv";
  const analysis = await call("analyze_customer", { customer_id: known });
  const churn = await call("predict_churn", { customer_id: known });
  assert.equal(churn.risk_level, "low");
  assert.equal(analysis.predictions.churn_risk, churn.churn_risk_score);
  const ltv = await call("predict_ltv", { customer_id: known, horizon_months: 12 });
  assert.equal(ltv.forecasted_ltv, analysis.predictions.ltv_12mo);
  const message = await call("write_message", { customer_id: known, goal: "win_back", channel: "email" });
  assert.ok(message.message.length > 20);
  const actions = await call("recommend_actions", { customer_id: known, scenario: "retention_risk" });
  assert.ok(Array.isArray(actions.actions));
  assert.equal((await call("get_account", { customer_id: "acme-001" })).name, "Acme Corp");
  const similar = await call("similar_customers", { customer_id: known, limit: 3 });
  assert.ok(Array.isArray(similar.data), JSON.stringify(similar));
  await call("customer_history", { customer_id: known, metric: "churn" });
  assert.equal((await call("get_customer", { customer_id: known })).customer_id, known);
  await call("list_customers", { limit: 5 });
  await call("list_archetypes", {});
  await call("segment_stats", {});
  await call("account_health_history", { customer_id: "acme-001" });
  assert.equal((await call("company_overview", { days: 7 })).period.days, 7);
  assert.ok(Array.isArray((await call("archetype_migration", { level: "L1" })).data));
  await call("list_segments", {});
  await call("recommend_campaign", { goal: "win_back" });
  const refusal = async (name, args) => {
    called.add(name);
    const result = await client.callTool({ name, arguments: args });
    assert.ok(result.isError, name);
    return JSON.parse(result.content[0].text).error;
  };
  // Too few companies and customers are here for figures about them.
  for (const [name, args] of [["my_position", {}], ["industry_benchmarks", { industry: "retail" }]]) {
    const alone = await refusal(name, args);
    assert.equal(alone.code, "BENCHMARK_UNAVAILABLE", name);
    assert.ok(alone.details.required_companies > 1, JSON.stringify(alone));
  }
  await call("revenue_forecast", { horizon_months: 3 });
  const plan = await call("ask_copilot", { message: "How healthy is Acme Corp East?" });
  assert.equal(plan.health.riskLevel, "high");
  assert.deepEqual([...called].sort(), [...SIX, ...OTHERS].sort());
}

test("over HTTP every tool is listed with its schema and answers", { skip }, async () => {
  await overHttp({ "X-API-Key": MCP_KEY }, async (client) => {
    assert.equal(client.getServerVersion().name, "quimbi");
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map((tool) => tool.name).sort(), [...SIX, ...OTHERS].sort());
    for (const tool of tools) {
      assert.equal(tool.inputSchema.type, "object", tool.name);
      assert.ok(tool.description.length > 20, tool.name);
      assert.equal(SIX.includes(tool.name), tool.outputSchema !== undefined, tool.name);
      assert.doesNotMatch(JSON.stringify(tool), /components\/schemas/, tool.name);
    }
    await answersAll(client);
  });
});

test("a bearer's token is as good as the header of its own", { skip }, async () => {
  await overHttp({ Authorization: `Bearer ${MCP_KEY}` }, async (client) => {
    assert.ok((await names(client)).includes("predict_churn"));
  });
});

test("a key sees only the tools that its scopes open, and can call no other", { skip }, async () => {
  await overHttp({ "X-API-Key": MCP_TOOLS_KEY }, async (client) => {
    assert.deepEqual(await names(client), [...SIX, "account_health_history", "ask_copilot", "get_account"].sort());
    const refused = await client
      .callTool({ name: "predict_churn", arguments: { customer_id: "test_customer_high_ltv" } })
      .catch((problem) => problem);
    const said = JSON.stringify(refused.content ?? refused.message);
    assert.ok(refused.isError === true || refused instanceof Error, said);
    assert.doesNotMatch(said, /churn_risk_score/);
  });
});

test("what a tool cannot answer is an error with the contract's code, not an exception", { skip }, async () => {
  await overHttp({ "X-API-Key": MCP_KEY }, async (client) => {
    const failed = async (name, args) => {
      const result = await client.callTool({ name, arguments: args });
      assert.equal(result.isError, true, name);
      return JSON.parse(result.content[0].text).error;
    };
    assert.equal((await failed("get_contract_info", { customerId: "nobody" })).code, "MISSING_DATA");
    assert.equal((await failed("get_contract_info", {})).code, "INVALID_INPUT");
    assert.equal((await failed("get_customer_usage", { customerId: "a", params: { periodDays: 0 } })).code, "INVALID_INPUT");
    assert.equal((await failed("predict_churn", { customer_id: "nobody" })).code, "CUSTOMER_NOT_FOUND");
    const faults = await failed("predict_ltv", { customer_id: "", horizon_months: 61 });
    assert.equal(faults.code, "VALIDATION_ERROR");
    assert.equal(faults.details.errors.length, 2);
    await assert.rejects(client.callTool({ name: "no_such_tool", arguments: {} }), (problem) => {
      assert.doesNotMatch(problem.message, /Exception|\.java|\bat io\./);
      return true;
    });
  });
});

const raw = (headers, body, method = "POST") =>
  fetch(MCP_URL, {
    method,
    headers: { "Content-Type": "application/json", Accept: "application/json, text/event-stream", ...headers },
    body: method === "POST" ? body : undefined,
  });
const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}';

test("without a key, with a wrong one or from a foreign page nothing is answered", { skip }, async () => {
  assert.equal((await raw({}, PING)).status, 401);
  assert.equal((await raw({ "X-API-Key": "qk_live_wrong" }, PING)).status, 401);
  assert.equal((await raw({ "X-API-Key": process.env.MCP_ADMIN_KEY }, PING)).status, 403);
  const page = await raw({ "X-API-Key": MCP_KEY, Origin: "https://evil.example" }, PING);
  assert.equal(page.status, 403);
  assert.equal((await page.json()).error.code, "INSUFFICIENT_PERMISSIONS");
  const allowed = await raw({ "X-API-Key": MCP_KEY, Origin: "https://app.example" }, PING);
  assert.equal(allowed.status, 200);
  assert.equal(allowed.headers.get("access-control-allow-origin"), "https://app.example");
});

test("malformed messages are refused without a word of the inside", { skip }, async () => {
  const key = { "X-API-Key": MCP_KEY };
  const bad = [
    [400, "no json"],
    [400, "[]"],
    [400, '{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/list"}'],
    [400, `${"[".repeat(100)}${"]".repeat(100)}`],
    [413, JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping", params: { x: "y".repeat(2 * 1024 * 1024) } })],
  ];
  for (const [status, body] of bad) {
    const answer = await raw(key, body);
    const text = await answer.text();
    assert.equal(answer.status, status, `${body.slice(0, 60)} -> ${text}`);
    assert.doesNotMatch(text, /Exception|stackTrace|\.java|jackson/i, body.slice(0, 60));
    assert.ok(JSON.parse(text).error, text);
  }
  const wrongMethod = await raw(key, PING, "GET");
  assert.equal(wrongMethod.status, 405);
  assert.equal(wrongMethod.headers.get("allow"), "POST");
  assert.equal((await raw({ ...key, "Content-Type": "text/plain" }, PING)).status, 415);
});

test("calls count against the key's limit", { skip }, async () => {
  const key = { "X-API-Key": MCP_THREE_CALLS_KEY };
  const statuses = [];
  // Three a minute, and at most one turn of the minute in between: of seven calls one is too many.
  for (let i = 0; i < 7; i++) {
    const answer = await raw(key, PING);
    statuses.push(answer.status);
    assert.equal(answer.headers.get("x-ratelimit-limit"), "3");
    if (answer.status === 429) {
      assert.ok(Number(answer.headers.get("retry-after")) >= 1);
      assert.equal((await answer.json()).error.code, "RATE_LIMIT_EXCEEDED");
    }
  }
  assert.ok(statuses.includes(429), statuses.join());
  assert.ok(statuses.filter((status) => status === 200).length >= 3, statuses.join());
});

test("over stdio the same tools answer the same", { skip: skip || (MCP_COMMAND ? false : "no MCP_COMMAND") }, async () => {
  await overStdio([], async (client) => {
    assert.deepEqual(await names(client), [...SIX, ...OTHERS].sort());
    await answersAll(client);
  });
});

test("over stdio a choice of scopes is a choice of tools", { skip: skip || (MCP_COMMAND ? false : "no MCP_COMMAND") }, async () => {
  await overStdio(["--scopes", "intelligence:read"], async (client) => {
    const offered = await names(client);
    assert.ok(offered.includes("predict_churn") && !offered.includes("calculate_health"), offered.join());
  });
});
