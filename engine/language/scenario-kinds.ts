import type { ItemState, OrderState, TaskState } from "../order/machines.ts";
import type { MilestoneOutcome } from "../order/order.ts";
import type { ScriptLine } from "../simulate/script.ts";
import type { JsonObject } from "../support/json.ts";
import type { Duration, Head, Instant } from "./kinds.ts";

/**
 * A test an analyst writes: an order, what the world and people do, and what must come of it (A22). It is reviewed with
 * the definitions and never runs with them: no order can tell whether it is there.
 */
export interface Scenario extends Head<"scenario"> {
  /** The order in the domain's words; what may be null or empty can be left out. */
  readonly order?: JsonObject;
  /** The scenario whose order and start are used instead. */
  readonly extends?: string;
  /** What is different in that order: dotted path -> value; an element of a list is named by its id or key. */
  readonly set?: JsonObject;
  /** When the order is accepted; that of the extended scenario when left out. */
  readonly startAt?: Instant;
  readonly script: readonly ScriptLine[];
  readonly expect: Expectations;
}

/** What must come of a run. Tasks are named `<item>/<task>`, spans count from acceptance. What is left out may be anything. */
export interface Expectations {
  readonly path?: {
    /** Every task that was begun, in that order. */
    readonly exactly?: readonly string[];
    /** In each list, every task had ended well before the next one began. */
    readonly inOrder?: readonly (readonly string[])[];
  };
  readonly order?: OrderState;
  readonly items?: { readonly [item: string]: ItemState };
  readonly tasks?: { readonly [task: string]: TaskState };
  readonly milestones?: readonly ExpectedMilestone[];
  /** The charges that were handed over: these, each exactly once, and no others. */
  readonly billing?: readonly ExpectedCharge[];
  /** Item -> the statuses the customer saw, in that order. */
  readonly customerStatus?: { readonly [item: string]: readonly string[] };
  readonly messages?: readonly ExpectedMessage[];
  /** From acceptance until the order had ended. */
  readonly duration?: { readonly exactly?: Duration; readonly atMost?: Duration };
  /** The fallout cases that were opened: these, in that order, and no others. */
  readonly cases?: readonly ExpectedCase[];
  /** `<system>.<action>` -> times it was sent. */
  readonly commands?: { readonly [name: string]: number };
  /** `<system>.<action>` -> times it took effect. */
  readonly effects?: { readonly [name: string]: number };
  /** What people asked for and were refused, in that order; nothing when left out. */
  readonly refused?: readonly ExpectedRefusal[];
  readonly never?: readonly Unwanted[];
}

export interface ExpectedMilestone {
  /** `<item>/<milestone>` */
  readonly milestone: string;
  /** REACHED when left out. */
  readonly outcome?: MilestoneOutcome;
  readonly after?: Duration;
  readonly by?: Duration;
}

export interface ExpectedCharge {
  /** `<item>/<charge>` */
  readonly charge: string;
  readonly trigger?: string;
  readonly effectiveFrom?: Instant;
}

export interface ExpectedMessage {
  readonly item: string;
  /** Key of the milestone or customer status it is about. */
  readonly about: string;
  /** As it was sent, in the customer's language. */
  readonly text?: string;
}

export interface ExpectedCase {
  /** `<item>/<task>` */
  readonly task?: string;
  readonly code?: string;
  readonly queue?: string;
  readonly severity?: string;
  readonly state?: "OPEN" | "CLOSED";
}

export interface ExpectedRefusal {
  /** The input, such as RequestCancellation. */
  readonly input: string;
  readonly code: string;
  readonly message?: string;
}

/** Something that must not happen, at no time of the run. */
export type Unwanted =
  /** The task is never begun or, with a state, never in that state. */
  | { readonly task: string; readonly state?: TaskState }
  | { readonly milestone: string }
  | { readonly command: string }
  | { readonly status: string; readonly item?: string }
  | { readonly message: string; readonly item?: string };
