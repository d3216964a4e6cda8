import * as check from "./arguments.js";
import type { CallOptions, Connection } from "./connection.js";
import type { More } from "./types.js";

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
