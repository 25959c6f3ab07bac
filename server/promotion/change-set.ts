import type { Json } from "../../engine/support/json.ts";
import type { ChangeSetRow, ChangeStepRow } from "../store/change-store.ts";

/**
 * The states of a change set. DRAFT: being worked on. SUBMITTED: one commit is up for review. APPROVED: everyone whose
 * approval that commit needs has given it. PROMOTED: its release is the one new orders get. SUPERSEDED: another release is.
 * WITHDRAWN: given up.
 */
export type ChangeSetState = "DRAFT" | "SUBMITTED" | "APPROVED" | "PROMOTED" | "SUPERSEDED" | "WITHDRAWN";

/** The moves a change set may make. PROMOTED and SUPERSEDED change places when an older release is promoted again. */
export const CHANGE_SET_MACHINE: { readonly [state in ChangeSetState]: readonly ChangeSetState[] } = {
  DRAFT: ["SUBMITTED", "WITHDRAWN"],
  SUBMITTED: ["APPROVED", "DRAFT", "SUBMITTED", "WITHDRAWN"],
  APPROVED: ["PROMOTED", "DRAFT", "SUBMITTED", "WITHDRAWN"],
  PROMOTED: ["SUPERSEDED"],
  SUPERSEDED: ["PROMOTED"],
  WITHDRAWN: [],
};

/** The states in which a change set may still become a release. */
export const OPEN_STATES: readonly ChangeSetState[] = ["DRAFT", "SUBMITTED", "APPROVED"];

export type StepAction =
  | "created" | "found-in-git" | "submitted" | "commented" | "resolved" | "approved" | "changes-requested" | "voided" | "updated" | "renamed" | "withdrawn" | "promoted"
  | "superseded" | "live-again";

export interface ChangeSet extends ChangeSetRow {
  readonly state: ChangeSetState;
}

export interface ChangeStep extends ChangeStepRow {
  readonly action: StepAction;
}

/**
 * The state that holds for a branch that is at `head`. An approval is for one commit: when the branch has moved on since
 * it was submitted, the change set is a draft again, whatever was written down last.
 */
export function effectiveState(changeSet: ChangeSet, head: string | null): ChangeSetState {
  const underReview = changeSet.state === "SUBMITTED" || changeSet.state === "APPROVED";
  return underReview && head !== changeSet.reviewedCommit ? "DRAFT" : changeSet.state;
}

/** One person's agreement to one commit. */
export interface Approval {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  /** Those of the person's roles that count. */
  readonly roles: readonly string[];
}

/** The approvals that count for a commit: those since it was submitted last and since changes were requested last. */
export function approvalsOf(steps: readonly ChangeStep[], commit: string): readonly Approval[] {
  const begins = steps.findLastIndex(({ action }) => action === "submitted" || action === "changes-requested");
  return steps.slice(begins + 1).filter((step) => step.action === "approved" && step.commit === commit).map(({ actor, at, text, details }) => ({
    by: actor, at, reason: text, roles: (details as { readonly roles: readonly string[] }).roles,
  }));
}

/** `kind/key` of what its author said, when submitting it, that the migration of orders takes care of. */
export function migratedBy(steps: readonly ChangeStep[]): readonly string[] {
  const submitted = steps.findLast(({ action }) => action === "submitted");
  return (submitted?.details as { readonly migrated?: readonly string[] } | undefined)?.migrated ?? [];
}

/** A remark, possibly about one place of a definition. */
export interface Comment {
  readonly number: number;
  readonly by: string;
  readonly at: string;
  readonly text: string;
  readonly commit: string | null;
  /** Which definition, and a JSON Pointer inside it. */
  readonly anchor: Json;
  readonly resolvedBy: string | null;
}

/** The comments of a change set, the oldest first. */
export function commentsOf(steps: readonly ChangeStep[]): readonly Comment[] {
  const resolved = new Map(steps.filter(({ action }) => action === "resolved").map(({ actor, details }) => [(details as { readonly comment: number }).comment, actor]));
  return steps.filter(({ action }) => action === "commented").map(({ number, actor, at, text, commit, details }) => ({
    number, by: actor, at, text, commit, anchor: (details as { readonly anchor: Json }).anchor, resolvedBy: resolved.get(number) ?? null,
  }));
}
