import type { ChangeTaskAction } from "../language/kinds.ts";
import type { TaskState } from "../order/machines.ts";
import type { TaskEffect } from "../order/task.ts";

export type ChangeAnswer = "ACCEPT" | "APPROVAL" | "REFUSE";

/**
 * What a change would do, before anybody commits to it (G2, G3, G9): the answer, what it costs, and for every task what
 * happens to it and why. The same object is the quote that customer care reads out, the basis of an approval, and what is
 * carried out.
 */
export interface ChangeAssessment {
  readonly answer: ChangeAnswer;
  /** One sentence for people. */
  readonly reason: string;
  readonly fee: number;
  readonly approverRole: string | null;
  /** The way to go instead, when the policy names one. */
  readonly route: string | null;
  readonly items: readonly ItemAssessment[];
}

export interface ItemAssessment {
  readonly itemId: string;
  readonly answer: ChangeAnswer;
  readonly reason: string;
  readonly fee: number;
  readonly approverRole: string | null;
  readonly route: string | null;
  /** Table and row that answered. */
  readonly rule: string;
  /** The item is in the change because another one it relies on is. */
  readonly becauseOf: string | null;
  readonly tasks: readonly TaskAssessment[];
}

export interface TaskAssessment {
  readonly taskId: string;
  readonly title: string;
  readonly state: TaskState;
  readonly effect: TaskEffect;
  readonly do: ChangeTaskAction;
  readonly reason: string;
  readonly rule: string;
  /** How its effect is undone; null when nothing is undone. */
  readonly undo: UndoAssessment | null;
}

export interface UndoAssessment {
  readonly policy: string;
  readonly title: string;
  readonly taskType: string;
  readonly approverRole: string | null;
  readonly deadlineAt: string | null;
  readonly impact: { readonly customer: string; readonly financial: string; readonly legal: string };
}
