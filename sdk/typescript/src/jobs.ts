import * as check from "./arguments.js";
import type { Filter } from "./client.js";
import type { CallOptions, Connection } from "./connection.js";
import { freshKey, query } from "./requests.js";
import type { More } from "./types.js";

/** Work that outlives a request, as it stands. */
export interface Job extends More {
  job_id: string;
  kind: string;
  status: "queued" | "running" | "succeeded" | "failed";
  /** 0 to 100. */
  progress: number;
  attempts: number;
  /** What came of it; only when it has ended. */
  result?: More;
}

export interface ImportOptions extends CallOptions {
  /** Stop at the first bad row; by default one does not stop the others. */
  strict?: boolean;
  /** Sent again under the same key, it starts nothing anew. A fresh one by default. */
  idempotencyKey?: string;
}

export const JOB = ["job_id", "status"];

/** Exports, imports, refits and scoring that go on beside the requests. */
export class Jobs {
  readonly #connection: Connection;
  readonly #forget: () => void;

  /** `forget` makes a cache forget all it remembers: an import may be about anybody. */
  constructor(connection: Connection, forget: () => void) {
    this.#connection = connection;
    this.#forget = forget;
  }

  /** Writes every customer whom a filter means (see `exportCustomers`) into a file. */
  async startExport(format: "csv" | "ndjson" = "csv", filter: Filter = {}, options?: CallOptions): Promise<Job> {
    const path = `/api/exports/customers?format=${check.oneOf("format", ["csv", "ndjson"], format)}${query(filter)}`;
    return this.#connection.send({ method: "POST", path, repeatable: false, promised: JOB }, options);
  }

  async exportJob(jobId: string, options?: CallOptions): Promise<Job> {
    return this.#get(exportPath(jobId), options);
  }

  /** The file of an export that has succeeded, in pieces as they come; it is kept for seven days. */
  exportFile(jobId: string, options?: CallOptions): AsyncGenerator<string> {
    const path = `${exportPath(jobId)}/file`;
    return this.#connection.text({ method: "GET", path, repeatable: false }, "text/csv, application/x-ndjson", options);
  }

  /** Imports a CSV file of orders, header line first, at most 10 MB. */
  async startImport(source: string, csv: string, options?: ImportOptions): Promise<Job> {
    const body = { source: check.id("source", source), csv: check.text("csv", csv), strict: options?.strict ?? false };
    const headers = { "Idempotency-Key": check.headerValue("idempotencyKey", options?.idempotencyKey ?? freshKey()) };
    const call = { method: "POST", path: "/api/imports", body, headers, repeatable: true, promised: JOB };
    return this.#connection.send<Job>(call, options).finally(this.#forget);
  }

  /** An import as it stands; its `result` is the report, with the rows that were rejected. */
  async importJob(jobId: string, options?: CallOptions): Promise<Job> {
    const job = await this.#get(`/api/imports/${one(jobId)}`, options);
    if (job.status === "succeeded" || job.status === "failed") {
      this.#forget();
    }
    return job;
  }

  /** `refit` fits the models to today's data, `score` brings everybody's scores up to date; `job` tells how far it is. */
  async start(kind: "refit" | "score", options?: CallOptions): Promise<Job> {
    const body = { kind: check.oneOf("kind", ["refit", "score"], kind) };
    return this.#connection.send({ method: "POST", path: "/api/jobs", body, repeatable: false, promised: JOB }, options);
  }

  #get(path: string, options?: CallOptions): Promise<Job> {
    return this.#connection.send({ method: "GET", path, repeatable: true, promised: JOB }, options);
  }
}

const one = (jobId: string): string => check.segment("jobId", check.text("jobId", jobId));

const exportPath = (jobId: string): string => `/api/exports/jobs/${one(jobId)}`;
