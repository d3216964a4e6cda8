import * as check from "./arguments.js";
import type { CallOptions, Connection } from "./connection.js";
import type { More, Percentiles } from "./types.js";

export interface RevenueForecast extends More {
  horizon_months: number;
  customers: number;
  expected_revenue: number;
  confidence_interval: { lower: number; upper: number; confidence_level: number };
  /** False where the horizon is longer than the data can check. */
  calibrated: boolean;
  currency: string;
}

export interface ModelReport extends More {
  status: "fitted" | "shipped";
  model_version: string;
  customers: number;
  repeat_customers: number;
  churn_horizon_days: number;
}

export interface ScoringProgress extends More {
  state: "current" | "running" | "waiting";
  customers: number;
  scored: number;
}

/** The own customers at a glance. */
export interface Overview extends More {
  period: { days: number; from: string; to: string };
  /** `active` ordered in the period, `new` for the first time. */
  customers: { total: number; with_orders: number; active: number; new: number };
  revenue: { total: number; period: number; orders: number };
  churn: {
    average: number;
    levels: { low: number; medium: number; high: number };
    percentiles: Partial<Percentiles>;
    distribution: { from: number; to: number; customers: number }[];
  };
  ltv: { total: number; average: number; percentiles: Partial<Percentiles> };
  archetypes: { archetype_id: string; customers: number; share: number; avg_churn_risk: number; median_ltv_12mo: number }[];
  /** `change` is absent where there was nothing before. */
  trend: Record<"revenue" | "orders" | "active_customers" | "new_customers", { now: number; before: number; change?: number }>;
  currency: string;
  scored_on: string;
  model_version: string;
}

/** What an industry's releases have cost its companies in privacy, the newest month first. */
export interface BenchmarkLedger extends More {
  industry: string;
  yearly_cap: number;
  spent_last_12_months: number;
  customer_epsilon_per_month: number;
  entries: {
    month: string;
    outcome: "released" | "unchanged" | "withheld";
    figures_of?: string;
    reason?: "too_few_companies" | "too_few_changes" | "one_company_stands_out" | "budget_spent";
    method?: string;
    based_on_companies?: number;
    epsilon: number;
    made_at: string;
  }[];
}

/** A company's part in the benchmarks of its industry. */
export interface Contribution extends More {
  opted_in: boolean;
  status: "off" | "incomplete" | "contributing";
  industry?: string;
  owner_group?: string;
  approved: boolean;
  requirements: Record<"customers_with_orders" | "days_since_first_order", { required: number; have: number }>;
  /** What keeps the company from counting, in words. */
  missing: string[];
  shares: string[];
  customer_epsilon_per_month: number;
  changed_at?: string;
  last_contribution?: string;
}

const CONTRIBUTION = "/api/insights/contribution";

/** How all customers do together, and how far the answers can be relied on. */
export class Insights {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** What today's customers will spend together within `horizonMonths`, 1 to 60. */
  async revenueForecast(horizonMonths = 12, options?: CallOptions): Promise<RevenueForecast> {
    const months = check.integer("horizonMonths", 1, 60, horizonMonths);
    return this.#get(`/api/insights/forecast?horizon_months=${months}`, ["expected_revenue", "confidence_interval"], options);
  }

  /** The own customers at a glance; `days` (1 to 365) is how long the period is that ends today. */
  async overview(days = 30, options?: CallOptions): Promise<Overview> {
    const path = `/api/insights/overview?days=${check.integer("days", 1, 365, days)}`;
    return this.#get(path, ["customers", "revenue", "churn", "ltv", "archetypes"], options);
  }

  /** What the releases of an industry's benchmark have cost its companies in privacy. */
  async benchmarkLedger(industry: string, options?: CallOptions): Promise<BenchmarkLedger> {
    const name = check.segment("industry", check.text("industry", industry));
    return this.#get(`/api/insights/benchmarks/${name}/ledger`, ["industry", "entries"], options);
  }

  /** Whether the company shares its figures, and what is missing. */
  async contribution(options?: CallOptions): Promise<Contribution> {
    return this.#get(CONTRIBUTION, ["opted_in", "status"], options);
  }

  /** Shares the company's figures from the next release on, or stops and deletes what was given. */
  async putContribution(optedIn: boolean, options?: CallOptions): Promise<Contribution> {
    const body = { opted_in: check.flag("optedIn", optedIn) };
    const call = { method: "PUT", path: CONTRIBUTION, body, repeatable: true, promised: ["opted_in", "status"] };
    return this.#connection.send(call, options);
  }

  /** The model in force, and how well it foretells. */
  async modelReport(options?: CallOptions): Promise<ModelReport> {
    return this.#get("/api/insights/model", ["status", "model_version"], options);
  }

  /** How far the scores behind lists and exports are. */
  async scoringProgress(options?: CallOptions): Promise<ScoringProgress> {
    return this.#get("/api/insights/scoring", ["state", "customers", "scored"], options);
  }

  #get<T extends object>(path: string, promised: string[], options?: CallOptions): Promise<T> {
    return this.#connection.send<T>({ method: "GET", path, promised, repeatable: true }, options);
  }
}
