// The Zod schemas beside the JSON Schemas that the server publishes, and beside what its tools answer.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { z } from "zod";
import { TOOL_NAMES, ToolDataSchemas, ToolResponseSchemas } from "../src/copilot.js";
import { ApiError, CopilotTools } from "../src/index.js";

/** What both kinds of schema say about shapes and types; prose and the ways of saying it are left out. */
function shape(schema: unknown): unknown {
  const { type, enum: values, const: only, required, properties, items } = schema as Record<string, unknown>;
  if (values !== undefined) {
    return { oneOf: [...(values as string[])].sort() };
  }
  if (only !== undefined) {
    return { oneOf: [only] };
  }
  if (type === "object") {
    const members = Object.entries(properties as object).map(([name, member]) => [name, shape(member)]);
    return { required: [...((required as string[]) ?? [])].sort(), members: Object.fromEntries(members.sort()) };
  }
  return type === "array" ? { items: shape(items) } : type;
}

const published = "../../server/src/main/resources/tools";
const skip = existsSync(published) ? false : "the server beside this package publishes no tools";

test("the Zod schemas say what the server's JSON Schemas say", { skip }, () => {
  for (const tool of TOOL_NAMES) {
    const { output } = JSON.parse(readFileSync(`${published}/${tool}.json`, "utf8")) as { output: unknown };
    assert.deepEqual(shape(z.toJSONSchema(ToolDataSchemas[tool])), shape(output), tool);
  }
});

const baseUrl = process.env["QUIMBI_TEST_URL"];
const client = process.env["QUIMBI_TEST_CLIENT"];
const secret = process.env["QUIMBI_TEST_SECRET"];
const live =
  baseUrl && client && secret ? false : "QUIMBI_TEST_URL, QUIMBI_TEST_CLIENT and QUIMBI_TEST_SECRET are not set: no live copilot to test against";

for (const signature of [1, 2] as const) {
  test(`live: every tool answers as its schema says, signed with version ${signature}`, { skip: live }, async () => {
    const tools = new CopilotTools({ baseUrl: baseUrl ?? "", client, secret, signature });
    for (const tool of TOOL_NAMES) {
      const data = await tools.call(tool, "acme-001");
      ToolResponseSchemas[tool].parse({ ok: true, data, error: null });
      const refused = await tools.call(tool, `nobody-${crypto.randomUUID()}`).catch((problem: unknown) => problem);
      assert.ok(refused instanceof ApiError);
      assert.equal(refused.code, "MISSING_DATA");
    }
    const stranger = new CopilotTools({ baseUrl: baseUrl ?? "", client, secret: "another-secret", signature });
    await assert.rejects(stranger.health("acme-001"), { status: 401, code: "UNAUTHORIZED" });
  });
}
