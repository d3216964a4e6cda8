// The README's example is run as it stands; only the address and the package's place are others.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import * as examples from "./examples.js";
import { FaultyServer } from "./faulty-server.js";

test("the README's example runs and has at most ten lines", async () => {
  const example = /```ts\n(.*?)```/s.exec(await readFile("README.md", "utf8"))?.[1] ?? "";
  assert.ok(example.includes("QuimbiClient"));
  assert.ok(example.trim().split("\n").length <= 10);
  const server = (await FaultyServer.start()).answers(200, examples.ANALYSIS);
  const folder = await mkdtemp(join(tmpdir(), "quimbi-readme-"));
  try {
    const main = join(folder, "main.mjs");
    const here = pathToFileURL("build/src/index.js").href;
    await writeFile(main, example.replace("@quimbi/client", here).replace("http://localhost:8080", server.url));
    const { stdout } = await promisify(execFile)(process.execPath, [main]);
    assert.equal(stdout, "arch_premium_deal_hunter low\n");
  } finally {
    await rm(folder, { recursive: true });
    await server.stop();
  }
});
