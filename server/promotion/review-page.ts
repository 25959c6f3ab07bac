import { problem } from "../problems/problem.ts";
import { compileSound } from "./arrived-release.ts";
import { buildCandidate } from "./build-candidate.ts";
import { migratedBy, type ChangeSetState } from "./change-set.ts";
import { baseCommit, findChangeSet, lastCommit, liveFiles, type PromotionContext } from "./promotion-context.ts";
import type { ReviewDesk, ReviewSections, ReviewSubject } from "./review-desk.ts";

/** The review page of a draft: of the commit it is at, compared with what is live. */
export interface ReviewPage {
  readonly draft: string;
  readonly state: ChangeSetState;
  readonly commit: string;
  readonly base: string;
  /** True when something was promoted that the draft does not contain yet. */
  readonly behind: boolean;
  readonly sections: ReviewSections;
}

/** The page as far as it is computed. */
export async function viewReview(context: PromotionContext, desk: ReviewDesk, name: string): Promise<ReviewPage> {
  const found = await findChangeSet(context, name);
  const live = await liveFiles(context);
  const commit = lastCommit(found);
  const base = commit === null ? null : await baseCommit(context, found, commit, live.commit);
  if (commit === null || base === null) throw problem("not-found", "The draft has no commit to look at.");
  const sections = desk.look(reviewSubject(context, base, commit, migratedBy(found.steps)));
  return { draft: name, state: found.state, commit, base, behind: found.head !== null && base !== live.commit, sections };
}

/** What a desk computes pages from. */
export function reviewSubject(context: PromotionContext, base: string, commit: string, migrated: readonly string[]): ReviewSubject {
  return {
    base, commit,
    candidate: async () => buildCandidate({
      live: await context.filesOf(base), draft: await context.filesOf(commit), inUse: context.releases.active()?.definitions ?? [], migrated, published: await context.published(), name: "candidate",
    }),
    before: async () => compileSound(await context.filesOf(base)),
  };
}
