import * as check from "./arguments.js";
import type { CallOptions, Connection, Json } from "./connection.js";
import type { Goal } from "./types.js";

export interface Product {
  product_id: string;
  title: string;
  category?: string;
  description?: string;
  /** What anybody understands. */
  features?: string[];
  /** Trade terms, left out for beginners. */
  details?: string[];
  /** Uses, as "baby quilt". */
  good_for?: string[];
  /** Sizes or kinds. */
  options?: string[];
  tags?: string[];
  price?: number;
  url?: string;
}

export interface Offer {
  offer_id: string;
  title: string;
  /** The whole offer as it may be sent. */
  text: string;
  code?: string;
  percent_off?: number;
  amount_off?: number;
  /** YYYY-MM-DD */
  valid_from?: string;
  valid_until?: string;
  /** For whom, as "axis:segment"; everybody where absent. */
  segments?: string[];
  url?: string;
}

export interface Policy {
  policy_id: string;
  title: string;
  text: string;
  tags?: string[];
  url?: string;
}

/** Approved wording. */
export interface Snippet {
  snippet_id: string;
  title: string;
  text: string;
  tags?: string[];
  goals?: Goal[];
}

export interface CatalogStored {
  status: string;
  stored_count: number;
}

/** Entries in id order, under the collection's name. */
export type CatalogPage<Name extends string, Entry> = Record<Name, Entry[]> & { has_more: boolean };

/**
 * What generated messages may state. A `put` replaces the whole collection: what is not in the list
 * is gone afterwards. A page has at most `limit` entries (1 to 1000), from the one after `after`, the
 * last id of the page before.
 */
export class Catalog {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async putProducts(products: Product[], options?: CallOptions): Promise<CatalogStored> {
    return this.#put("products", products, ["product_id", "title"], options);
  }

  async products(limit = 1000, after?: string, options?: CallOptions): Promise<CatalogPage<"products", Product>> {
    return this.#page("products", limit, after, options);
  }

  async putOffers(offers: Offer[], options?: CallOptions): Promise<CatalogStored> {
    return this.#put("offers", offers, ["offer_id", "title", "text"], options);
  }

  async offers(limit = 1000, after?: string, options?: CallOptions): Promise<CatalogPage<"offers", Offer>> {
    return this.#page("offers", limit, after, options);
  }

  async putPolicies(policies: Policy[], options?: CallOptions): Promise<CatalogStored> {
    return this.#put("policies", policies, ["policy_id", "title", "text"], options);
  }

  async policies(limit = 1000, after?: string, options?: CallOptions): Promise<CatalogPage<"policies", Policy>> {
    return this.#page("policies", limit, after, options);
  }

  async putSnippets(snippets: Snippet[], options?: CallOptions): Promise<CatalogStored> {
    return this.#put("snippets", snippets, ["snippet_id", "title", "text"], options);
  }

  async snippets(limit = 1000, after?: string, options?: CallOptions): Promise<CatalogPage<"snippets", Snippet>> {
    return this.#page("snippets", limit, after, options);
  }

  #put(what: string, entries: object[], texts: string[], options?: CallOptions): Promise<CatalogStored> {
    check.array(what, entries).forEach((entry, i) => {
      texts.forEach((name) => check.text(`${what}[${i}].${name}`, (entry as Json)[name]));
    });
    const path = `/api/catalog/${what}`;
    return this.#connection.send({ method: "PUT", path, body: { [what]: entries }, repeatable: true, promised: ["stored_count"] }, options);
  }

  #page<T extends object>(what: string, limit: number, after?: string, options?: CallOptions): Promise<T> {
    const from = after === undefined ? "" : `&after=${encodeURIComponent(check.id("after", after))}`;
    const path = `/api/catalog/${what}?limit=${check.integer("limit", 1, 1000, limit)}${from}`;
    return this.#connection.send<T>({ method: "GET", path, repeatable: true, promised: [what, "has_more"] }, options);
  }
}
