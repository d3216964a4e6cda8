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
