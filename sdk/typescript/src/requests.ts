import * as check from "./arguments.js";
import type { Filter } from "./client.js";

/** Further parameters of a query. */
export function query(filter: Filter): string {
  const where = Object.entries(check.object("filter", filter) as Filter);
  return where.map(([name, value]) => `&${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("");
}

/** Not `randomUUID`: browsers offer that on secure origins only. */
export function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
