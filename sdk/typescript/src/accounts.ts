import * as check from "./arguments.js";
import type { CallOptions, Connection, Json } from "./connection.js";
import type { More, RiskLevel } from "./types.js";

/** What is left out is unknown from then on. */
export interface Account {
  name: string;
  /** A day, or a time with or without an offset. */
  renewal_date?: string;
  /** Annual recurring revenue. */
  arr?: number;
  /** Decides which copilot clients see the account. */
  owner?: string;
}

export interface UsageDay {
  /** YYYY-MM-DD */
  date: string;
  active_users: number;
}

export interface Ticket {
  id: string;
  severity: "low" | "medium" | "high";
  status: "open" | "closed";
  opened_at: string | Date;
  closed_at?: string | Date;
  subject?: string;
}

/** How much each weighs in an account's health; they sum to 1. */
export interface HealthWeights {
  usage: number;
  tickets: number;
  renewal: number;
}

/** How an account's health went, the oldest day first; each day holds until the next. */
export interface AccountHealth extends More {
  customer_id: string;
  from: string;
  to: string;
  days: {
    day: string;
    score: number;
    risk_level: RiskLevel;
    signals: string[];
    open_tickets: number;
    days_to_renewal: number;
    weights_version: number;
    /** `said` on that day, or `recomputed` with today's weights. */
    source: "said" | "recomputed";
  }[];
}

/** The health score held against what happened later. */
export interface HealthBacktest extends More {
  horizon_days: number;
  weights_version: number;
  accounts: number;
  cases: number;
  went_badly: number;
  outcomes: Record<"renewal_lapsed" | "usage_collapsed" | "orders_stopped" | "kept" | "unknown", number>;
  by_risk_level: { risk_level: RiskLevel; cases: number; went_badly: number; share?: number; lower?: number; upper?: number }[];
  auc?: number;
  /** Without it the numbers prove nothing. */
  enough: boolean;
  reading: string;
}

const HEALTH = "/api/copilot/health-config";

/**
 * What customer success knows of customers: contracts, usage and tickets, and how their health is
 * weighed. The signed tools answer from it. Everything here ends in the same state however often it
 * is sent.
 */
export class Accounts {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Replaces all that is known of the account. */
  async put(customerId: string, account: Account, options?: CallOptions): Promise<Json> {
    check.object("account", account);
    check.text("account.name", account.name);
    return this.#send("PUT", path(customerId), account, options);
  }

  async get(customerId: string, options?: CallOptions): Promise<Json> {
    return this.#send("GET", path(customerId), undefined, options);
  }

  async delete(customerId: string, options?: CallOptions): Promise<Json> {
    return this.#send("DELETE", path(customerId), undefined, options);
  }

  /** A day told again replaces what was told of it. */
  async putUsage(customerId: string, days: UsageDay[], options?: CallOptions): Promise<Json> {
    return this.#send("POST", `${path(customerId)}/usage`, { days: check.rows("days", days) }, options);
  }

  /** A ticket told again under the same id replaces the earlier one. */
  async putTickets(customerId: string, tickets: Ticket[], options?: CallOptions): Promise<Json> {
    check.rows("tickets", tickets).forEach((ticket, i) => check.instant(`tickets[${i}].opened_at`, ticket.opened_at));
    return this.#send("POST", `${path(customerId)}/tickets`, { tickets }, options);
  }

  /** How the account's health went; `from` and `to` are days, YYYY-MM-DD, the year until today by default. */
  async health(customerId: string, days: { from?: string; to?: string } = {}, options?: CallOptions): Promise<AccountHealth> {
    const call = { method: "GET", path: `${path(customerId)}/health${check.period(days)}`, repeatable: true, promised: ["days"] };
    return this.#connection.send(call, options);
  }

  /** The health score held against what happened within `horizonDays` (30 to 365) of it. */
  async healthBacktest(horizonDays = 90, options?: CallOptions): Promise<HealthBacktest> {
    const horizon = check.integer("horizonDays", 30, 365, horizonDays);
    const call = { method: "GET", path: `${HEALTH}/backtest?horizon_days=${horizon}`, repeatable: true, promised: ["cases", "by_risk_level"] };
    return this.#connection.send(call, options);
  }

  async healthConfig(options?: CallOptions): Promise<Json> {
    return this.#send("GET", HEALTH, undefined, options);
  }

  /** Weighs health differently, or with `preview` only tells what would change. */
  async putHealthConfig(weights: HealthWeights, preview = false, options?: CallOptions): Promise<Json> {
    check.object("weights", weights);
    return this.#send("PUT", `${HEALTH}${preview ? "?preview=true" : ""}`, { weights }, options);
  }

  #send(method: string, path: string, body: object | undefined, options?: CallOptions): Promise<Json> {
    return this.#connection.send({ method, path, body, repeatable: true }, options);
  }
}

function path(customerId: string): string {
  return `/api/accounts/${check.segment("customerId", check.id("customerId", customerId))}`;
}
