// What a call through the SDK costs beside the same call by hand, interleaved, on a live server:
// QUIMBI_TEST_URL and QUIMBI_TEST_KEY (a key whose limits are raised), after `npm run build`.
import { QuimbiClient } from "../dist/index.js";

const { QUIMBI_TEST_URL: url, QUIMBI_TEST_KEY: key } = process.env;
const customer = "test_customer_high_ltv";
const quimbi = new QuimbiClient({ baseUrl: url, apiKey: key });

async function byHand() {
  const response = await fetch(`${url}/api/intelligence/analyze`, {
    method: "POST",
    headers: { "X-API-Key": key, "Content-Type": "application/json" },
    body: JSON.stringify({ customer_id: customer, context: {} }),
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

async function millis(call) {
  const start = performance.now();
  await call();
  return performance.now() - start;
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const rounds = Number(process.argv[2] ?? 1000);
const times = { hand: [], sdk: [] };
for (let round = -100; round < rounds; round++) {
  // Which one goes first alternates, so that neither profits from the other's warmth.
  const order = round % 2 ? ["hand", "sdk"] : ["sdk", "hand"];
  for (const who of order) {
    const took = await millis(who === "sdk" ? () => quimbi.analyzeCustomer(customer) : byHand);
    if (round >= 0) times[who].push(took);
  }
}
const [hand, sdk] = [median(times.hand), median(times.sdk)];
console.log(`by hand ${hand.toFixed(3)} ms, SDK ${sdk.toFixed(3)} ms, ratio ${(sdk / hand).toFixed(3)} (medians of ${rounds})`);
