import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { QuimbiClient } from "../src/index.js";
import type { ServerEvent } from "../src/index.js";
import { parseEvents } from "../src/events.js";
import { FaultyServer } from "./faulty-server.js";

const TEXT = ': hello\n\nevent: plan\r\ndata: {"steps":[1,\ndata: 2]}\r\n\r\ndata: plain ✂ text\r\rid: 7\nevent: empty\n\nevent: final\ndata:{}\n\ndata: cut';
const EXPECTED = [
  { event: "plan", data: { steps: [1, 2] } },
  { event: "message", data: "plain ✂ text" },
  { event: "final", data: {} },
];

async function collect(events: AsyncGenerator<ServerEvent>): Promise<ServerEvent[]> {
  const all = [];
  for await (const event of events) {
    all.push(event);
  }
  return all;
}

test("events are the same wherever the bytes are cut", async () => {
  const bytes = new TextEncoder().encode(TEXT);
  for (let size = 1; size <= bytes.length; size++) {
    let at = 0;
    const read = async () => {
      const value = bytes.subarray(at, (at += size));
      return value.length ? { done: false, value } : { done: true };
    };
    assert.deepEqual(await collect(parseEvents(read)), EXPECTED, `pieces of ${size}`);
  }
});

let server: FaultyServer;

beforeEach(async () => {
  server = await FaultyServer.start();
});
afterEach(() => server.stop());

const client = (timeoutMs = 5000) => new QuimbiClient({ baseUrl: server.url, apiKey: "k", timeoutMs });
const HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

test("a plan comes event by event", async () => {
  server.writes(HEAD + TEXT);
  assert.deepEqual(await collect(client().streamPlan("How is Acme?", "acme-001")), EXPECTED);
  assert.equal(server.requests[0]?.target, "/api/copilot/stream?message=How%20is%20Acme%3F&selectedCustomerId=acme-001");
});

test("a stream that falls silent ends at the deadline, after what came", async () => {
  server.writesAndHangs(HEAD + "event: plan\ndata: {}\n\n");
  const events = client(300).streamMessage({}, { goal: "upsell" });
  assert.equal((await events.next()).value?.event, "plan");
  await assert.rejects(events.next(), { name: "DeadlineError" });
});

test("a refused stream is a typed failure", async () => {
  server.answers(403, '{"error":{"code":"INSUFFICIENT_PERMISSIONS","message":"no"}}').answers(200, "{}");
  await assert.rejects(client().streamPlan("x").next(), { name: "ApiError", code: "INSUFFICIENT_PERMISSIONS" });
  await assert.rejects(client().streamPlan("x").next(), { name: "BadAnswerError" });
});

test("a reader who leaves ends the stream", async () => {
  server.writesAndHangs(HEAD + "data: 1\n\n");
  for await (const event of client().streamPlan("x")) {
    assert.equal(event.data, 1);
    break;
  }
});

const ROWS = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
const exported = async (timeoutMs = 5000) => {
  const ids = [];
  for await (const row of client(timeoutMs).exportCustomers({ sort: "-ltv_12mo" })) {
    ids.push(row.customer_id);
  }
  return ids;
};

test("an export comes row by row", async () => {
  server.writes(ROWS + '16\r\n{"customer_id":"a"}\n{"\r\n13\r\ncustomer_id":"ü"}\n\r\n0\r\n\r\n');
  assert.deepEqual(await exported(), ["a", "ü"]);
  assert.equal(server.requests[0]?.target, "/api/exports/customers?format=ndjson&sort=-ltv_12mo");
});

test("an export that is cut off, hangs or is no export is a typed failure", async () => {
  server.writes(ROWS + '16\r\n{"customer_id":"a"}\n');
  await assert.rejects(exported(), { name: "TransportError" });
  server.writesAndHangs(ROWS + '16\r\n{"customer_id":"a"}\n');
  await assert.rejects(exported(300), { name: "DeadlineError" });
  server.writes("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>");
  await assert.rejects(exported(), { name: "BadAnswerError" });
  server.writes(ROWS + '5\r\n{"cu\n\r\n0\r\n\r\n');
  await assert.rejects(exported(), { name: "BadAnswerError" });
  server.answers(422, '{"error":{"code":"VALIDATION_ERROR","message":"no"}}');
  await assert.rejects(exported(), { name: "ApiError", code: "VALIDATION_ERROR" });
});

test("a CSV export comes as it was sent", async () => {
  const csv = 'customer_id,ltv\r\n"a\nb",1.00\r\n';
  server.writes(`HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\n${csv}`);
  let text = "";
  for await (const piece of client().exportCustomersCsv()) {
    text += piece;
  }
  assert.equal(text, csv);
});
