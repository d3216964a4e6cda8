import * as check from "./arguments.js";
import { type CallOptions, Connection, type ConnectionOptions, type Json, apiKey } from "./connection.js";

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
    rates.forEach((rate, i) => check.amount(`rates[${i}].rate`, rate.rate));
    return this.request("PUT", `${tenantPath(tenantId)}/rates`, { rates }, options);
  }

  /** Fits the tenant's model anew. */
  async refit(tenantId: string, options?: CallOptions): Promise<Json> {
    return this.request("POST", `${tenantPath(tenantId)}/refit`, {}, options);
  }

  async languageModel(tenantId: string, options?: CallOptions): Promise<LanguageModelSetting> {
    return this.request("GET", `${tenantPath(tenantId)}/language_model`, undefined, options);
  }

  async setLanguageModel(tenantId: string, wanted: LanguageModel, options?: CallOptions): Promise<LanguageModelSetting> {
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
