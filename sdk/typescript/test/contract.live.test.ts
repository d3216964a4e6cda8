// Every operation of the contract against a real server, through its method. The server's own test sets QUIMBI_TEST_URL,
// QUIMBI_TEST_KEY (all scopes), QUIMBI_TEST_ADMIN_KEY, QUIMBI_TEST_INDUSTRY (one with a benchmark, which the key's company
// joined), QUIMBI_TEST_CLIENT and QUIMBI_TEST_SECRET (with the account acme-001), and looks afterwards which operations
// were answered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { CopilotTools, type Job, QuimbiAdmin, QuimbiClient } from "../src/index.js";

const {
  QUIMBI_TEST_URL: baseUrl = "",
  QUIMBI_TEST_KEY: apiKey,
  QUIMBI_TEST_ADMIN_KEY: adminKey,
  QUIMBI_TEST_INDUSTRY: industry = "",
  QUIMBI_TEST_CLIENT: client,
  QUIMBI_TEST_SECRET: secret,
} = process.env;
const skip = adminKey ? false : "QUIMBI_TEST_ADMIN_KEY and its like are not set: no live server to test against";
const quimbi = (): QuimbiClient => new QuimbiClient({ baseUrl, apiKey, cache: true });
const DAY = 86_400_000;
const day = (ago: number): string => new Date(Date.now() - ago * DAY).toISOString().slice(0, 10);
const unique = `ts-${Date.now().toString(36)}`;

async function awaited(ask: () => Promise<Job>): Promise<Job> {
  for (let i = 0; i < 600; i++) {
    const job = await ask();
    if (job.status === "succeeded") {
      return job;
    }
    assert.notEqual(job.status, "failed", JSON.stringify(job));
    await sleep(100);
  }
  return assert.fail("the job did not end within a minute");
}

test("live: customers beside each other and over time", { skip }, async () => {
  const orders = Array.from({ length: 24 }, (_, i) => ({
    customer_id: `${unique}-${i % 6}`,
    order_id: `${unique}-${i}`,
    order_date: new Date(Date.now() - (200 - 30 * Math.floor(i / 6)) * DAY),
    total_price: 20.5 + i,
  }));
  assert.equal((await quimbi().ingestOrders("sdk-test", orders)).ingested_count, 24);
  const told = { customer_id: `${unique}-1`, interaction_type: "support_ticket", timestamp: new Date(), channel: "email" };
  assert.equal((await quimbi().ingestInteractions("sdk-test", [told])).ingested_count, 1);
  assert.equal((await quimbi().listCustomers(3)).data.length, 3);
  const { behaviour } = quimbi();
  assert.ok(await behaviour.analyzeBatch([`${unique}-1`, `${unique}-2`]));
  assert.ok(await behaviour.archetypes("L1"));
  assert.ok(await behaviour.segmentStats());
  assert.ok(await behaviour.quality());
  assert.ok(await behaviour.similar(`${unique}-1`, 2));
  assert.ok(await behaviour.history(`${unique}-1`, { metric: "churn", from: day(9), to: day(0) }));
  assert.ok(await behaviour.campaign("win_back", 3));
});

test("live: an export, an import and scoring as jobs", { skip }, async () => {
  const cached = quimbi();
  const { jobs } = cached;
  const wanted = await jobs.startExport("ndjson", { sort: "-ltv_12mo" });
  assert.equal((await awaited(() => jobs.exportJob(wanted.job_id))).result?.["format"], "ndjson");
  let file = "";
  for await (const piece of jobs.exportFile(wanted.job_id)) {
    file += piece;
  }
  assert.ok(file.split("\n").some((line) => line.includes(`"${unique}-1"`)));

  const customer = `${unique}-csv`;
  const rows = (amount: string) => `customer_id,date,amount,order_id\n${customer},2026-01-05,${amount},${customer}-${amount}\nx,never,1,2\n`;
  const first = await jobs.startImport("sdk-test", rows("19.90"), { idempotencyKey: `${unique}-import` });
  const again = await jobs.startImport("sdk-test", rows("19.90"), { idempotencyKey: `${unique}-import` });
  assert.equal(again.job_id, first.job_id);
  assert.equal((await awaited(() => jobs.importJob(first.job_id))).result?.["rejected_rows"], 1);
  assert.equal((await cached.analyzeCustomer(customer)).behavioral_metrics.lifetime_value, 19.9);
  const more = await jobs.startImport("sdk-test", rows("5.10"));
  await awaited(() => jobs.importJob(more.job_id));
  assert.equal((await cached.analyzeCustomer(customer)).behavioral_metrics.lifetime_value, 25, "a cache that forgot nothing");

  const scoring = await jobs.start("score");
  assert.equal((await cached.job(scoring.job_id))["kind"], "score");
});

test("live: the own company, and beside others", { skip }, async () => {
  const { insights } = quimbi();
  assert.equal((await insights.overview(90)).period.days, 90);
  assert.ok((await insights.benchmarkLedger(industry)).entries.some((entry) => entry.outcome === "released"));
  assert.equal((await quimbi().benchmarks(industry)).industry, industry);
  assert.ok((await quimbi().myPosition()).my_metrics.ltv > 0);
  assert.equal((await insights.contribution()).opted_in, true);
  assert.equal((await insights.putContribution(false)).opted_in, false);
});

test("live: accounts and their health", { skip }, async () => {
  const { accounts } = quimbi();
  const id = `${unique}-account`;
  await accounts.put(id, { name: "Nine", renewal_date: "2030-01-01", arr: 10 });
  await accounts.putUsage(id, [{ date: day(1), active_users: 7 }, { date: day(2), active_users: 9 }]);
  await accounts.putTickets(id, [{ id: "T-1", severity: "low", status: "open", opened_at: new Date(Date.now() - 3 * DAY) }]);
  assert.equal((await accounts.get(id))["name"], "Nine");
  assert.equal((await accounts.health(id)).customer_id, id);
  assert.equal((await accounts.health(id, { from: day(9), to: day(0) })).from, day(9));
  assert.equal((await accounts.healthBacktest(60)).horizon_days, 60);
  await accounts.putHealthConfig({ usage: 0.5, tickets: 0.25, renewal: 0.25 }, true);
  assert.ok((await accounts.healthConfig())["weights"]);
  await accounts.delete(id);
});

test("live: the copilot's tools and plans, and a message as it is written", { skip }, async () => {
  for (const signature of [1, 2] as const) {
    const tools = new CopilotTools({ baseUrl, client, secret, signature });
    assert.equal(((await tools.tools())["tools"] as unknown[]).length, 6);
    assert.equal(typeof (await tools.health("acme-001"))["score"], "number");
    const { jobId } = await tools.start("calculate_health", "acme-001");
    assert.ok((await tools.status(jobId))["status"]);
    assert.ok((await tools.planToken()).token);
  }
  assert.ok((await quimbi().plan("How is Acme?", "acme-001"))["summary"]);
  const events = [];
  for await (const event of quimbi().streamPlan("How is Acme?", "acme-001")) {
    events.push(event.event);
  }
  assert.equal(events.at(-1), "final");
  const pieces = [];
  for await (const event of quimbi().streamMessage({}, { goal: "upsell" })) {
    pieces.push(event);
  }
  assert.ok(pieces.length > 0);
});

test("live: the administrator", { skip }, async () => {
  const admin = new QuimbiAdmin({ baseUrl, apiKey: adminKey });
  await admin.createTenant({ tenant_id: unique, name: "TypeScript", time_zone: "UTC", currency: "USD", industry: "retail" });
  assert.equal((await admin.tenant(unique))["tenant_id"], unique);
  assert.ok((await admin.tenants())["data"]);
  const { key_id } = await admin.createKey(unique, { scopes: ["data:write"] });
  assert.equal(((await admin.keys(unique))["data"] as unknown[]).length, 1);
  await admin.revokeKey(key_id);
  await admin.setRates(unique, [{ currency: "EUR", day: "2026-01-02", rate: 1.08 }]);
  assert.match(JSON.stringify(await admin.rates(unique)), /1\.08/);
  assert.ok((await admin.refit(unique))["status"]);
  const { job_id } = await admin.startRefit(unique);
  assert.equal((await awaited(() => admin.tenantJob(unique, job_id))).kind, "refit");
  await admin.setLanguageModel(unique, { provider: "none" });
  assert.equal((await admin.languageModel(unique)).set_by, "tenant");
  assert.equal((await admin.deleteLanguageModel(unique)).set_by, "server");
  assert.equal((await admin.setTenantContribution(unique, { owner_group: "Holding", approved: true })).owner_group, "Holding");
  assert.equal((await admin.tenantContribution(unique)).approved, true);
  assert.equal((await admin.setBenchmarkRates({ XTS: 1.25 })).rates["XTS"], 1.25);
  assert.equal((await admin.benchmarkRates()).rates["XTS"], 1.25);
  await admin.deleteTenant(unique);
});
