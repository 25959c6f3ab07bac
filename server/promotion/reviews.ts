import type { Actor } from "../../engine/order/inputs.ts";
import type { Json } from "../../engine/support/json.ts";
import { requireCommit } from "../git/ref-names.ts";
import { problem } from "../problems/problem.ts";
import { candidateOf, unsound } from "./candidate-of.ts";
import { approvalsOf, commentsOf, migratedBy } from "./change-set.ts";
import type { Doing } from "./drafts.ts";
import { approvingRoles, missingApprovals, requiredApprovals, wrote } from "./four-eyes.ts";
import { findChangeSet, findOpenChangeSet, takeStep, type OpenChangeSet, type PromotionContext } from "./promotion-context.ts";

/** What an author says when submitting a commit. */
export interface Submission {
  readonly commit: string;
  readonly title: string;
  readonly reason: string;
  /** `kind/key` of what disappears although orders rely on it, because their migration takes care of that. */
  readonly migrated: readonly string[];
}

/** Puts one commit of a draft up for review: it must differ from what is live, contain it, and be sound. */
export async function submitDraft(context: PromotionContext, name: string, { commit, title, reason, migrated }: Submission, { actor, at }: Doing): Promise<void> {
  const open = await findOpenChangeSet(context, name);
  requireHead(open, commit);
  const { candidate } = await candidateOf(context, commit, migrated, at);
  if (candidate.changes.length === 0) throw problem("invalid-transition", "The draft holds nothing that differs from what is live; change something before you submit it.");
  if (candidate.release === null) throw unsound(candidate.diagnostics);
  await takeStep(context, open, { state: "SUBMITTED", title, reason, reviewedCommit: commit }, { at, actor, action: "submitted", commit, text: reason, details: { title, migrated } });
}

/** One person's agreement to exactly this commit. The change set is approved when everyone has agreed whose approval it needs. */
export async function approveChange(context: PromotionContext, name: string, commit: string, reason: string, actor: Actor, at: string): Promise<void> {
  const open = await underReview(context, name, commit);
  const { changes } = (await candidateOf(context, commit, migratedBy(open.steps), at)).candidate;
  if (await wrote(context, open, actor.id, commit)) throw problem("four-eyes", "You had a hand in this change; ask someone else to approve it.");
  const given = approvalsOf(open.steps, commit);
  const roles = approvingRoles(actor);
  if (given.some(({ by }) => by === actor.id)) return;
  const missing = missingApprovals(requiredApprovals(changes), [...given, { by: actor.id, at, reason, roles }]);
  await takeStep(context, open, { state: missing.length === 0 ? "APPROVED" : "SUBMITTED" }, { at, actor: actor.id, action: "approved", commit, text: reason, details: { roles } });
}

/** Gives the change set back to its author. */
export async function requestChanges(context: PromotionContext, name: string, commit: string, reason: string, { actor, at }: Doing): Promise<void> {
  const open = await underReview(context, name, commit);
  await takeStep(context, open, { state: "DRAFT" }, { at, actor, action: "changes-requested", commit, text: reason, details: null });
}

/** Adds a remark, possibly about one place of a definition. */
export async function addComment(context: PromotionContext, name: string, text: string, anchor: Json, { actor, at }: Doing): Promise<void> {
  const found = await findChangeSet(context, name);
  await takeStep(context, found, {}, { at, actor, action: "commented", commit: found.head ?? found.changeSet.reviewedCommit, text, details: { anchor } });
}

/** Notes that a remark is dealt with. */
export async function resolveComment(context: PromotionContext, name: string, comment: number, reason: string, { actor, at }: Doing): Promise<void> {
  const found = await findChangeSet(context, name);
  const known = commentsOf(found.steps).find(({ number }) => number === comment);
  if (known === undefined) throw problem("not-found", "There is no comment of this number.");
  if (known.resolvedBy !== null) throw problem("invalid-transition", `The comment was resolved by ${known.resolvedBy}.`);
  await takeStep(context, found, {}, { at, actor, action: "resolved", commit: found.head, text: reason, details: { comment } });
}

async function underReview(context: PromotionContext, name: string, commit: string): Promise<OpenChangeSet> {
  requireCommit(commit);
  const open = await findOpenChangeSet(context, name);
  if (open.state === "DRAFT") {
    throw open.changeSet.reviewedCommit === null || open.head === commit
      ? problem("invalid-transition", "The draft is not up for review; its author submits it.")
      : problem("approval-stale", `The draft has a newer commit, ${open.head.slice(0, 12)}; it is submitted again before it is reviewed.`);
  }
  if (open.changeSet.reviewedCommit !== commit) throw problem("approval-stale", `Commit ${(open.changeSet.reviewedCommit ?? "").slice(0, 12)} is up for review, not this one; look at it again.`);
  return open;
}

function requireHead({ head }: OpenChangeSet, commit: string): void {
  if (requireCommit(commit) !== head) throw problem("draft-conflict", `The draft is at commit ${head.slice(0, 12)}; look at that before you submit it.`);
}
