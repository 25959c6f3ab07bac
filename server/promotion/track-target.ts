import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { operationDone, operationStatements } from "../flow/operations-log.ts";
import { problem, Problem } from "../problems/problem.ts";
import { nextStepStatements, readChangeSet, readChangeSets, type ChangeSetRow } from "../store/change-store.ts";
import { readPromotion, wasActivated, type PromotionRow } from "../store/promotion-store.ts";
import type { ActivationCause } from "../store/releases-store.ts";
import type { Statement } from "../store/sql.ts";
import { createTurnstile } from "../store/turnstile.ts";
import { arrivedRelease, compileFiles } from "./arrived-release.ts";
import { leftBehind } from "./candidate-of.ts";
import type { ChangeSetState, StepAction } from "./change-set.ts";
import type { PromotionContext } from "./promotion-context.ts";

/** What became of the target branch's newest commit. */
export interface Tracking {
  /** The commit the branch is at; null before there is one. */
  readonly commit: string | null;
  /** Why that commit did not become the active release; null when it did. */
  readonly refusal: { readonly code: string; readonly detail: string; readonly at: string } | null;
}

/** Follows the target branch of the definitions: what it holds becomes the release of new orders, or is refused loudly. */
export interface TargetTracker {
  /** Looks now. After it, the active release is the branch's, or `tracking().refusal` says why not. */
  readonly track: (at: string) => Promise<Tracking>;
  readonly tracking: () => Tracking;
}

/** Who acts when a commit arrives without a request of ours. */
const SERVER = "server";

/**
 * Activates each commit of the target branch once. A commit gets here by promotion, which is written down before the branch
 * moves, so that a server that stops in between goes on where it stopped. A commit nobody wrote down is believed only from
 * a remote whose own reviews are believed, and when nothing from Git was ever active. Whatever is refused, the release that is
 * active stays so.
 */
export function createTargetTracker(context: PromotionContext): TargetTracker {
  const { repository, database, releases, target, log } = context;
  const oneAtATime = createTurnstile();
  let state: Tracking = { commit: null, refusal: null };

  async function look(at: string): Promise<Tracking> {
    const commit = await repository.head(target);
    if (commit === null || (commit === state.commit && state.refusal !== null)) return state;
    const [newest] = await releases.activations(1);
    if (newest?.commit === commit) {
      if (releases.active()?.digest !== newest.digest) await releases.refreshActive();
      return { commit, refusal: null };
    }
    try {
      await activate(commit, at);
      return { commit, refusal: null };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await refuse(commit, error, at);
      return { commit, refusal: { code: error.code, detail: error.message, at } };
    }
  }

  async function activate(commit: string, at: string): Promise<void> {
    const promotion = await readPromotion(database.select, commit);
    if (await wasActivated(database.select, commit)) throw leftBehind((await releases.activations(1))[0]?.commit ?? commit);
    const release = promotion === null ? await arrivedRelease(context, commit, at) : await promotedRelease(commit, promotion);
    await releases.put(release, at);
    const cause: ActivationCause = promotion === null
      ? { kind: "git", commit, by: SERVER, reason: await subjectOf(commit) }
      : { kind: promotion.kind, commit, by: promotion.actor, reason: promotion.reason };
    await releases.activate(release.digest, at, cause, await changeSetStatements(promotion, release.digest, at));
    log.info({ release: release.name, digest: release.digest, commit, kind: cause.kind, by: cause.by }, "A release is active");
  }

  async function promotedRelease(commit: string, { digest, releaseName }: PromotionRow): Promise<CompiledRelease> {
    const release = compileFiles(await context.filesOf(commit));
    if (release.digest !== digest) throw problem("promotion-unreviewed", `The commit compiles to another release than the one that was promoted as ${releaseName}.`);
    return release;
  }

  async function subjectOf(commit: string): Promise<string> {
    return (await repository.commits(commit, { limit: 1 }))[0]?.message.split("\n")[0] ?? "";
  }

  async function changeSetStatements(promotion: PromotionRow | null, digest: string, at: string): Promise<readonly Statement[]> {
    const step = (row: ChangeSetRow, state: ChangeSetState, action: StepAction, text: string): Statement[] =>
      nextStepStatements(row, { state, ...(action === "promoted" && { releaseDigest: digest }) }, {
        at, actor: promotion?.actor ?? SERVER, action, commit: promotion?.commit ?? null, text, details: { digest },
      });
    const { rows: live } = await readChangeSets(database.select, { states: ["PROMOTED"], offset: 0, limit: 100 });
    const superseded = live.filter(({ releaseDigest }) => releaseDigest !== digest).flatMap((row) => step(row, "SUPERSEDED", "superseded", "Another release is live."));
    const name = promotion?.changeSet ?? null;
    const own = name === null ? null : await readChangeSet(database.select, name);
    if (own !== null) return [...superseded, ...(own.state === "PROMOTED" ? [] : step(own, "PROMOTED", "promoted", promotion?.reason ?? ""))];
    const { rows: earlier } = await readChangeSets(database.select, { states: ["SUPERSEDED"], offset: 0, limit: 1_000 });
    const again = earlier.filter(({ releaseDigest }) => releaseDigest === digest).flatMap((row) => step(row, "PROMOTED", "live-again", promotion?.reason ?? ""));
    return [...superseded, ...again];
  }

  async function refuse(commit: string, { code, message }: Problem, at: string): Promise<void> {
    const active = releases.active();
    log.error({ commit, code, detail: message, active: active?.name }, "The definitions of the target branch were refused; the active release stays");
    const id = `release.refuse ${commit} ${code}`;
    if (await operationDone(database.select, id)) return;
    await database.write(operationStatements({ id, at, actor: SERVER, action: "release.refuse", subject: target, reason: `${code}: ${message}`, before: active?.digest ?? null, after: { commit } }));
  }

  return {
    tracking: () => state,
    track: (at) =>
      oneAtATime(async () => {
        state = await look(at);
        return state;
      }),
  };
}
