import type { ConflictCode } from "../../engine/merge/definition-merge.ts";
import { mergeDefinition, resolveConflicts } from "../../engine/merge/merge-definition.ts";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import { parseDefinition } from "../../engine/language/parse-definition.ts";
import type { Json } from "../../engine/support/json.ts";
import type { CommitFile } from "../git/repository.ts";
import { RELEASE_FILE } from "../load-release.ts";

/** Which of two edits of one thing holds. */
export type ConflictSide = "draft" | "live";

/** One thing that the draft and what was promoted meanwhile changed differently. */
export interface DraftConflict {
  /** Names it in the choices. */
  readonly id: string;
  readonly path: string;
  readonly code: ConflictCode;
  readonly words: string;
}

/** What a draft takes over from what is live. */
export interface LiveMerge {
  /** The files of the draft that become others; null: they go. */
  readonly changes: ReadonlyMap<string, string | null>;
  /** Those that no choice decided. */
  readonly conflicts: readonly DraftConflict[];
}

export interface MergeSides {
  /** The commit both began with. */
  readonly base: readonly CommitFile[];
  readonly draft: readonly CommitFile[];
  readonly live: readonly CommitFile[];
}

const SIDES = { draft: "ours", live: "theirs" } as const;

/** Merges file by file and, inside a file, element by element; `choose` says which side holds where both cannot. */
export function mergeLive({ base, draft, live }: MergeSides, choose: (id: string) => ConflictSide | null): LiveMerge {
  const [inBase, inDraft, inLive] = [base, draft, live].map((files) => new Map(files.map(({ path, text }) => [path, text])));
  const changes = new Map<string, string | null>();
  const conflicts: DraftConflict[] = [];
  for (const path of [...new Set([...(inDraft?.keys() ?? []), ...(inLive?.keys() ?? [])])].sort()) {
    const [before, ours, theirs] = [inBase, inDraft, inLive].map((side) => side?.get(path) ?? null) as [string | null, string | null, string | null];
    if (ours === theirs || theirs === before) continue;
    if (ours === before || path === RELEASE_FILE) changes.set(path, theirs);
    else if (ours === null || theirs === null) settleRemoval(path, ours, theirs);
    else mergeFile(path, before, ours, theirs);
  }
  return { changes, conflicts };

  function settleRemoval(path: string, ours: string | null, theirs: string | null): void {
    const side = choose(path);
    if (side === "live") changes.set(path, theirs);
    if (side !== null) return;
    const words = ours === null ? `The draft removes ${path}, and what is live has changed it.` : `The draft changes ${path}, and it was removed from what is live.`;
    conflicts.push({ id: path, path, code: "removed-and-changed", words });
  }

  function mergeFile(path: string, before: string | null, ours: string, theirs: string): void {
    const merge = mergeDefinition(before === null ? null : contentOf(before, path), contentOf(ours, path), contentOf(theirs, path));
    const chosen = merge.conflicts.map((conflict) => ({ conflict, id: `${path}#${conflict.id}`, side: choose(`${path}#${conflict.id}`) }));
    conflicts.push(...chosen.flatMap(({ conflict: { code, words }, id, side }) => (side === null ? [{ id, path, code, words }] : [])));
    const choices = Object.fromEntries(chosen.flatMap(({ conflict, side }) => (side === null ? [] : [[conflict.id, SIDES[side]]])));
    changes.set(path, formatDefinition(resolveConflicts(merge, choices)));
  }
}

/** A draft's files were parsed when they were saved, and what is live compiles. */
function contentOf(text: string, path: string): Json {
  const parsed = parseDefinition(text, path);
  if (!parsed.ok) throw new Error(`${path} is no JSON: ${parsed.diagnostics[0]?.message ?? ""}`);
  return parsed.content;
}
