import * as check from "./arguments.js";
import { ApiError, BadAnswerError, DeadlineError, InvalidArgumentError, QuimbiError, TransportError } from "./errors.js";
import { type ServerEvent, parseEvents } from "./events.js";
import { type Retry, pause } from "./retry.js";

export interface ConnectionOptions {
  /** The server's address, for example `https://platform.quimbi.ai`. */
  baseUrl: string;
  /** For a whole call: attempts, the pauses between them, and bodies. Default 30 000. */
  timeoutMs?: number;
  /** Attempts after the first, 0 to 20. Default 2. */
  retries?: number;
  /** The pause before the second attempt, doubled before each further one. Default 1000. */
  backoffMs?: number;
  /** Another `fetch` than the platform's. */
  fetch?: typeof fetch;
}

export interface CallOptions {
  /** Gives up when it aborts; the call then rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface Call {
  method: string;
  /** Encoded already, beginning with a slash. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Whether it may be sent again after a failure that may have left it carried out. */
  repeatable: boolean;
  /** Top-level members that the contract promises of the answer. */
  promised?: readonly string[];
}

export type Json = Record<string, unknown>;

/** How a request proves who sends it. Asked again for every attempt, since a signature ages. */
export type Credentials = (method: string, url: string, body: string) => Promise<Record<string, string>>;

export const apiKey = (key: string | undefined): Credentials => {
  const headers = { "X-API-Key": check.headerValue("apiKey", key) };
  return async () => headers;
};

/**
 * Sends calls: one deadline over all attempts, retries where they are safe, every failure a
 * QuimbiError. Time is `performance.now()`, so changing the machine's clock changes nothing.
 */
export class Connection {
  readonly #base: string;
  readonly #credentials: Credentials;
  readonly #timeoutMs: number;
  readonly #retry: Retry;
  readonly #fetch: typeof fetch;

  constructor(options: ConnectionOptions, credentials: Credentials) {
    this.#base = check.baseUrl(options.baseUrl);
    this.#credentials = credentials;
    // Timers hold 31 bits; longer ones would fire at once.
    this.#timeoutMs = check.integer("timeoutMs", 1, 2 ** 31 - 1, options.timeoutMs ?? 30_000);
    this.#retry = {
      retries: check.integer("retries", 0, 20, options.retries ?? 2),
      backoffMs: check.integer("backoffMs", 1, 600_000, options.backoffMs ?? 1000),
    };
    // Called as a plain function: browsers refuse a fetch whose `this` is not the window.
    const platform = options.fetch ?? fetch;
    this.#fetch = (input, init) => platform(input, init);
  }

  async send<T extends object = Json>(call: Call, options?: CallOptions): Promise<T> {
    const body = written(call);
    const end = performance.now() + this.#timeoutMs;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#within(call, end - performance.now(), options?.signal, async (signal) => {
          const response = await this.#exchange(call, body, signal);
          return answer<T>(call, response, await response.text());
        });
      } catch (problem) {
        const wait = pause(this.#retry, attempt, call.repeatable, problem, Math.random());
        if (wait === undefined || performance.now() + wait >= end) {
          throw problem;
        }
        await sleep(wait, options?.signal);
      }
    }
  }

  /** Server-sent events, never retried. The timeout is for each wait: the answer's start, then every piece. */
  async *stream(call: Call, options?: CallOptions): AsyncGenerator<ServerEvent> {
    yield* this.#pieces(call, "text/event-stream", options, parseEvents);
  }

  /** The JSON objects of an answer that has one a line; waits as {@link stream}. */
  async *rows<T extends object>(call: Call, options?: CallOptions): AsyncGenerator<T> {
    let rest = "";
    for await (const piece of this.text(call, "application/x-ndjson", options)) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        yield row<T>(line);
      }
    }
    if (rest.trim()) {
      yield row<T>(rest);
    }
  }

  /** Text as it comes; waits as {@link stream}. What it may be stands in `mediaType` with commas between. */
  async *text(call: Call, mediaType: string, options?: CallOptions): AsyncGenerator<string> {
    yield* this.#pieces(call, mediaType, options, decoded);
  }

  async *#pieces<T>(
    call: Call,
    mediaType: string,
    options: CallOptions | undefined,
    parse: (read: Read) => AsyncGenerator<T>,
  ): AsyncGenerator<T> {
    const stop = new AbortController();
    const onAbort = () => stop.abort(options?.signal?.reason);
    options?.signal?.addEventListener("abort", onAbort);
    try {
      const within = <R>(action: () => Promise<R>) => this.#within(call, this.#timeoutMs, options?.signal, action);
      const response = await within(() => this.#exchange(call, written(call), stop.signal, mediaType));
      const type = /^[^;\s]*/.exec(response.headers.get("Content-Type") ?? "")?.[0] ?? "";
      if (!response.ok || !mediaType.split(", ").includes(type) || !response.body) {
        answer(call, response, await within(() => response.text()));
        throw new BadAnswerError(response.status, `the answer is not ${mediaType}`);
      }
      const reader = response.body.getReader();
      yield* parse(() => within(() => reader.read()));
    } finally {
      options?.signal?.removeEventListener("abort", onAbort);
      stop.abort();
    }
  }

  async #exchange(call: Call, body: string | undefined, signal: AbortSignal, accept = "application/json"): Promise<Response> {
    const url = this.#base + call.path;
    const headers: Record<string, string> = {
      Accept: accept,
      ...call.headers,
      ...(await this.#credentials(call.method, url, body ?? "")),
    };
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
    }
    // A redirect is never followed, because it would hand the key to whoever it names.
    const init: RequestInit = { method: call.method, headers, signal, redirect: "manual" };
    if (body === undefined) {
      // What was answered before new data came must not come back out of a browser's cache.
      init.cache = "no-store";
    } else {
      init.body = body;
    }
    return this.#fetch(url, init);
  }

  /** Runs one step under a time limit and the caller's signal, and names what went wrong. */
  async #within<T>(call: Call, ms: number, outer: AbortSignal | undefined, step: (signal: AbortSignal) => Promise<T>): Promise<T> {
    outer?.throwIfAborted();
    const name = `${call.method} ${call.path}`;
    const inner = new AbortController();
    let stop = (_reason: unknown): void => {};
    // Waiting for the abort ourselves: some servers' bodies hang although their request was aborted.
    const stopped = new Promise<never>((_, reject) => (stop = reject));
    const abort = (reason: unknown) => {
      stop(reason);
      inner.abort(reason);
    };
    const timer = setTimeout(() => abort(new DeadlineError(name, this.#timeoutMs)), Math.max(ms, 0));
    const onOuter = () => abort(outer?.reason);
    outer?.addEventListener("abort", onOuter);
    try {
      return await Promise.race([stopped, step(inner.signal)]);
    } catch (problem) {
      if (problem instanceof QuimbiError || problem instanceof InvalidArgumentError || outer?.aborted) {
        throw problem;
      }
      throw new TransportError(`${name}: ${said(problem)}`, { cause: problem });
    } finally {
      clearTimeout(timer);
      outer?.removeEventListener("abort", onOuter);
    }
  }
}

type Read = () => Promise<{ done: boolean; value?: Uint8Array | undefined }>;

async function* decoded(read: Read): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for (;;) {
    const piece = await read();
    const text = decoder.decode(piece.value, { stream: !piece.done });
    if (text) {
      yield text;
    }
    if (piece.done) {
      return;
    }
  }
}

function row<T extends object>(line: string): T {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as T;
    }
  } catch {
    // Told below, in the same words.
  }
  throw new BadAnswerError(200, `a line of the answer is not a JSON object: ${line.slice(0, 120)}`);
}

function written(call: Call): string | undefined {
  if (call.body === undefined) {
    return undefined;
  }
  try {
    return JSON.stringify(call.body);
  } catch (problem) {
    throw new InvalidArgumentError("body", `cannot be written as JSON: ${said(problem)}`);
  }
}

function said(problem: unknown): string {
  const cause = problem instanceof Error ? (problem.cause ?? problem) : problem;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}

/** The JSON object of a success; everything else is thrown. */
function answer<T extends object>(call: Call, response: Response, body: string): T {
  const status = response.status;
  if (response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
    const where = response.headers.get("Location") ?? "somewhere else";
    throw new BadAnswerError(status, `the server redirects to ${where}; redirects are not followed, give the final address as baseUrl`);
  }
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    const excerpt = body.replace(/[\s\p{Cc}]+/gu, " ").trim().slice(0, 120);
    throw new BadAnswerError(status, `the answer is not JSON: ${excerpt || "it is empty"}`);
  }
  if (!response.ok) {
    throw refusal(response, json);
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new BadAnswerError(status, "the answer is not a JSON object");
  }
  const missing = call.promised?.find((member) => !(member in json));
  if (missing) {
    throw new BadAnswerError(status, `the answer lacks ${missing}`);
  }
  return json as T;
}

function refusal(response: Response, json: unknown): QuimbiError {
  const error = (json as { error?: { code?: unknown; message?: unknown; details?: Json } } | null)?.error;
  if (typeof error?.code !== "string") {
    return new BadAnswerError(response.status, "an error without Quimbi's envelope");
  }
  const details = error.details ?? {};
  const requestId = response.headers.get("X-Request-Id") ?? String(details["request_id"] ?? "");
  // Whole seconds are the contract's only form; a date would have to trust this machine's clock.
  const seconds = /^\d{1,9}$/.exec(response.headers.get("Retry-After") ?? "")?.[0];
  const wait = seconds === undefined ? [] : [Number(seconds)];
  return new ApiError(response.status, error.code, String(error.message ?? ""), details, requestId, ...wait);
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) {
      onAbort();
    }
  });
}
