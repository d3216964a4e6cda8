import * as check from "./arguments.js";
import type { CallOptions, Connection, Json } from "./connection.js";
import type { More } from "./types.js";

const LEVELS = ["L1", "L2", "L3"] as const;
type Level = (typeof LEVELS)[number];

export interface ArchetypeMigration extends More {
  level: string;
  from: string;
  to: string;
  /** The largest moves first; who stayed has the same archetype twice. */
  data: { from: string; to: string; customers: number }[];
  /** Known at the end only. */
  arrived: number;
  /** Known at the beginning only. */
  left: number;
}

/** Customers beside each other and over time: archetypes, segments, neighbours, history, campaigns. */
export class Behaviour {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Analyses of up to 1000 stored customers at once, each answered for itself. */
  async analyzeBatch(customerIds: string[], options?: CallOptions): Promise<Json> {
    check.integer("customerIds.length", 1, 1000, Array.isArray(customerIds) ? customerIds.length : undefined);
    const customer_ids = customerIds.map((id, i) => check.id(`customerIds[${i}]`, id));
    return this.#ask("/api/intelligence/analyze/batch", { customer_ids }, options);
  }

  /** What kinds of customers there are. */
  async archetypes(level: Level = "L2", options?: CallOptions): Promise<Json> {
    return this.#get(`/api/intelligence/archetypes?level=${check.oneOf("level", LEVELS, level)}`, options);
  }

  /** How customers moved between archetypes; `from` and `to` are days, YYYY-MM-DD, the last 30 by default. */
  async migration(
    level: Level = "L2",
    days: { from?: string; to?: string } = {},
    options?: CallOptions,
  ): Promise<ArchetypeMigration> {
    const query = check.period(days, { level: check.oneOf("level", LEVELS, level) });
    const path = `/api/intelligence/archetypes/migration${query}`;
    return this.#connection.send({ method: "GET", path, repeatable: true, promised: ["data", "arrived", "left"] }, options);
  }

  /** How many customers each segment has, and what they are like. */
  async segmentStats(options?: CallOptions): Promise<Json> {
    return this.#get("/api/intelligence/segments/stats", options);
  }

  /** How far the segments can be relied on. */
  async quality(options?: CallOptions): Promise<Json> {
    return this.#get("/api/insights/segmentation", options);
  }

  /** The customers most like one. */
  async similar(customerId: string, limit = 10, options?: CallOptions): Promise<Json> {
    return this.#get(`${path(customerId)}/similar?limit=${check.integer("limit", 1, 100, limit)}`, options);
  }

  /** How the answers about a customer changed; `from` and `to` are days, YYYY-MM-DD. */
  async history(
    customerId: string,
    { metric = "all", ...days }: { metric?: "all" | "churn" | "ltv" | "segments"; from?: string; to?: string } = {},
    options?: CallOptions,
  ): Promise<Json> {
    check.oneOf("metric", ["all", "churn", "ltv", "segments"], metric);
    return this.#get(`${path(customerId)}/history${check.period(days, { metric })}`, options);
  }

  /** Whom to address for a goal, best first, with the reason. */
  async campaign(goal: "retention" | "growth" | "win_back", limit = 20, options?: CallOptions): Promise<Json> {
    const body = { goal: check.oneOf("goal", ["retention", "growth", "win_back"], goal), limit: check.integer("limit", 1, 1000, limit) };
    return this.#ask("/api/intelligence/campaigns/recommend", body, options);
  }

  #get(path: string, options?: CallOptions): Promise<Json> {
    return this.#connection.send({ method: "GET", path, repeatable: true }, options);
  }

  #ask(path: string, body: object, options?: CallOptions): Promise<Json> {
    return this.#connection.send({ method: "POST", path, body, repeatable: true }, options);
  }
}

function path(customerId: string): string {
  return `/api/customers/${check.segment("customerId", check.id("customerId", customerId))}`;
}
