import * as check from "./arguments.js";
import { type CallOptions, Connection, type ConnectionOptions, type Credentials, type Json } from "./connection.js";
import { ApiError, BadAnswerError } from "./errors.js";
import { canonicalV2, signV1, signV2 } from "./signature.js";

export interface CopilotConfig extends ConnectionOptions {
  /** The client's name, sent as `X-Client`. */
  client: string | undefined;
  /** One of the client's secrets. Keep it on a server, never in a page. */
  secret: string | undefined;
  /** How requests are signed. Default 1. */
  signature?: 1 | 2;
  /** What time a signature states; the server accepts five minutes to either side of its own. */
  now?: () => number;
}

/**
 * The customer-success copilot's signed tools. A tool's own failure (`ok: false`) is an
 * {@link ApiError} with the tool's code, whatever the HTTP status was. Tools only read, so a failed
 * call is tried again, each time with a fresh timestamp.
 */
export class CopilotTools {
  readonly #connection: Connection;

  constructor(config: CopilotConfig) {
    this.#connection = new Connection(config, signed(config));
  }

  /** All tools with the JSON Schemas of what they take and give. */
  async tools(options?: CallOptions): Promise<Json> {
    return this.#connection.send({ method: "GET", path: "/tools", repeatable: true, promised: ["tools"] }, options);
  }

  /** Calls one tool and returns its `data`. */
  async call<T extends object = Json>(tool: string, customerId: string, params: object = {}, options?: CallOptions): Promise<T> {
    const path = `/tool/${check.segment("tool", check.text("tool", tool))}`;
    const body = envelope(customerId, params);
    const answer = await this.#connection.send<{ ok: unknown; data?: unknown; error?: { code: string; message: string } }>(
      { method: "POST", path, body, repeatable: true, promised: ["ok"] },
      options,
    );
    if (answer.ok === true && typeof answer.data === "object" && answer.data !== null) {
      return answer.data as T;
    }
    if (answer.ok === false && answer.error) {
      throw new ApiError(200, answer.error.code, answer.error.message, {}, "");
    }
    throw new BadAnswerError(200, "the answer is not a tool's envelope");
  }

  async customerUsage(customerId: string, periodDays = 30, options?: CallOptions): Promise<Json> {
    return this.call("get_customer_usage", customerId, { periodDays: check.integer("periodDays", 1, 365, periodDays) }, options);
  }

  async recentTickets(customerId: string, options?: CallOptions): Promise<Json> {
    return this.call("get_recent_tickets", customerId, {}, options);
  }

  async contractInfo(customerId: string, options?: CallOptions): Promise<Json> {
    return this.call("get_contract_info", customerId, {}, options);
  }

  async health(customerId: string, options?: CallOptions): Promise<Json> {
    return this.call("calculate_health", customerId, {}, options);
  }

  async email(customerId: string, params: object = {}, options?: CallOptions): Promise<Json> {
    return this.call("generate_email", customerId, params, options);
  }

  async qbrOutline(customerId: string, params: object = {}, options?: CallOptions): Promise<Json> {
    return this.call("generate_qbr_outline", customerId, params, options);
  }

  /** Starts a tool as a job. */
  async start(tool: string, customerId: string, params: object = {}, options?: CallOptions): Promise<{ jobId: string; status: string }> {
    const body = { tool: check.text("tool", tool), ...envelope(customerId, params) };
    return this.#connection.send({ method: "POST", path: "/tool/start", body, repeatable: false, promised: ["jobId", "status"] }, options);
  }

  /** A token that opens the copilot's stream for a browser for five minutes. */
  async planToken(options?: CallOptions): Promise<{ token: string; expiresIn: number }> {
    return this.#connection.send(
      { method: "POST", path: "/api/copilot/token", body: {}, repeatable: true, promised: ["token", "expiresIn"] },
      options,
    );
  }

  /** A job as it stands: `status`, `progress`, and at the end `result`, the tool's own envelope. */
  async status(jobId: string, options?: CallOptions): Promise<Json> {
    const path = `/tool/status/${check.segment("jobId", check.text("jobId", jobId))}`;
    return this.#connection.send({ method: "GET", path, repeatable: true, promised: ["status"] }, options);
  }
}

function envelope(customerId: string, params: object): object {
  return { customerId: check.id("customerId", customerId), params: check.object("params", params) };
}

function signed(config: CopilotConfig): Credentials {
  const client = check.headerValue("client", config.client);
  const secret = check.text("secret", config.secret);
  const now = config.now ?? Date.now;
  return async (method, url, body) => {
    const time = now();
    const headers = { "X-Client": client, "X-Timestamp": String(time) };
    if (config.signature !== 2) {
      return { ...headers, "X-Signature": await signV1(secret, time, client, body) };
    }
    const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
    const { pathname, search } = new URL(url);
    const canonical = await canonicalV2(method, pathname, search.slice(1), client, time, nonce, body);
    return { ...headers, "X-Nonce": nonce, "X-Signature": `v2=${await signV2(secret, canonical)}` };
  };
}
