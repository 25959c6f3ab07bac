import type { Logger } from "pino";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { openRepository, type CommitFile } from "../git/repository.ts";
import type { GitEnvironment } from "../git/run-git.ts";
import type { Database } from "../store/database.ts";
import type { ReleasesStore } from "../store/releases-store.ts";
import { repeat } from "../workers/repeat.ts";
import { adoptBranches } from "./adopt-branches.ts";
import { assessOpenOrders } from "./assess-open-orders.ts";
import { compareFolder, describeDirty } from "./compare-folder.ts";
import { rememberFiles, type PromotionContext } from "./promotion-context.ts";
import { PROMOTION_LIMITS } from "./promotion-limits.ts";
import { createPublishedVersions } from "./published-versions.ts";
import { createOpenChanges, type OpenChanges } from "./open-changes.ts";
import { createReviewDesk, type ReviewDesk } from "./review-desk.ts";
import { canonicalFiles, seedRepository } from "./seed-repository.ts";
import { createTargetTracker, type TargetTracker } from "./track-target.ts";

/** Where definitions live and how they are released. */
export interface DefinitionsSettings {
  /** Folder of the bare repository. */
  readonly repository: string;
  readonly branch: string;
  readonly remote: string | null;
  readonly reviewIn: "here" | "remote";
  readonly pullRequestUrl: string | null;
  readonly environment: GitEnvironment;
}

export interface PromotionParts {
  readonly settings: DefinitionsSettings;
  /** The definitions folder: it begins a new repository. */
  readonly folder: { readonly name: string; readonly files: readonly CommitFile[]; readonly release: CompiledRelease | null };
  readonly database: Database;
  readonly releases: ReleasesStore;
  readonly now: () => string;
  readonly log: Logger;
}

/** The flow from draft to release, running. */
export interface Promotion {
  readonly context: PromotionContext;
  readonly tracker: TargetTracker;
  readonly desk: ReviewDesk;
  readonly openChanges: () => Promise<OpenChanges>;
  readonly stop: () => Promise<void>;
}

/** Opens or begins the repository, activates what its branch holds, and follows it from then on. */
export async function startPromotion({ settings, folder, database, releases, now, log }: PromotionParts): Promise<Promotion> {
  const { branch: target, remote, reviewIn, pullRequestUrl, environment } = settings;
  const repository = await openRepository({ dir: settings.repository, remote, target, environment });
  const context: PromotionContext = {
    repository, database, releases, target, reviewIn, pullRequestUrl, log, published: createPublishedVersions(releases), filesOf: rememberFiles(repository),
  };
  const tracker = createTargetTracker(context);
  const desk = createReviewDesk(assessOpenOrders(database, releases, now), log);
  await repository.refresh().catch(async (error: unknown) => {
    if ((await repository.head(target)) === null) throw error;
    log.error({ err: error }, "The remote of the definitions is away; the server goes on with what it knows");
  });
  const begins = releases.active() ?? folder.release;
  if (begins !== null) await seedRepository(context, folder.files, begins, now());
  await warnOfFolder(context, folder, settings);
  await tracker.track(now());

  const follower = repeat("follow-definitions", log, PROMOTION_LIMITS, async () => {
    await repository.refresh();
    await adoptBranches(context, now());
    await tracker.track(now());
    return remote === null ? PROMOTION_LIMITS.trackMs : PROMOTION_LIMITS.remoteTrackMs;
  });
  return {
    context, tracker, desk, openChanges: createOpenChanges(context),
    async stop() {
      desk.stop();
      await follower.stop();
    },
  };
}

/** Says what to do about a folder that somebody edited: it is not what runs. */
async function warnOfFolder({ repository, target, log }: PromotionContext, folder: PromotionParts["folder"], { repository: dir }: DefinitionsSettings): Promise<void> {
  const head = await repository.head(target);
  if (head === null) return;
  const files = canonicalFiles(folder.files);
  // A folder that is how the branch once was is only old.
  for (const { id } of await repository.commits(head, { firstParent: true, limit: 50 })) {
    if (compareFolder(files, await repository.texts(id)) === null) return;
  }
  const difference = compareFolder(files, await repository.texts(head));
  if (difference === null) return;
  log.warn(
    { code: difference.code, folder: folder.name, repository: dir, branch: target, difference: describeDirty(difference) },
    `The folder ${folder.name} differs from the branch ${target}, which is what runs. Bring it in as a draft: orderloom draft new NAME, orderloom draft save NAME --dir ${folder.name}, orderloom submit NAME`,
  );
}
