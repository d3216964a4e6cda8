/**
 * Why a call has no answer. Four cases are all there are: {@link ApiError}, {@link TransportError},
 * {@link DeadlineError}, {@link BadAnswerError}. A wrong argument is an {@link InvalidArgumentError},
 * thrown before anything is sent.
 */
export abstract class QuimbiError extends Error {}

/** Quimbi refused the call and said why, in its error envelope. */
export class ApiError extends QuimbiError {
  override readonly name = "ApiError";

  constructor(
    /** The HTTP status; 200 for a copilot tool that answered `ok: false`. */
    readonly status: number,
    /** The contract's code, for example `CUSTOMER_NOT_FOUND`. */
    readonly code: string,
    message: string,
    readonly details: Record<string, unknown>,
    /** What to quote to support; empty when the answer carried none. */
    readonly requestId: string,
    /** How long the server asks to wait, from `Retry-After`. */
    readonly retryAfterSeconds?: number,
  ) {
    super(`Quimbi API Error: ${message} (${code}, ${status}${requestId && ", " + requestId})`);
  }
}

/** The connection failed; the server may or may not have done what was asked. */
export class TransportError extends QuimbiError {
  override readonly name = "TransportError";
}

/** The call, its retries and the reading of the answer together took longer than the timeout. */
export class DeadlineError extends QuimbiError {
  override readonly name = "DeadlineError";

  constructor(
    call: string,
    readonly timeoutMs: number,
  ) {
    super(`${call}: no complete answer within ${timeoutMs} ms`);
  }
}

/** An answer came, but not one of Quimbi's: HTML, broken JSON, a redirect, a missing field. */
export class BadAnswerError extends QuimbiError {
  override readonly name = "BadAnswerError";

  constructor(
    /** The HTTP status; 0 where a browser hides it (redirects). */
    readonly status: number,
    problem: string,
  ) {
    super(`${problem} (HTTP ${status})`);
  }
}

/** An argument that Quimbi would refuse. Nothing was sent. */
export class InvalidArgumentError extends TypeError {
  override readonly name = "InvalidArgumentError";

  constructor(
    /** The argument's name, for example `horizonMonths` or `orders[3].order_id`. */
    readonly field: string,
    problem: string,
  ) {
    super(`${field} ${problem}`);
  }
}
