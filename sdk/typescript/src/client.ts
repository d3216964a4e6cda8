import { Accounts } from "./accounts.js";
import * as check from "./arguments.js";
import { Behaviour } from "./behaviour.js";
import { Catalog } from "./catalog.js";
import { AnswerCache, ANALYSIS_MS, PREDICTION_MS } from "./cache.js";
import { type CallOptions, Connection, type ConnectionOptions, type Json, apiKey } from "./connection.js";
import type { ServerEvent } from "./events.js";
import { Generation } from "./generation.js";
import { Insights } from "./insights.js";
import { Jobs } from "./jobs.js";
import { freshKey, query } from "./requests.js";
import { Segments } from "./segments.js";
import type * as t from "./types.js";

export interface QuimbiConfig extends ConnectionOptions {
  /** The tenant's key. Typed so that `process.env.QUIMBI_API_KEY` fits; a missing one is refused. */
  apiKey: string | undefined;
  /** Remember analyses 15 minutes and predictions an hour, until data about the customer is sent. Default off. */
  cache?: boolean;
}

export interface IngestOptions extends CallOptions {
  /** Makes the batch safe to send again. A fresh one by default; retries repeat it. */
  idempotencyKey?: string;
  /** `continue` takes the good rows and reports the bad ones; by default it is all or nothing. */
  onError?: "continue";
}

/** Wire names and values of `GET /api/customers`: `{ "segment.purchase_value": "whale", sort: "-ltv_12mo" }`. */
export type Filter = Record<string, string | number>;

const ANALYSIS = ["customer_id", "archetype", "behavioral_metrics", "predictions", "communication_guidance"];
const CHURN = ["customer_id", "churn_risk_score", "risk_level", "factors", "recommendations"];
const LTV = ["customer_id", "horizon_months", "forecasted_ltv", "confidence_interval", "current_ltv", "incremental_ltv"];
const BENCHMARK = ["industry", "based_on_companies", "avg_ltv", "avg_churn", "ltv_percentiles", "churn_percentiles"];

/** Quimbi for one tenant's key. Make one and keep it. */
export class QuimbiClient {
  /** Contracts, usage, tickets and health of customers. */
  readonly accounts: Accounts;
  /** Archetypes, segments, neighbours, history, campaigns. */
  readonly behaviour: Behaviour;
  /** Products, offers, policies and wording that messages may state. */
  readonly catalog: Catalog;
  /** What became of messages and actions, and the rules that actions come from. */
  readonly generation: Generation;
  /** An overview, revenue to come, the model in force, the part in the benchmarks. */
  readonly insights: Insights;
  /** Exports, imports, refits and scoring that go on beside the requests. */
  readonly jobs: Jobs;
  /** Saved filters of customers. */
  readonly segments: Segments;
  readonly #connection: Connection;
  readonly #cache: AnswerCache | undefined;

  constructor(config: QuimbiConfig) {
    this.#connection = new Connection(config, apiKey(config.apiKey));
    this.accounts = new Accounts(this.#connection);
    this.behaviour = new Behaviour(this.#connection);
    this.catalog = new Catalog(this.#connection);
    this.generation = new Generation(this.#connection);
    this.insights = new Insights(this.#connection);
    this.jobs = new Jobs(this.#connection, () => this.#cache?.forgetAll());
    this.segments = new Segments(this.#connection);
    this.#cache = config.cache ? new AnswerCache() : undefined;
  }

  /** Who a customer is. A context counts for this answer and is not stored. */
  async analyzeCustomer(customerId: string, context?: t.AnalysisContext, options?: CallOptions): Promise<t.CustomerAnalysis> {
    const body = { customer_id: check.id("customerId", customerId), context: check.object("context", context ?? {}) };
    const ask = () => this.#ask<t.CustomerAnalysis>("/api/intelligence/analyze", body, ANALYSIS, options);
    return Object.keys(body.context).length ? ask() : this.#remembered(customerId, "analyze", ANALYSIS_MS, ask);
  }

  async predictChurn(customerId: string, options?: CallOptions): Promise<t.ChurnPrediction> {
    const body = { customer_id: check.id("customerId", customerId) };
    const ask = () => this.#ask<t.ChurnPrediction>("/api/intelligence/predict/churn", body, CHURN, options);
    return this.#remembered(customerId, "churn", PREDICTION_MS, ask);
  }

  /** What the customer will spend within `horizonMonths`, 1 to 60. */
  async predictLtv(customerId: string, horizonMonths = 12, options?: CallOptions): Promise<t.LtvForecast> {
    const body = {
      customer_id: check.id("customerId", customerId),
      horizon_months: check.integer("horizonMonths", 1, 60, horizonMonths),
    };
    const ask = () => this.#ask<t.LtvForecast>("/api/intelligence/predict/ltv", body, LTV, options);
    return this.#remembered(customerId, `ltv/${horizonMonths}`, PREDICTION_MS, ask);
  }

  /** A message for the customer whom a profile (an analysis, for one) describes. Never cached. */
  async generateMessage(customerProfile: t.CustomerProfile, context: t.MessageContext, options?: CallOptions): Promise<t.GeneratedMessage> {
    const body = messageBody(customerProfile, context);
    return this.#ask("/api/generation/message", body, ["message", "tone", "channel", "personalization_applied"], options);
  }

  /** The same as it is written, event by event. */
  streamMessage(customerProfile: t.CustomerProfile, context: t.MessageContext, options?: CallOptions): AsyncGenerator<ServerEvent> {
    const body = messageBody(customerProfile, context);
    return this.#connection.stream({ method: "POST", path: "/api/generation/message/stream", body, repeatable: false }, options);
  }

  /** Next best actions. */
  async recommendActions(
    customerProfile: t.CustomerProfile,
    scenario: t.Scenario | (string & {}),
    context: object = {},
    options?: CallOptions,
  ): Promise<t.RecommendedActions> {
    const body = {
      customer_profile: check.object("customerProfile", customerProfile),
      scenario: check.text("scenario", scenario),
      context: check.object("context", context),
    };
    return this.#ask("/api/generation/actions", body, ["actions"], options);
  }

  async ingestOrders(source: string, orders: t.Order[], options?: IngestOptions): Promise<t.Ingestion> {
    return this.#ingest("orders", source, orders, options, (order, at) => {
      check.id(`${at}.order_id`, order.order_id);
      check.instant(`${at}.order_date`, order.order_date);
      check.amount(`${at}.total_price`, order.total_price);
    });
  }

  async ingestInteractions(source: string, interactions: t.Interaction[], options?: IngestOptions): Promise<t.Ingestion> {
    return this.#ingest("interactions", source, interactions, options, (interaction, at) => {
      check.instant(`${at}.timestamp`, interaction.timestamp);
    });
  }

  /**
   * A page of at most `limit` customers (1 to 1000) in id order, from `next_cursor` of the page before;
   * with a filter those whom it describes, `{ "segment.purchase_value": "whale", sort: "-ltv_12mo" }`.
   */
  async listCustomers(
    limit = 50,
    cursor?: string,
    filter: Filter = {},
    options?: CallOptions,
  ): Promise<t.CustomerPage> {
    const from = cursor === undefined ? "" : `&cursor=${encodeURIComponent(check.text("cursor", cursor))}`;
    return this.#get(`/api/customers?limit=${check.integer("limit", 1, 1000, limit)}${from}${query(filter)}`, ["data", "has_more"], options);
  }

  /** Every customer whom a filter means (see `listCustomers`), one after the other as they come. */
  exportCustomers(filter: Filter = {}, options?: CallOptions): AsyncGenerator<t.ExportedCustomer> {
    const path = `/api/exports/customers?format=ndjson${query(filter)}`;
    return this.#connection.rows({ method: "GET", path, repeatable: false }, options);
  }

  /** The same as pieces of a CSV file with a header line. */
  exportCustomersCsv(filter: Filter = {}, options?: CallOptions): AsyncGenerator<string> {
    const path = `/api/exports/customers?format=csv${query(filter)}`;
    return this.#connection.text({ method: "GET", path, repeatable: false }, "text/csv", options);
  }

  /** The facts stored about a customer. */
  async customer(customerId: string, options?: CallOptions): Promise<Json> {
    const id = check.segment("customerId", check.id("customerId", customerId));
    return this.#get(`/api/customers/${id}`, ["customer_id"], options);
  }

  async benchmarks(industry: string, options?: CallOptions): Promise<t.IndustryBenchmark> {
    const name = check.segment("industry", check.text("industry", industry));
    return this.#get(`/api/insights/benchmarks/${name}`, BENCHMARK, options);
  }

  async myPosition(options?: CallOptions): Promise<t.Position> {
    return this.#get("/api/insights/my-position", ["my_metrics", "industry_benchmarks", "comparison"], options);
  }

  /** How the server is. */
  async status(options?: CallOptions): Promise<t.ServerStatus> {
    return this.#get("/status.json", ["status", "components", "versions"], options);
  }

  /** The copilot's answer to a question, from at most five tools. */
  async plan(message: string, selectedCustomerId?: string, options?: CallOptions): Promise<Json> {
    const about = selectedCustomerId === undefined ? {} : { selectedCustomerId: check.id("selectedCustomerId", selectedCustomerId) };
    return this.#ask("/api/copilot/plan", { message: check.text("message", message), ...about }, ["summary"], options);
  }

  /** A job of the tenant as it stands. */
  async job(jobId: string, options?: CallOptions): Promise<Json> {
    return this.#get(`/api/jobs/${check.segment("jobId", check.text("jobId", jobId))}`, ["status"], options);
  }

  /** The copilot's plan for a question, event by event; the last one is `final`. */
  streamPlan(message: string, selectedCustomerId?: string, options?: CallOptions): AsyncGenerator<ServerEvent> {
    const about = selectedCustomerId === undefined ? "" : `&selectedCustomerId=${encodeURIComponent(check.id("selectedCustomerId", selectedCustomerId))}`;
    const path = `/api/copilot/stream?message=${encodeURIComponent(check.text("message", message))}${about}`;
    return this.#connection.stream({ method: "GET", path, repeatable: false }, options);
  }

  /** Any endpoint, also one that this version has no method for. `path` is encoded, with its query. */
  async request<T extends object = Json>(method: string, path: string, body?: unknown, options?: CallOptions): Promise<T> {
    return this.#connection.send<T>({ method, path, body, repeatable: method === "GET" }, options);
  }

  #ask<T extends object>(path: string, body: object, promised: string[], options?: CallOptions): Promise<T> {
    return this.#connection.send<T>({ method: "POST", path, body, promised, repeatable: true }, options);
  }

  #get<T extends object>(path: string, promised: string[], options?: CallOptions): Promise<T> {
    return this.#connection.send<T>({ method: "GET", path, promised, repeatable: true }, options);
  }

  #remembered<T>(customerId: string, question: string, ttlMs: number, ask: () => Promise<T>): Promise<T> {
    return this.#cache ? this.#cache.get(customerId, question, ttlMs, ask) : ask();
  }

  async #ingest<R extends { customer_id: string }>(
    what: "orders" | "interactions",
    source: string,
    rows: R[],
    options: IngestOptions | undefined,
    checkRow: (row: R, at: string) => void,
  ): Promise<t.Ingestion> {
    check.id("source", source);
    check.rows(what, rows);
    const lenient = options?.onError === "continue";
    const touched = new Set<string>();
    rows.forEach((row, i) => {
      const at = `${what}[${i}]`;
      // Row by row, the server is to report the bad ones; here they would stop the good ones.
      if (!lenient) {
        check.id(`${at}.customer_id`, row.customer_id);
        checkRow(row, at);
      }
      touched.add(row.customer_id);
    });
    const call = {
      method: "POST",
      path: `/api/data/ingest_${what}${lenient ? "?on_error=continue" : ""}`,
      body: { source, [what]: rows },
      headers: { "Idempotency-Key": check.headerValue("idempotencyKey", options?.idempotencyKey ?? freshKey()) },
      repeatable: true,
      promised: ["ingested_count", "status"],
    };
    try {
      const done = await this.#connection.send<t.Ingestion>(call, options);
      done.customer_profiles_updated?.forEach((id) => touched.add(id));
      return done;
    } finally {
      // Also after a failure: the rows may be stored all the same.
      this.#cache?.forget(touched);
    }
  }
}

function messageBody(customerProfile: t.CustomerProfile, context: t.MessageContext): object {
  return {
    customer_profile: check.object("customerProfile", customerProfile),
    context: check.object("context", context),
  };
}
