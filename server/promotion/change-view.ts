import type { Commit } from "../git/commit-log.ts";
import { describeChanges, describePromoted, type DefinitionChange } from "./build-candidate.ts";
import { approvalsOf, commentsOf, effectiveState, OPEN_STATES, type Approval, type ChangeSet, type ChangeSetState, type ChangeStep, type Comment } from "./change-set.ts";
import { idOf } from "./definition-files.ts";
import { authorsOf, requiredApprovals, type RequiredApproval } from "./four-eyes.ts";
import { baseCommit, findChangeSet, isPromoted, lastCommit, liveFiles, type ChangeSetNow, type PromotionContext } from "./promotion-context.ts";
import { readChangeSets } from "../store/change-store.ts";
import { readPromotionOf } from "../store/promotion-store.ts";

/** One line of a list of drafts. */
export interface ChangeLine {
  readonly name: string;
  readonly title: string;
  readonly author: string;
  readonly state: ChangeSetState;
  readonly head: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly href: string;
}

/** A change set as the pages about it need it. */
export interface ChangeView extends ChangeLine {
  readonly reason: string;
  readonly branch: string;
  readonly authors: readonly string[];
  /** The commit of what is live that the draft contains, and the one that is live. */
  readonly base: string | null;
  readonly live: string;
  /** True when something was promoted that the draft does not contain yet. */
  readonly behind: boolean;
  readonly reviewedCommit: string | null;
  readonly releaseDigest: string | null;
  /** What the draft changes, by definition. */
  readonly changes: readonly DefinitionChange[];
  readonly approvals: { readonly required: readonly RequiredApproval[]; readonly given: readonly Approval[] };
  readonly comments: readonly Comment[];
  readonly steps: readonly ChangeStep[];
  readonly commits: readonly Pick<Commit, "id" | "author" | "at" | "message">[];
  /** Other open drafts that change the same definitions. */
  readonly alsoChangedBy: readonly { readonly draft: string; readonly author: string; readonly definitions: readonly string[] }[];
  readonly pullRequestUrl: string | null;
}

/** Change sets by state and author, the latest touched first. */
export async function listChanges(
  context: PromotionContext, query: { readonly states?: readonly ChangeSetState[] | undefined; readonly author?: string | undefined; readonly offset: number; readonly limit: number },
): Promise<{ readonly drafts: readonly ChangeLine[]; readonly total: number }> {
  const { rows, total } = await readChangeSets(context.database.select, query);
  const heads = await headsOf(context);
  return { drafts: rows.map((row) => lineOf({ changeSet: row as ChangeSet, head: heads.get(row.branch) ?? null })), total };
}

/** One change set with everything its pages show. */
export async function viewChange(context: PromotionContext, name: string): Promise<ChangeView> {
  const found = await findChangeSet(context, name);
  const { changeSet, steps } = found;
  const live = await liveFiles(context);
  const commit = lastCommit(found);
  const open = OPEN_STATES.includes(found.state);
  const base = commit === null ? null : await baseCommit(context, found, commit, live.commit);
  const changes = commit === null || base === null ? [] : await changesOf(context, found, base, commit);
  const commits = commit === null || base === null ? [] : await context.repository.commits(commit, { without: [base] });
  return {
    ...lineOf(found),
    reason: changeSet.reason, branch: changeSet.branch, authors: authorsOf(changeSet, commits), base, live: live.commit, behind: open && base !== live.commit,
    reviewedCommit: changeSet.reviewedCommit, releaseDigest: changeSet.releaseDigest, changes,
    approvals: { required: requiredApprovals(changes), given: changeSet.reviewedCommit === null ? [] : approvalsOf(steps, changeSet.reviewedCommit) },
    comments: commentsOf(steps), steps,
    commits: commits.map(({ id, author, at, message }) => ({ id, author, at, message })),
    alsoChangedBy: open ? await alsoChangedBy(context, name, changes, live.commit) : [],
    pullRequestUrl: pullRequestUrl(context, changeSet),
  };
}

/** What the draft changes; once it is promoted, with the versions it was given. */
async function changesOf(context: PromotionContext, { changeSet, state }: ChangeSetNow, base: string, commit: string): Promise<readonly DefinitionChange[]> {
  const before = await context.filesOf(base);
  const promotion = isPromoted(state) ? await readPromotionOf(context.database.select, changeSet.name) : null;
  if (promotion !== null) return describePromoted(before, await context.filesOf(promotion.commit));
  return describeChanges({ live: before, draft: await context.filesOf(commit), inUse: context.releases.active()?.definitions ?? [], published: await context.published() });
}

async function alsoChangedBy(context: PromotionContext, name: string, changes: readonly DefinitionChange[], live: string): Promise<ChangeView["alsoChangedBy"]> {
  const mine = new Map(changes.map((change) => [change.path, idOf(change)]));
  if (mine.size === 0) return [];
  const { rows } = await readChangeSets(context.database.select, { states: OPEN_STATES, offset: 0, limit: 100 });
  const heads = await headsOf(context);
  const others: ChangeView["alsoChangedBy"][number][] = [];
  for (const row of rows) {
    const head = heads.get(row.branch);
    const base = row.name === name || head === undefined ? null : await context.repository.mergeBase(head, live);
    if (head === undefined || base === null || base === head) continue;
    const theirs = (await changedPaths(context, base, head)).flatMap((path) => mine.get(path) ?? []);
    if (theirs.length > 0) others.push({ draft: row.name, author: row.author, definitions: theirs });
  }
  return others;
}

/** Where two commits differ, without reading what they hold. */
export async function changedPaths({ repository }: PromotionContext, base: string, head: string): Promise<readonly string[]> {
  const [before, after] = await Promise.all([base, head].map(async (commit) => new Map((await repository.files(commit)).map(({ path, blob }) => [path, blob]))));
  return [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].filter((path) => before?.get(path) !== after?.get(path));
}

async function headsOf({ repository }: PromotionContext): Promise<ReadonlyMap<string, string>> {
  return new Map((await repository.branches("refs/heads/draft/")).map(({ branch, commit }) => [branch, commit]));
}

function lineOf({ changeSet, head }: Pick<ChangeSetNow, "changeSet" | "head">): ChangeLine {
  const { name, title, author, createdAt, updatedAt } = changeSet;
  return { name, title, author, state: effectiveState(changeSet, head), head, createdAt, updatedAt, href: `/api/drafts/${name}` };
}

function pullRequestUrl({ pullRequestUrl: template, target }: PromotionContext, { branch }: ChangeSet): string | null {
  return template === null ? null : template.replaceAll("{branch}", encodeURIComponent(branch)).replaceAll("{target}", encodeURIComponent(target));
}
