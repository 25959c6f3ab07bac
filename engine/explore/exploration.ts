/** What became of a plan template when it was cancelled in every state it can be in (22a section 19). Data only. */
export interface Exploration {
  readonly template: string;
  readonly title: string;
  /** Tasks of the plan by `<itemId>/<key>`, with their titles, in the order of the plan. */
  readonly tasks: readonly { readonly name: string; readonly title: string }[];
  readonly cells: readonly Cell[];
  /** False when a limit ended the exploration before every state was seen. */
  readonly complete: boolean;
}

/** One distinct state of the plan, and what a cancellation does to it. */
export interface Cell {
  /** What led there, in words, shortest way. */
  readonly path: readonly string[];
  /** Where each task stands: `<itemId>/<key>` -> standing. */
  readonly standings: { readonly [task: string]: Standing };
  readonly verdict: Verdict;
}

/** Where a task stands when the cancellation comes. */
export type Standing = "not begun" | "ready" | "in flight" | "unknown" | "with a person" | "done" | "failed" | "not needed";

export const STANDINGS: readonly Standing[] = ["not begun", "ready", "in flight", "unknown", "with a person", "done", "failed", "not needed"];

export type Verdict =
  /** Cancelled, with nothing left behind. */
  | { readonly kind: "safe"; readonly fee: number; readonly approvals: readonly string[]; readonly undone: readonly string[]; readonly kept: readonly string[] }
  /** Not cancelled, and said so: the order goes on. */
  | { readonly kind: "refused"; readonly reason: string; readonly route: string | null }
  | { readonly kind: "unsafe"; readonly problems: readonly Problem[] };

export interface Problem {
  readonly kind: "orphan" | "charge" | "hold" | "stuck";
  /** `<itemId>/<key>`; null when it is about the order. */
  readonly task: string | null;
  /** One sentence for people. */
  readonly text: string;
}
