import type { Logger } from "pino";
import type { Repository } from "../git/repository.ts";
import { problem } from "../problems/problem.ts";
import { readChangeSet, readChangeSteps, nextStepStatements, type ChangeSetUpdate } from "../store/change-store.ts";
import { readPromotionOf } from "../store/promotion-store.ts";
import { databaseFailure } from "../store/database-error.ts";
import type { Database } from "../store/database.ts";
import type { ReleasesStore } from "../store/releases-store.ts";
import type { Statement } from "../store/sql.ts";
import { CHANGE_SET_MACHINE, effectiveState, type ChangeSet, type ChangeSetState, type ChangeStep } from "./change-set.ts";
import { readDefinitionFiles, type DefinitionFiles } from "./definition-files.ts";
import type { PublishedVersions } from "./published-versions.ts";

/** What the flow from draft to release works with. */
export interface PromotionContext {
  readonly repository: Repository;
  readonly database: Database;
  readonly releases: ReleasesStore;
  /** The branch whose commits are released. */
  readonly target: string;
  /** Where reviews take place: `here`, or on the page of the `remote`, whose protected branch is then believed. */
  readonly reviewIn: "here" | "remote";
  /** Address of the remote's page for a change, with {branch} and {target}; null without one. */
  readonly pullRequestUrl: string | null;
  readonly published: () => Promise<PublishedVersions>;
  /** The files of a commit, read. */
  readonly filesOf: (commit: string) => Promise<DefinitionFiles>;
  readonly log: Logger;
}

/** A change set as it stands: its row, its steps, where its branch is. */
export interface ChangeSetNow {
  readonly changeSet: ChangeSet;
  readonly steps: readonly ChangeStep[];
  /** Null when the branch is gone: promoted, withdrawn, or taken away in Git. */
  readonly head: string | null;
  readonly state: ChangeSetState;
}

/** A change set that still may become a release, and the commit it is at. */
export interface OpenChangeSet extends ChangeSetNow {
  readonly head: string;
}

const REMEMBERED = 12;

/** Reads the files of commits and keeps the newest few: a commit never changes. */
export function rememberFiles(repository: Repository): (commit: string) => Promise<DefinitionFiles> {
  const known = new Map<string, DefinitionFiles>();
  return async (commit) => {
    const found = known.get(commit) ?? readDefinitionFiles(await repository.texts(commit));
    known.delete(commit);
    known.set(commit, found);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    return found;
  };
}

/** The change set of this name; `not-found` when there is none. */
export async function findChangeSet({ database, repository }: PromotionContext, name: string): Promise<ChangeSetNow> {
  const changeSet = (await readChangeSet(database.select, name)) as ChangeSet | null;
  if (changeSet === null) throw problem("not-found", "There is no draft of this name; GET /api/drafts lists them.");
  const steps = (await readChangeSteps(database.select, name)) as readonly ChangeStep[];
  const head = await repository.head(changeSet.branch);
  return { changeSet, steps, head, state: effectiveState(changeSet, head) };
}

/** As `findChangeSet`, but only one that is still open. */
export async function findOpenChangeSet(context: PromotionContext, name: string): Promise<OpenChangeSet> {
  const found = await findChangeSet(context, name);
  const { head, state, changeSet } = found;
  if (CHANGE_SET_MACHINE[state].includes("WITHDRAWN") && head !== null) return { ...found, head };
  throw problem("invalid-transition", head === null && CHANGE_SET_MACHINE[state].includes("WITHDRAWN")
    ? `The branch ${changeSet.branch} is gone; somebody took it away in Git. Begin a new draft.`
    : `The draft is ${state.toLowerCase()} and does not change any more; begin a new one.`);
}

/** The commit the target branch is at, and its files. */
export async function liveFiles({ repository, target, filesOf }: PromotionContext): Promise<{ readonly commit: string; readonly files: DefinitionFiles }> {
  const commit = await repository.head(target);
  if (commit === null) throw problem("release-missing", `The branch ${target} of the definitions does not exist.`);
  return { commit, files: await filesOf(commit) };
}

/** The newest commit of a change set; one whose branch is closed still has its last. */
export function lastCommit({ changeSet, steps, head }: ChangeSetNow): string | null {
  return head ?? changeSet.reviewedCommit ?? steps.findLast((step) => step.commit !== null)?.commit ?? null;
}

/** The commit a change is compared with: what it has in common with what is live; for a promoted one, what was live before it. */
export async function baseCommit({ repository, database }: PromotionContext, { changeSet, state }: ChangeSetNow, commit: string, live: string): Promise<string | null> {
  const promotion = isPromoted(state) ? await readPromotionOf(database.select, changeSet.name) : null;
  return promotion?.before ?? repository.mergeBase(commit, live);
}

/** True for a change set that has become a release. */
export function isPromoted(state: ChangeSetState): boolean {
  return state === "PROMOTED" || state === "SUPERSEDED";
}

/** Takes a step with a change set, if its state allows it and nobody was faster. */
export async function takeStep(
  { database }: PromotionContext, { changeSet, state }: ChangeSetNow, update: ChangeSetUpdate & { readonly state?: ChangeSetState }, step: Omit<ChangeStep, "number">, also: readonly Statement[] = [],
): Promise<void> {
  const to = update.state;
  if (to !== undefined && to !== state && !CHANGE_SET_MACHINE[state].includes(to)) {
    throw problem("invalid-transition", `The draft is ${state.toLowerCase()}; that does not lead to ${to.toLowerCase()}.`);
  }
  try {
    await database.write([...nextStepStatements(changeSet, { state, ...update }, step), ...also]);
  } catch (error) {
    if (databaseFailure(error) === "conflict") throw problem("draft-conflict", "Somebody else did something with the draft at the same moment; read it again.");
    throw error;
  }
}
