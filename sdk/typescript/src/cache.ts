const MOST_CUSTOMERS = 10_000;

/** The document's advice: intelligence 5 to 15 minutes, predictions one hour. */
export const ANALYSIS_MS = 15 * 60_000;
export const PREDICTION_MS = 60 * 60_000;

interface Remembered {
  answer: unknown;
  expires: number;
}

/**
 * Remembers answers about a customer until they are old, or until data about that customer is sent.
 * An answer that was under way while data was sent is handed over but not remembered: nobody knows
 * which of the two the server saw first. Callers get copies, so that what they change stays theirs.
 */
export class AnswerCache {
  readonly #byCustomer = new Map<string, Map<string, Remembered>>();
  readonly #now: () => number;
  #invalidations = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  async get<T>(customerId: string, question: string, ttlMs: number, ask: () => Promise<T>): Promise<T> {
    const known = this.#byCustomer.get(customerId)?.get(question);
    if (known && known.expires > this.#now()) {
      return structuredClone(known.answer) as T;
    }
    const seen = this.#invalidations;
    const answer = await ask();
    if (seen === this.#invalidations) {
      const answers = this.#byCustomer.get(customerId) ?? new Map<string, Remembered>();
      answers.set(question, { answer: structuredClone(answer), expires: this.#now() + ttlMs });
      // Set anew, it goes to the end of the map; the one longest not refreshed stands first.
      this.#byCustomer.delete(customerId);
      this.#byCustomer.set(customerId, answers);
      if (this.#byCustomer.size > MOST_CUSTOMERS) {
        this.#byCustomer.delete(this.#byCustomer.keys().next().value as string);
      }
    }
    return answer;
  }

  forgetAll(): void {
    this.#invalidations++;
    this.#byCustomer.clear();
  }

  forget(customerIds: Iterable<string>): void {
    this.#invalidations++;
    for (const id of customerIds) {
      this.#byCustomer.delete(id);
    }
  }
}
