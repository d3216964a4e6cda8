import { ApiError, BadAnswerError, TransportError } from "./errors.js";

/** 502 and 504 are what balancers say where Quimbi itself would say 503. */
const TRANSIENT = [500, 502, 503, 504];

export interface Retry {
  /** Attempts after the first. */
  retries: number;
  /** The pause before the second attempt; each further one doubles it, up to 30 s. */
  backoffMs: number;
}

/**
 * The pause in milliseconds before the next attempt, or undefined when the problem is final.
 * `attempt` counts from 0; `dice` in [0, 1) spreads the pauses of many clients over half of the backoff.
 */
export function pause(retry: Retry, attempt: number, repeatable: boolean, problem: unknown, dice: number): number | undefined {
  if (attempt >= retry.retries || !mayHelp(repeatable, problem)) {
    return undefined;
  }
  const spread = Math.min(retry.backoffMs * 2 ** attempt, 30_000) * (0.5 + 0.5 * dice);
  const asked = problem instanceof ApiError ? (problem.retryAfterSeconds ?? 0) * 1000 : 0;
  return Math.max(spread, asked);
}

/**
 * A refusal for the limit is never carried out, so even a call that must not be repeated may be sent
 * again. After any other failure it may have been carried out.
 */
function mayHelp(repeatable: boolean, problem: unknown): boolean {
  if (problem instanceof ApiError || problem instanceof BadAnswerError) {
    const inProgress = problem instanceof ApiError && problem.code === "IDEMPOTENCY_IN_PROGRESS";
    return problem.status === 429 || (repeatable && (inProgress || TRANSIENT.includes(problem.status)));
  }
  return repeatable && problem instanceof TransportError;
}
