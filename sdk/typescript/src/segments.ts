import * as check from "./arguments.js";
import type { CallOptions, Connection, Json } from "./connection.js";
import type { More } from "./types.js";

export interface SavedSegment extends More {
  segment_id: string;
  name: string;
  filter: Record<string, string>;
  /** How many it means now. */
  customers?: number;
}

const PATH = "/api/segments";

/** Filters of customers, saved under a name; their ids are `saved_segment` of lists, exports and campaigns. */
export class Segments {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async list(options?: CallOptions): Promise<{ data: SavedSegment[] }> {
    return this.#send("GET", PATH, undefined, ["data"], options);
  }

  /** Saves a filter with the parameters of `listCustomers`, in place of what was saved before. */
  async put(
    segmentId: string,
    name: string,
    filter: Record<string, string | number | string[]>,
    options?: CallOptions,
  ): Promise<SavedSegment> {
    const body = { name: check.text("name", name), filter: check.object("filter", filter) };
    return this.#send("PUT", path(segmentId), body, ["segment_id", "filter"], options);
  }

  async get(segmentId: string, options?: CallOptions): Promise<SavedSegment> {
    return this.#send("GET", path(segmentId), undefined, ["segment_id", "filter"], options);
  }

  async delete(segmentId: string, options?: CallOptions): Promise<Json> {
    return this.#send("DELETE", path(segmentId), undefined, [], options);
  }

  #send<T extends object>(method: string, path: string, body: object | undefined, promised: string[], options?: CallOptions): Promise<T> {
    return this.#connection.send<T>({ method, path, body, promised, repeatable: true }, options);
  }
}

function path(segmentId: string): string {
  return `${PATH}/${check.segment("segmentId", check.id("segmentId", segmentId))}`;
}
