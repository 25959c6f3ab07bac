import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { problem, type FieldProblem } from "../problems/problem.ts";
import { readReleaseNames } from "../store/promotion-store.ts";
import { buildCandidate, type Candidate } from "./build-candidate.ts";
import { liveFiles, type PromotionContext } from "./promotion-context.ts";
import { nextReleaseName } from "./release-name.ts";

/** A draft's commit on top of the commit that is live. */
export interface CandidateOnLive {
  readonly live: string;
  readonly commit: string;
  readonly releaseName: string;
  readonly candidate: Candidate;
}

/** The release a commit would become at `at`. `not-fast-forward` when it does not contain what is live. */
export async function candidateOf(context: PromotionContext, commit: string, migrated: readonly string[], at: string): Promise<CandidateOnLive> {
  const live = await liveFiles(context);
  if ((await context.repository.mergeBase(live.commit, commit)) !== live.commit) {
    throw problem("not-fast-forward", `The draft does not contain what was promoted meanwhile (${live.files.releaseName ?? "another release"}); take it in, then submit the result.`);
  }
  const releaseName = nextReleaseName(at, await readReleaseNames(context.database.select));
  const candidate = buildCandidate({
    live: live.files, draft: await context.filesOf(commit), inUse: context.releases.active()?.definitions ?? [], migrated, published: await context.published(), name: releaseName,
  });
  return { live: live.commit, commit, releaseName, candidate };
}

/** The refusal of a repository that does not hold what another one has promoted for the same database. */
export function leftBehind(commit: string): ReturnType<typeof problem> {
  return problem("not-fast-forward", `Another repository has promoted commit ${commit.slice(0, 12)}, which this one does not hold; let all servers of the database share one with ORDERLOOM_DEFINITIONS_REMOTE.`);
}

/** The refusal of definitions with errors. */
export function unsound(diagnostics: readonly Diagnostic[]): ReturnType<typeof problem> {
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ code, file, path, message }): FieldProblem => ({
    code: "definitions-invalid", pointer: "", rule: code, detail: `${file}${path === "" ? "" : `#${path}`}: ${message}`,
  }));
  return problem("definitions-invalid", `The definitions have ${errors.length === 1 ? "an error" : `${errors.length} errors`}: ${errors[0]?.detail ?? "none is named"}`, { errors });
}
