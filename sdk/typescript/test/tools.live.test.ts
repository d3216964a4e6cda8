// The Zod schemas against a real server's answers and against the JSON Schemas that it publishes. QUIMBI_TEST_URL,
// QUIMBI_TEST_CLIENT and QUIMBI_TEST_SECRET say which; its tenant holds the demo's accounts. The server's own test sets them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import * as zod from "../src/copilot.js";
import { signV1 } from "../src/index.js";

const url = process.env["QUIMBI_TEST_URL"] ?? "";
const client = process.env["QUIMBI_TEST_CLIENT"] ?? "";
const secret = process.env["QUIMBI_TEST_SECRET"] ?? "";
const skip =
  url && client && secret
    ? false
    : "QUIMBI_TEST_URL, QUIMBI_TEST_CLIENT and QUIMBI_TEST_SECRET are not set: no live server to test against";

const ACCOUNTS = ["acme-001", "globex-001", "initech-001", "acme-002"];
type Published = { name: zod.ToolName; inputSchema: object; outputSchema: object };
type Data = Record<string, unknown>;

async function call(tool: string, request: unknown): Promise<{ status: number; envelope: unknown }> {
  const body = JSON.stringify(request);
  const time = Date.now();
  const answer = await fetch(`${url}/tool/${tool}`, {
    method: "POST",
    headers: { "X-Client": client, "X-Timestamp": String(time), "X-Signature": await signV1(secret, time, client, body) },
    body,
  });
  return { status: answer.status, envelope: await answer.json() };
}

/** The Zod schema that also refuses what it does not name, and the published schema as Zod reads it. */
async function schemas(tool: zod.ToolName): Promise<{ ours: z.ZodType; published: z.ZodType }> {
  const { tools } = (await (await fetch(`${url}/tools`)).json()) as { tools: Published[] };
  const found = tools.find((one) => one.name === tool);
  assert.ok(found, `${tool} is not published`);
  return { ours: zod.ToolDataSchemas[tool].strict(), published: z.fromJSONSchema(found.outputSchema as never) };
}

for (const tool of zod.TOOL_NAMES) {
  test(`live: every answer of ${tool} fits its Zod schema, has nothing beside it, and fits the published schema`, { skip }, async () => {
    const { ours, published } = await schemas(tool);
    for (const customerId of ACCOUNTS) {
      const params: object[] = [{}, { lenient: true }];
      params.push(...(tool === "calculate_health" ? [{ include: ["components"] }] : [{ periodDays: 7 }]));
      for (const chosen of params) {
        const { status, envelope } = await call(tool, { customerId, params: chosen });
        assert.equal(status, 200, JSON.stringify(envelope));
        assert.deepEqual(zod.ToolResponseSchemas[tool].parse(envelope), envelope);
        const { data } = zod.ResponseEnvelopeSchema.parse(envelope);
        assert.deepEqual(ours.parse(data), data);
        assert.deepEqual(published.parse(data), data);
      }
    }
  });

  test(`live: what ${tool} cannot answer is the error that Zod knows`, { skip }, async () => {
    const missing = await call(tool, { customerId: `nobody-${crypto.randomUUID()}`, params: {} });
    const invalid = await call(tool, { customerId: "acme-001", params: null });
    for (const [{ status, envelope }, code] of [[missing, "MISSING_DATA"], [invalid, "INVALID_INPUT"]] as const) {
      const { error } = zod.ErrorResponseSchema.parse(envelope);
      assert.deepEqual([status, error.code], [code === "MISSING_DATA" ? 404 : 400, code]);
      assert.ok((zod.ERROR_CODES as readonly string[]).includes(error.code));
      assert.deepEqual(zod.ToolResponseSchemas[tool].parse(envelope), envelope);
    }
  });

  test(`live: the Zod schema of ${tool} and the published one accept and refuse the same`, { skip }, async () => {
    const { ours, published } = await schemas(tool);
    const include = tool === "calculate_health" ? { include: ["components"] } : {};
    const { envelope } = await call(tool, { customerId: "acme-001", params: include });
    const data = zod.ResponseEnvelopeSchema.parse(envelope).data as Data;
    let refused = 0;
    for (const spoilt of [{ ...data, more: 1 }, ...spoiltOf(data)]) {
      const verdict = ours.safeParse(spoilt).success;
      assert.equal(published.safeParse(spoilt).success, verdict, JSON.stringify(spoilt));
      refused += verdict ? 0 : 1;
    }
    assert.ok(refused >= 2 * Object.keys(data).length, `only ${refused} were refused`);
  });
}

test("live: the request envelope and the published inputs accept and refuse the same", { skip }, async () => {
  const { tools } = (await (await fetch(`${url}/tools`)).json()) as { tools: Published[] };
  assert.deepEqual(tools.map((one) => one.name), [...zod.TOOL_NAMES]);
  const requests = [{ customerId: "acme-001" }, { customerId: "a", params: {} }, { customerId: "" }, { params: {} }, { customerId: "a", params: null }, {}];
  for (const { name, inputSchema } of tools) {
    const published = z.fromJSONSchema(inputSchema as never);
    for (const request of requests) {
      const verdict = zod.RequestEnvelopeSchema.safeParse(request).success;
      assert.equal(published.safeParse(request).success, verdict, `${name} ${JSON.stringify(request)}`);
    }
  }
});

/**
 * `value` with one thing changed at a time: a member gone, a value of another kind. A member too many is left out below the top: the Zod
 * schemas of a client leave that open for later versions, and the published ones do not.
 */
function* spoiltOf(value: unknown): Generator<unknown> {
  for (const other of [null, true, "x", -1, 0.5, [], {}]) {
    yield other;
  }
  if (Array.isArray(value)) {
    yield [...value, ...Array<unknown>(20).fill(value[0] ?? 0)];
    for (const [i, item] of value.entries()) {
      for (const spoilt of spoiltOf(item)) {
        yield value.map((old: unknown, place) => (place === i ? spoilt : old));
      }
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const { [name]: _gone, ...rest } = value as Data;
      yield rest;
      for (const spoilt of spoiltOf(member)) {
        yield { ...value, [name]: spoilt };
      }
    }
  }
}
