import type { Actor } from "../../engine/order/inputs.ts";
import type { Commit } from "../git/commit-log.ts";
import type { Signature } from "../git/write-commit.ts";
import { segmentOf } from "../git/ref-names.ts";
import type { DefinitionChange } from "./build-candidate.ts";
import type { Approval, ChangeSet, ChangeStep } from "./change-set.ts";
import type { OpenChangeSet, PromotionContext } from "./promotion-context.ts";

/** A role whose holder must have approved, and why. */
export interface RequiredApproval {
  readonly role: string;
  readonly why: string;
}

const REVIEW: RequiredApproval = { role: "reviewer", why: "Every change is approved by someone who did not write it." };
const FINANCE: RequiredApproval = { role: "finance-approver", why: "It changes when customers are charged." };

/** Whose approval a change needs. */
export function requiredApprovals(changes: readonly DefinitionChange[]): readonly RequiredApproval[] {
  return changes.some(({ kind }) => kind === "billing-trigger") ? [REVIEW, FINANCE] : [REVIEW];
}

/** The approvals still missing. */
export function missingApprovals(required: readonly RequiredApproval[], given: readonly Approval[]): readonly RequiredApproval[] {
  return required.filter(({ role }) => !given.some(({ roles }) => roles.includes(role)));
}

/** Those of the actor's roles an approval can count for. */
export function approvingRoles(actor: Actor): readonly string[] {
  return [REVIEW.role, FINANCE.role].filter((role) => actor.roles.includes(role));
}

/** How an actor signs commits. */
export function signatureOf(actor: string): Signature {
  const name = actor.replace(/[\p{Cc}<>]/gu, " ").trim() || "unknown";
  return { name, email: `${segmentOf(actor)}@orderloom.invalid` };
}

/**
 * True when the actor had a hand in what the commits hold: began the draft, submitted it, or wrote one of the commits. A
 * commit may have come by Git, where its author is only a claim; who submitted it is known from a token, and is an author
 * for this purpose, so two different people have always looked.
 */
function isAuthor(actor: string, changeSet: ChangeSet, steps: readonly ChangeStep[], commits: readonly Commit[]): boolean {
  if (changeSet.author === actor || steps.some((step) => step.action === "submitted" && step.actor === actor)) return true;
  const names = new Set([actor.toLowerCase(), signatureOf(actor).name.toLowerCase(), signatureOf(actor).email.toLowerCase()]);
  return commits.some(({ author, committer }) => [author, committer].some(({ name, email }) => [name, email, email.split("@")[0] ?? ""].some((each) => names.has(each.toLowerCase()))));
}

/** True when the actor had a hand in what this commit adds to what is live. */
export async function wrote(context: PromotionContext, { changeSet, steps }: OpenChangeSet, actor: string, commit: string): Promise<boolean> {
  const live = await context.repository.head(context.target);
  const commits = await context.repository.commits(commit, { without: live === null ? [] : [live] });
  return isAuthor(actor, changeSet, steps, commits);
}

/** Everyone who had a hand in it, for people to read. */
export function authorsOf(changeSet: ChangeSet, commits: readonly Commit[]): readonly string[] {
  return [...new Set([changeSet.author, ...commits.map(({ author }) => author.name)])].sort();
}
