import { readChangeSets } from "../store/change-store.ts";
import { effectiveState, OPEN_STATES, type ChangeSet, type ChangeSetState } from "./change-set.ts";
import { changedPaths } from "./change-view.ts";
import type { PromotionContext } from "./promotion-context.ts";
import { PROMOTION_LIMITS } from "./promotion-limits.ts";

/** An open draft and the files it changes. */
export interface OpenChange {
  readonly name: string;
  readonly title: string;
  readonly author: string;
  readonly state: ChangeSetState;
  readonly head: string;
  /** When it was saved last, and who did; also by Git. */
  readonly savedAt: string;
  readonly savedBy: string;
  readonly paths: readonly string[];
}

/** What is being worked on now, whoever asks. */
export interface OpenChanges {
  /** The commit that is live. */
  readonly live: string | null;
  readonly drafts: readonly OpenChange[];
}

type Looked = Pick<OpenChange, "savedAt" | "savedBy" | "paths">;

/** What was found out about pairs of commits is kept; commits never change. */
const KEPT = 500;

/** Reads which open draft changes which definitions, the latest touched first. What a commit holds is found out once, so that pages may ask often. */
export function createOpenChanges(context: PromotionContext): () => Promise<OpenChanges> {
  const { repository, database, target } = context;
  const known = new Map<string, Promise<Looked>>();

  function lookAt(live: string, head: string): Promise<Looked> {
    const key = `${live} ${head}`;
    const found = known.get(key) ?? read(live, head);
    known.delete(key);
    known.set(key, found);
    found.catch(() => known.delete(key));
    const [oldest] = known.keys();
    if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
    return found;
  }

  async function read(live: string, head: string): Promise<Looked> {
    const [newest] = await repository.commits(head, { limit: 1 });
    const base = await repository.mergeBase(head, live);
    return { savedAt: newest?.at ?? "", savedBy: newest?.author.name ?? "", paths: base === null ? [] : await changedPaths(context, base, head) };
  }

  return async () => {
    const live = await repository.head(target);
    const { rows } = await readChangeSets(database.select, { states: OPEN_STATES, offset: 0, limit: PROMOTION_LIMITS.openDrafts });
    const heads = new Map((await repository.branches("refs/heads/draft/")).map(({ branch, commit }) => [branch, commit]));
    const drafts: OpenChange[] = [];
    for (const row of rows as readonly ChangeSet[]) {
      const head = heads.get(row.branch);
      if (head === undefined || live === null) continue;
      const { name, title, author } = row;
      drafts.push({ name, title, author, state: effectiveState(row, head), head, ...(await lookAt(live, head)) });
    }
    return { live, drafts };
  };
}
