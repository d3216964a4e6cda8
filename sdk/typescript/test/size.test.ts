import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";

test("what a page loads is at most 10 kB gzipped", async (t) => {
  // Fails by itself above the limit, and says by how much.
  const { stdout } = await promisify(execFile)(process.execPath, ["scripts/size.mjs"]);
  t.diagnostic(stdout.trim());
  const gzipped = Number(/^index: .* (\d+) gzipped$/m.exec(stdout)?.[1]);
  assert.ok(gzipped > 1000 && gzipped <= 10_000, stdout);
});
