import * as check from "./arguments.js";
import { type CallOptions, Connection, type ConnectionOptions, type Json, apiKey } from "./connection.js";
import type { Contribution } from "./insights.js";
import type { Job } from "./jobs.js";

export interface AdminConfig extends ConnectionOptions {
  /** The administrator's key. */
  apiKey: string | undefined;
}

export interface NewTenant {
  tenant_id: string;
  name: string;
  industry?: string;
  /** An IANA name. */
  time_zone?: string;
  /** ISO 4217. */
  currency?: string;
}

export interface NewKey {
  scopes: string[];
  mode?: "live" | "test";
  limits?: { per_minute: number; per_hour: number };
  expires_at?: string;
}

/** Which language model phrases a tenant's messages. Prices are money for a million tokens. */
export interface LanguageModel {
  provider: "none" | "anthropic" | "openai" | "ollama";
  model?: string;
  base_url?: string;
  api_key?: string;
  input_price?: number;
  output_price?: number;
}

/** What is in force; the key is never told. */
export interface LanguageModelSetting extends Omit<LanguageModel, "api_key"> {
  /** `server` where nothing was set for the tenant. */
  set_by: "server" | "tenant";
  has_api_key?: boolean;
}

/** What one unit of `currency` is worth in the tenant's own on a day. */
export interface Rate {
  currency: string;
  /** YYYY-MM-DD */
  day: string;
  rate: number;
}

/** Who owns a tenant legally. */
export interface Owner {
  owner_group: string;
  approved: boolean;
  /** What the tenant is compared with from now on. */
  industry?: string;
}

/** What one unit of each currency is worth in `currency`, in which benchmarks are told. */
export interface BenchmarkRates {
  currency: string;
  rates: Record<string, number>;
}

const BENCHMARK_RATES = "/api/admin/benchmarks/rates";
const TENANTS = "/api/admin/tenants";

/**
 * The administrator's side. What creates something is sent once, never repeated by the client after
 * a failure that may have left it done.
 */
export class QuimbiAdmin {
  readonly #connection: Connection;

  constructor(config: AdminConfig) {
    this.#connection = new Connection(config, apiKey(config.apiKey));
  }

  async createTenant(tenant: NewTenant, options?: CallOptions): Promise<Json> {
    check.object("tenant", tenant);
    check.text("tenant.tenant_id", tenant.tenant_id);
    check.text("tenant.name", tenant.name);
    return this.request("POST", TENANTS, tenant, options);
  }

  async tenants(options?: CallOptions): Promise<Json> {
    return this.request("GET", TENANTS, undefined, options);
  }

  async tenant(tenantId: string, options?: CallOptions): Promise<Json> {
    return this.request("GET", tenantPath(tenantId), undefined, options);
  }

  async deleteTenant(tenantId: string, options?: CallOptions): Promise<Json> {
    return this.request("DELETE", tenantPath(tenantId), undefined, options);
  }

  /** The answer's `key` is shown this once and never again. */
  async createKey(tenantId: string, wanted: NewKey, options?: CallOptions): Promise<{ key: string; key_id: string }> {
    return this.request("POST", `${tenantPath(tenantId)}/keys`, check.object("wanted", wanted), options);
  }

  async keys(tenantId: string, options?: CallOptions): Promise<Json> {
    return this.request("GET", `${tenantPath(tenantId)}/keys`, undefined, options);
  }

  async revokeKey(keyId: string, options?: CallOptions): Promise<Json> {
    return this.request("DELETE", `/api/admin/keys/${check.segment("keyId", check.text("keyId", keyId))}`, undefined, options);
  }

  async rates(tenantId: string, options?: CallOptions): Promise<Json> {
    return this.request("GET", `${tenantPath(tenantId)}/rates`, undefined, options);
  }

  async setRates(tenantId: string, rates: Rate[], options?: CallOptions): Promise<Json> {
    check.array("rates", rates).forEach((rate, i) => check.positive(`rates[${i}].rate`, rate.rate));
    return this.request("PUT", `${tenantPath(tenantId)}/rates`, { rates }, options);
  }

  /** Fits the tenant's model anew. */
  async refit(tenantId: string, options?: CallOptions): Promise<Json> {
    return this.request("POST", `${tenantPath(tenantId)}/refit`, {}, options);
  }

  /** The same as a job, beside the requests; `tenantJob` tells how far it is. */
  async startRefit(tenantId: string, options?: CallOptions): Promise<Job> {
    return this.request("POST", `${tenantPath(tenantId)}/refit?async=true`, {}, options);
  }

  async tenantJob(tenantId: string, jobId: string, options?: CallOptions): Promise<Job> {
    return this.request("GET", `${tenantPath(tenantId)}/jobs/${check.segment("jobId", check.text("jobId", jobId))}`, undefined, options);
  }

  /** A tenant's part in the benchmarks of its industry. */
  async tenantContribution(tenantId: string, options?: CallOptions): Promise<Contribution> {
    return this.request("GET", `${tenantPath(tenantId)}/contribution`, undefined, options);
  }

  /** Says who owns a tenant, and whether it was looked into: companies of one owner have one vote together. */
  async setTenantContribution(tenantId: string, owner: Owner, options?: CallOptions): Promise<Contribution> {
    check.object("owner", owner);
    check.text("owner.owner_group", owner.owner_group);
    check.flag("owner.approved", owner.approved);
    return this.request("PUT", `${tenantPath(tenantId)}/contribution`, owner, options);
  }

  async benchmarkRates(options?: CallOptions): Promise<BenchmarkRates> {
    return this.request("GET", BENCHMARK_RATES, undefined, options);
  }

  /** Sets rates by currency, from the next contributions on; those of other currencies stay. */
  async setBenchmarkRates(rates: Record<string, number>, options?: CallOptions): Promise<BenchmarkRates> {
    Object.entries(check.object("rates", rates)).forEach(([currency, rate]) => check.positive(`rates.${currency}`, rate));
    return this.request("PUT", BENCHMARK_RATES, { rates }, options);
  }

  async languageModel(tenantId: string, options?: CallOptions): Promise<LanguageModelSetting> {
    return this.request("GET", `${tenantPath(tenantId)}/language_model`, undefined, options);
  }

  async setLanguageModel(tenantId: string, wanted: LanguageModel, options?: CallOptions): Promise<LanguageModelSetting> {
    check.object("wanted", wanted);
    check.oneOf("wanted.provider", ["none", "anthropic", "openai", "ollama"], wanted.provider);
    return this.request("PUT", `${tenantPath(tenantId)}/language_model`, wanted, options);
  }

  /** Goes back to the server's own language model. */
  async deleteLanguageModel(tenantId: string, options?: CallOptions): Promise<LanguageModelSetting> {
    return this.request("DELETE", `${tenantPath(tenantId)}/language_model`, undefined, options);
  }

  /** Any endpoint of the administrator's. */
  async request<T extends object = Json>(method: string, path: string, body?: unknown, options?: CallOptions): Promise<T> {
    return this.#connection.send<T>({ method, path, body, repeatable: method !== "POST" }, options);
  }
}

function tenantPath(tenantId: string): string {
  return `${TENANTS}/${check.segment("tenantId", check.text("tenantId", tenantId))}`;
}
