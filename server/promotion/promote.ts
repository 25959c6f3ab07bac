import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Json } from "../../engine/support/json.ts";
import { operationDone, operationStatements, type OperationRequest } from "../flow/operations-log.ts";
import { requireCommit } from "../git/ref-names.ts";
import type { CommitFile } from "../git/repository.ts";
import { problem } from "../problems/problem.ts";
import { promotionStatements, type PromotionRow } from "../store/promotion-store.ts";
import { candidateOf, leftBehind, unsound } from "./candidate-of.ts";
import { approvalsOf, migratedBy } from "./change-set.ts";
import { fileOf, jsonOf, releaseFileOf, scenarioFilesOf } from "./definition-files.ts";
import { missingApprovals, requiredApprovals, signatureOf, wrote } from "./four-eyes.ts";
import { findChangeSet, findOpenChangeSet, liveFiles, type OpenChangeSet, type PromotionContext } from "./promotion-context.ts";
import type { ReviewDesk, ReviewSubject } from "./review-desk.ts";
import { reviewSubject } from "./review-page.ts";
import type { ScenariosReport } from "./review-sections.ts";
import type { TargetTracker } from "./track-target.ts";

export interface Promoter {
  readonly context: PromotionContext;
  readonly tracker: TargetTracker;
  readonly desk: ReviewDesk;
}

/** The release that new orders get from now on. */
export interface PromotedRelease {
  readonly name: string;
  readonly digest: string;
  readonly commit: string;
}

/**
 * Promotes exactly the commit that was approved: its definitions get their versions, the release its name, both become one
 * commit on the target branch, and the server activates it. Whoever wrote part of it does not promote it.
 */
export async function promoteDraft(promoter: Promoter, name: string, commit: string, request: OperationRequest): Promise<PromotedRelease> {
  const { context } = promoter;
  requireCommit(commit);
  const done = await promotedBefore(context, name, commit);
  if (done !== null) return done;
  const open = await findOpenChangeSet(context, name);
  requireApproved(open, commit);
  const candidate = await candidateOf(context, commit, migratedBy(open.steps), request.at);
  const { changes, files, release, diagnostics } = candidate.candidate;
  const missing = missingApprovals(requiredApprovals(changes), approvalsOf(open.steps, commit));
  if (missing.length > 0) throw unapproved(commit, ` by ${missing.map(({ role }) => role).join(" and ")}`);
  if (await wrote(context, open, request.actor, commit)) throw problem("four-eyes", "You had a hand in this change; ask someone else to promote it.");
  if (release === null) throw unsound(diagnostics);
  const scenarios = await requireScenarios(promoter, reviewSubject(context, candidate.live, commit, migratedBy(open.steps)));

  const { title, reason } = open.changeSet;
  const approvers = approvalsOf(open.steps, commit).map(({ by }) => `Approved-By: ${by}`);
  const message = [`Promote ${release.name}: ${title}`, "", reason, "", `Draft: ${name}`, `Digest: ${release.digest}`, `Scenarios: ${scenarios.passed} passed, ${scenarios.coverage.percent}% reached`, ...approvers].join("\n");
  const promotion = { kind: "promotion", changeSet: name, reason: request.reason } as const;
  const promoted = await moveTarget(promoter, { release, base: commit, files, parents: [candidate.live, commit], message, promotion, request, action: "release.promote" });
  await context.repository.close(open.changeSet.branch, commit).catch((error: unknown) => context.log.warn({ err: error, branch: open.changeSet.branch }, "The branch of a promoted draft stays"));
  return promoted;
}

/**
 * Makes an older release the one for new orders again: a new commit on the target branch with the older content. It is the same
 * release, so it keeps name and digest. It was reviewed when it was promoted; whoever rolls back says why.
 */
export async function rollBack(promoter: Promoter, digest: string, request: OperationRequest): Promise<PromotedRelease> {
  const { context } = promoter;
  const release = await context.releases.byDigest(digest);
  if (release === null) throw problem("not-found", "Take the digest from GET /api/releases.");
  const live = await liveFiles(context);
  const [newest] = await context.releases.activations(1);
  if (newest?.digest === digest && newest.commit === live.commit) {
    if (await operationDone(context.database.select, request.id)) return { name: release.name, digest, commit: live.commit };
    throw problem("invalid-transition", `${release.name} is the active release already.`);
  }
  const paths = new Map([...live.files.definitions].map(([id, { path }]) => [id, path]));
  const files = [
    ...release.published.map((definition) => fileOf(jsonOf(definition), paths.get(`${definition.kind}/${definition.key}`) ?? `${definition.kind}/${definition.key}.json`)),
    ...scenarioFilesOf(live.files),
    ...live.files.companions,
    releaseFileOf(release.name, release.languageVersion),
  ];
  const message = [`Roll back to ${release.name}`, "", request.reason, "", `Digest: ${digest}`].join("\n");
  const promotion = { kind: "rollback", changeSet: null, reason: request.reason } as const;
  return moveTarget(promoter, { release, base: live.commit, files, parents: [live.commit], message, promotion, request, action: "release.rollback" });
}

interface TargetMove {
  readonly release: CompiledRelease;
  /** The commit whose other files stay as they are. */
  readonly base: string;
  /** All JSON files of the new commit. */
  readonly files: readonly CommitFile[];
  /** The commit the target branch is expected to be at comes first. */
  readonly parents: readonly [string, ...string[]];
  readonly message: string;
  readonly promotion: Pick<PromotionRow, "kind" | "changeSet" | "reason">;
  readonly request: OperationRequest;
  readonly action: "release.promote" | "release.rollback";
}

/** Stores the release, writes down what is about to happen, moves the branch if it is where it was, and activates. */
async function moveTarget({ context, tracker }: Promoter, { release, base, files, parents, message, promotion, request, action }: TargetMove): Promise<PromotedRelease> {
  const { repository, database, releases, target } = context;
  const [before] = parents;
  const [newest] = await releases.activations(1);
  if (typeof newest?.commit === "string" && !(await repository.has(newest.commit))) throw leftBehind(newest.commit);
  const commit = await repository.write({ base, parents, changes: await differences(context, base, files), author: signatureOf(request.actor), at: request.at, message });
  await releases.put(release, request.at);
  const log = { ...request, action, subject: release.name, before: releases.active()?.digest ?? null, after: { digest: release.digest, commit } satisfies Json };
  const row = { ...promotion, commit, releaseName: release.name, digest: release.digest, before, actor: request.actor, at: request.at };
  const logged = await operationDone(database.select, request.id);
  await database.write([...promotionStatements(row), ...(logged ? [] : operationStatements(log))]);
  if (!(await repository.move(target, commit, before))) throw problem("not-fast-forward", "Something else was promoted at the same moment; take it in and have the result approved.");
  const { refusal } = await tracker.track(request.at);
  if (refusal !== null) throw problem("definitions-invalid", refusal.detail);
  return { name: release.name, digest: release.digest, commit };
}

/** Refuses what does not do what its scenarios say. The review page has usually run them already. */
async function requireScenarios({ desk }: Promoter, subject: ReviewSubject): Promise<ScenariosReport> {
  const { scenarios } = await desk.finish(subject);
  if (scenarios.state !== "done") throw problem("unavailable", "The scenarios could not be run now; send the same request again.");
  const failed = scenarios.result.results.filter(({ passed }) => !passed);
  if (failed.length === 0) return scenarios.result;
  throw unsound(failed.map(({ key, title, unmet }) => ({
    code: "scenario-failed", severity: "error", file: `scenario/${key}.json`, path: unmet[0]?.pointer ?? "", message: `The scenario "${title}" fails: ${unmet[0]?.message ?? "no reason given"}`,
  })));
}

/** The files that differ from those of `base`. */
async function differences({ repository }: PromotionContext, base: string, files: readonly CommitFile[]): Promise<ReadonlyMap<string, string | null>> {
  const before = new Map((await repository.texts(base)).map(({ path, text }) => [path, text]));
  const after = new Map(files.map(({ path, text }) => [path, text]));
  const gone = [...before.keys()].filter((path) => !after.has(path)).map((path) => [path, null] as const);
  return new Map([...gone, ...[...after].filter(([path, text]) => before.get(path) !== text)]);
}

/** The answer to a promotion that was done already: its request is being repeated. */
async function promotedBefore(context: PromotionContext, name: string, commit: string): Promise<PromotedRelease | null> {
  const { changeSet } = await findChangeSet(context, name);
  const { state, reviewedCommit, releaseDigest } = changeSet;
  if ((state !== "PROMOTED" && state !== "SUPERSEDED") || reviewedCommit !== commit || releaseDigest === null) return null;
  const release = await context.releases.get(releaseDigest);
  const activation = (await context.releases.activations(1_000)).find(({ digest }) => digest === releaseDigest);
  return { name: release.name, digest: releaseDigest, commit: activation?.commit ?? commit };
}

function requireApproved(open: OpenChangeSet, commit: string): void {
  if (open.head !== commit) throw problem("promotion-unreviewed", `The draft is at commit ${open.head.slice(0, 12)}, not at the one you name; look at it, and have it approved.`);
  if (open.state !== "APPROVED") throw unapproved(commit, "");
}

function unapproved(commit: string, by: string): ReturnType<typeof problem> {
  return problem("promotion-unreviewed", `Commit ${commit.slice(0, 12)} has not been approved${by}.`);
}
