import { InvalidArgumentError } from "./errors.js";

// What can be known about arguments without asking the server. Callers in JavaScript have no types,
// so the types are checked too.

export function text(field: string, value: unknown): string {
  if (typeof value !== "string" || !value.trim()) {
    throw new InvalidArgumentError(field, "must be a string that is not empty");
  }
  return value;
}

/** An opaque id: 1 to 128 characters, none of them a control character or half of a pair. */
export function id(field: string, value: unknown): string {
  if (typeof value !== "string") {
    throw new InvalidArgumentError(field, "must be a string");
  }
  const characters = [...value];
  if (characters.length < 1 || characters.length > 128) {
    throw new InvalidArgumentError(field, `must have 1 to 128 characters, has ${characters.length}`);
  }
  if (/[\p{Cc}\p{Cs}]/u.test(value)) {
    throw new InvalidArgumentError(field, "must not hold control characters");
  }
  return value;
}

/** One segment of a path. `fetch` itself turns `..` into the parent, however it is encoded. */
export function segment(field: string, value: string): string {
  if (value === "." || value === "..") {
    throw new InvalidArgumentError(field, `'${value}' cannot stand in the path of a URL that fetch sends`);
  }
  return encodeURIComponent(value);
}

export function integer(field: string, low: number, high: number, value: unknown): number {
  if (!Number.isInteger(value) || (value as number) < low || (value as number) > high) {
    throw new InvalidArgumentError(field, `must be an integer from ${low} to ${high}, was ${String(value)}`);
  }
  return value as number;
}

export function flag(field: string, value: unknown): boolean {
  if (typeof value !== "boolean") {
    throw new InvalidArgumentError(field, `must be true or false, was ${String(value)}`);
  }
  return value;
}

/** One word of a closed vocabulary. */
export function oneOf<W extends string>(field: string, words: readonly W[], value: W): W {
  if (!words.includes(value)) {
    throw new InvalidArgumentError(field, `must be one of ${words.join(", ")}, was ${String(value)}`);
  }
  return value;
}

export function object(field: string, value: unknown): object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidArgumentError(field, "must be an object");
  }
  return value;
}

/** Several objects. */
export function array<R>(field: string, values: R[]): R[] {
  if (!Array.isArray(values)) {
    throw new InvalidArgumentError(field, "must be an array");
  }
  values.forEach((row, i) => object(`${field}[${i}]`, row));
  return values;
}

/** Several objects, at least one. */
export function rows<R>(field: string, values: R[]): R[] {
  if (!array(field, values).length) {
    throw new InvalidArgumentError(field, "must be an array that is not empty");
  }
  return values;
}

/** What travels in a header: printable ASCII without blanks. */
export function headerValue(field: string, value: unknown): string {
  if (!/^[!-~]+$/.test(text(field, value))) {
    throw new InvalidArgumentError(field, "must be printable ASCII without blanks");
  }
  return value as string;
}

/** An instant with its offset; without one nobody knows which day it was. */
export function instant(field: string, value: unknown): void {
  const written = value instanceof Date ? value.toJSON() : value;
  const isInstant = typeof written === "string" && /T.*(Z|[+-]\d\d:?\d\d)$/i.test(written) && !Number.isNaN(Date.parse(written));
  if (!isInstant) {
    throw new InvalidArgumentError(field, "must be a date and time with an offset, like 2024-03-15T14:30:00Z");
  }
}

export function amount(field: string, value: unknown): void {
  if (typeof value !== "number" || !(value >= 0 && value < Infinity)) {
    throw new InvalidArgumentError(field, `must be a number from 0, was ${String(value)}`);
  }
}

export function positive(field: string, value: unknown): void {
  amount(field, value);
  if (value === 0) {
    throw new InvalidArgumentError(field, "must be more than 0");
  }
}

/** YYYY-MM-DD, or nothing. */
export function day(field: string, value: string | undefined): void {
  if (value !== undefined && !(/^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)))) {
    throw new InvalidArgumentError(field, `must be a day like 2026-03-15, was ${String(value)}`);
  }
}

/** The query of a period whose ends may be left open, with its question mark. */
export function period({ from, to }: { from?: string; to?: string }, more: Record<string, string> = {}): string {
  day("from", from);
  day("to", to);
  if (from && to && from > to) {
    throw new InvalidArgumentError("from", `must not be after to, was ${from}`);
  }
  const query = String(new URLSearchParams({ ...more, ...(from && { from }), ...(to && { to }) }));
  return query && `?${query}`;
}

/** The server's address, without a slash at its end. */
export function baseUrl(value: unknown): string {
  let url: URL;
  try {
    url = new URL(text("baseUrl", value));
  } catch {
    throw new InvalidArgumentError("baseUrl", `must look like https://platform.quimbi.ai, was ${String(value)}`);
  }
  if (!/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new InvalidArgumentError("baseUrl", "must be http or https without user, query and fragment");
  }
  return (url.origin + url.pathname).replace(/\/+$/, "");
}
