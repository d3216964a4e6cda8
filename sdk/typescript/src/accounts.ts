import * as check from "./arguments.js";
import type { CallOptions, Connection, Json } from "./connection.js";
import { InvalidArgumentError } from "./errors.js";

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
    return this.#send("POST", `${path(customerId)}/usage`, { days: rows("days", days) }, options);
  }

  /** A ticket told again under the same id replaces the earlier one. */
  async putTickets(customerId: string, tickets: Ticket[], options?: CallOptions): Promise<Json> {
    rows("tickets", tickets).forEach((ticket, i) => check.instant(`tickets[${i}].opened_at`, ticket.opened_at));
    return this.#send("POST", `${path(customerId)}/tickets`, { tickets }, options);
  }

  async healthConfig(options?: CallOptions): Promise<Json> {
    return this.#send("GET", "/api/copilot/health-config", undefined, options);
  }

  /** Weighs health differently, or with `preview` only tells what would change. */
  async putHealthConfig(weights: HealthWeights, preview = false, options?: CallOptions): Promise<Json> {
    check.object("weights", weights);
    return this.#send("PUT", `/api/copilot/health-config${preview ? "?preview=true" : ""}`, { weights }, options);
  }

  #send(method: string, path: string, body: object | undefined, options?: CallOptions): Promise<Json> {
    return this.#connection.send({ method, path, body, repeatable: true }, options);
  }
}

function path(customerId: string): string {
  return `/api/accounts/${check.segment("customerId", check.id("customerId", customerId))}`;
}

function rows<R>(field: string, values: R[]): R[] {
  if (!Array.isArray(values) || !values.length) {
    throw new InvalidArgumentError(field, "must be an array that is not empty");
  }
  return values;
}
