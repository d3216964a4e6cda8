import * as check from "./arguments.js";
import type { CallOptions, Connection } from "./connection.js";
import { InvalidArgumentError } from "./errors.js";
import type { Goal, More, Scenario } from "./types.js";

export interface MessageFeedback extends More {
  message_id: string;
  verdict: "sent" | "edited" | "rejected";
  /** Characters inserted, deleted or replaced; 0 unless it was edited. */
  edit_distance: number;
}

export interface BetaBelief {
  alpha: number;
  beta: number;
  mean: number;
}

export interface ActionOutcome extends More {
  id: string;
  /** How often the action's play was taken, and how often it worked. */
  effect: {
    play: string;
    prior?: BetaBelief;
    posterior?: BetaBelief;
    accepted: number;
    rejected: number;
    succeeded: number;
    failed: number;
  };
}

export interface GenerationInsights extends More {
  goals: {
    goal: Goal;
    generated: number;
    by_language_model: number;
    sent: number;
    edited: number;
    rejected: number;
    mean_edit_distance?: number;
  }[];
}

/** One rule that actions come from. */
export interface Play {
  id: string;
  scenario: Scenario;
  all_of?: string[];
  any_of?: string[];
  none_of?: string[];
  /** Plays of one group exclude each other. */
  group?: string;
  action: string;
  /** May hold {value}, {ltv}, {churn}, {churn_level}, {at_risk}, {offer}, {product}, {policy}. */
  reasoning: string;
  /** What is said where a value of `reasoning` is not known. */
  plain_reasoning?: string;
  moves_churn?: boolean;
  prior?: { alpha: number; beta: number };
}

export interface Thresholds {
  high_value?: number;
  vip?: number;
  lapsed_days?: number;
}

export interface Playbook extends More {
  version: string;
  thresholds: Thresholds;
  plays: Play[];
}

const PLAYBOOK = "/api/generation/playbook";

/** What became of messages and actions, and the rules that actions come from. */
export class Generation {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Tells what became of a message; `finalText` is what was sent of an edited one. */
  async messageFeedback(
    messageId: string,
    verdict: "sent" | "edited" | "rejected",
    finalText?: string,
    options?: CallOptions,
  ): Promise<MessageFeedback> {
    check.oneOf("verdict", ["sent", "edited", "rejected"], verdict);
    if (verdict === "edited" && typeof finalText !== "string") {
      throw new InvalidArgumentError("finalText", "is needed for an edited message");
    }
    const body = { message_id: check.id("messageId", messageId), verdict, final_text: finalText };
    return this.#send("POST", "/api/generation/feedback", body, ["edit_distance"], options);
  }

  /** Tells what became of an action, and once that is known whether it worked. */
  async actionOutcome(
    actionId: string,
    decision: "accepted" | "rejected",
    result?: "success" | "failure",
    options?: CallOptions,
  ): Promise<ActionOutcome> {
    check.oneOf("decision", ["accepted", "rejected"], decision);
    if (result !== undefined) {
      check.oneOf("result", ["success", "failure"], result);
    }
    const id = check.segment("actionId", check.id("actionId", actionId));
    return this.#send("POST", `/api/generation/actions/${id}/outcome`, { decision, result }, ["effect"], options);
  }

  /** What became of generated messages, by goal. */
  async insights(options?: CallOptions): Promise<GenerationInsights> {
    return this.#send("GET", "/api/insights/generation", undefined, ["goals"], options);
  }

  async playbook(options?: CallOptions): Promise<Playbook> {
    return this.#send("GET", PLAYBOOK, undefined, ["version", "plays"], options);
  }

  /**
   * Adds rules beside the standard ones; one with a standard rule's id takes its place. What the
   * tenant added before is replaced.
   */
  async putPlaybook(plays: Play[], thresholds?: Thresholds, options?: CallOptions): Promise<Playbook> {
    check.array("plays", plays).forEach((play, i) => {
      for (const name of ["id", "scenario", "action"] as const) {
        check.text(`plays[${i}].${name}`, play[name]);
      }
    });
    return this.#send("PUT", PLAYBOOK, { plays, thresholds }, ["version", "plays"], options);
  }

  #send<T extends object>(method: string, path: string, body: object | undefined, promised: string[], options?: CallOptions): Promise<T> {
    return this.#connection.send<T>({ method, path, body, promised, repeatable: true }, options);
  }
}
