import type { Logger } from "pino";
import type { ImpactReport } from "../../engine/impact/impact-report.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { createTurnstile } from "../store/turnstile.ts";
import type { Candidate } from "./build-candidate.ts";
import { computeChecks, computeDiff, computeScenarios, type Checks, type DiffReport, type ScenariosReport } from "./review-sections.ts";

/** One part of a review page: computed when somebody looks, kept as long as the pair of commits is. */
export type Section<T> =
  | { readonly state: "waiting" }
  | { readonly state: "computing"; readonly done: number; readonly total: number }
  | { readonly state: "done"; readonly result: T }
  | { readonly state: "failed"; readonly detail: string };

/** What the reviewer of a commit sees besides the comments. */
export interface ReviewSections {
  readonly checks: Section<Checks>;
  readonly diff: Section<DiffReport>;
  readonly scenarios: Section<ScenariosReport>;
  /** What it means for the orders under way when the page was computed. */
  readonly impact: Section<ImpactReport>;
}

/** Assesses the orders under way; told how many of how many are done, `stopped` ends that early. */
export type AssessImpact = (release: CompiledRelease, progress: (done: number, total: number) => void, stopped: () => boolean) => Promise<ImpactReport>;

/** Two commits and what the second one makes of the first. */
export interface ReviewSubject {
  readonly base: string;
  readonly commit: string;
  readonly candidate: () => Promise<Candidate>;
  /** The definitions of the base. */
  readonly before: () => Promise<Candidate["release"]>;
}

/**
 * Computes review pages beside the requests, one section after the other, so that orders are not kept waiting. What changes and
 * whether it is sound never waits for the scenarios of another page.
 */
export interface ReviewDesk {
  /** What is known now; begins to compute what is not. */
  readonly look: (subject: ReviewSubject) => ReviewSections;
  /** The same, when everything is computed. */
  readonly finish: (subject: ReviewSubject) => Promise<ReviewSections>;
  readonly stop: () => void;
}

interface Page {
  sections: ReviewSections;
  readonly finished: Promise<void>;
}

/** Pages that are kept. */
const KEPT = 16;
const WAITING: ReviewSections = { checks: { state: "waiting" }, diff: { state: "waiting" }, scenarios: { state: "waiting" }, impact: { state: "waiting" } };

export function createReviewDesk(assess: AssessImpact, log: Logger): ReviewDesk {
  const pages = new Map<string, Page>();
  const [reading, trying] = [createTurnstile(), createTurnstile()];
  let stopped = false;

  function open(subject: ReviewSubject): Page {
    const key = `${subject.base} ${subject.commit}`;
    const known = pages.get(key);
    if (known !== undefined) return known;
    const page: Page = { sections: WAITING, finished: compute(subject, (update) => (page.sections = { ...page.sections, ...update })) };
    pages.set(key, page);
    page.finished.catch((error: unknown) => {
      pages.delete(key);
      if (!stopped) log.error({ err: error, commit: subject.commit }, "A review page could not be computed");
    });
    for (const oldest of pages.keys()) {
      if (pages.size <= KEPT) break;
      pages.delete(oldest);
    }
    return page;
  }

  type Update = (sections: Partial<ReviewSections>) => void;

  async function compute(subject: ReviewSubject, update: Update): Promise<void> {
    const release = await reading(() => read(subject, update));
    if (release !== null) await trying(() => tryOut(release, update));
  }

  /** Checks and differences; the release where it is sound. */
  async function read(subject: ReviewSubject, update: Update): Promise<CompiledRelease | null> {
    update({ checks: { state: "computing", done: 0, total: 0 } });
    const candidate = await subject.candidate();
    update({ checks: { state: "done", result: computeChecks(candidate) }, diff: { state: "computing", done: 0, total: 0 } });
    const before = await subject.before();
    const { release } = candidate;
    if (release === null || before === null) {
      const failed = { state: "failed", detail: "The definitions are not sound; correct what the checks name." } as const;
      update({ diff: failed, scenarios: failed, impact: failed });
      return null;
    }
    update({ diff: { state: "done", result: computeDiff(before, release) } });
    return release;
  }

  async function tryOut(release: CompiledRelease, update: Update): Promise<void> {
    const section = async <N extends keyof ReviewSections>(name: N, work: (progress: (done: number, total: number) => void) => Promise<ReviewSections[N]>): Promise<void> => {
      if (stopped) return;
      const put = (value: ReviewSections[N]) => update({ [name]: value });
      put({ state: "computing", done: 0, total: 0 });
      put(await work((done, total) => put({ state: "computing", done, total })));
    };
    await section("scenarios", async (progress) => ({ state: "done", result: await computeScenarios(release, progress, () => stopped) }));
    await section("impact", async (progress) => ({ state: "done", result: await assess(release, progress, () => stopped) }));
  }

  return {
    look: (subject) => open(subject).sections,
    async finish(subject) {
      const page = open(subject);
      await page.finished;
      return page.sections;
    },
    stop() {
      stopped = true;
    },
  };
}
