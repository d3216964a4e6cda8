import assert from "node:assert/strict";
import { test } from "node:test";
import * as examples from "./examples.js";

test("the document's usage snippet runs as it stands", async (t) => {
  const asked: string[] = [];
  t.mock.method(globalThis, "fetch", async (url: string, init: RequestInit) => {
    asked.push(`${init.method} ${url} ${new Headers(init.headers).get("X-API-Key")}`);
    return new Response(url.endsWith("/analyze") ? examples.ANALYSIS : examples.MESSAGE);
  });
  process.env["QUIMBI_API_KEY"] = "key-of-the-reader";

  const usage = await import("./usage.js");

  assert.deepEqual(asked, [
    "POST https://platform.quimbi.ai/api/intelligence/analyze key-of-the-reader",
    "POST https://platform.quimbi.ai/api/generation/message key-of-the-reader",
  ]);
  assert.equal(usage.aiDraft.tone, "empathetic");
});
