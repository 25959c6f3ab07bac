import type { Conflict, Side } from "../../engine/merge/definition-merge.ts";
import { mergeDefinition, resolveConflicts } from "../../engine/merge/merge-definition.ts";
import { fileOf, sameFile, type FileState } from "./file-state.ts";
import type { Files } from "./history.ts";

/** A file in which both sides changed the same. Everything else of theirs is in ours already, so base and theirs differ in what must be decided only. */
export interface OpenFile {
  readonly base: FileState | null;
  readonly theirs: FileState | null;
}

export type OpenFiles = ReadonlyMap<string, OpenFile>;

export interface Joined {
  /** What of theirs comes in here. */
  readonly changes: readonly { readonly path: string; readonly after: FileState | null }[];
  /** What must be decided; until then ours stands. */
  readonly open: OpenFiles;
}

/** One thing both sides changed: an element, a row or a property of a file, or a file as a whole where that cannot be told. */
export interface JoinConflict {
  readonly path: string;
  /** Names it among the conflicts of its file; empty for the whole file. */
  readonly id: string;
  /** In the words of a review; null for a whole file. */
  readonly sides: Conflict["sides"] | null;
  readonly ours: FileState | null;
  readonly theirs: FileState | null;
}

/** Which side holds, by `conflictKey`. */
export type JoinChoices = ReadonlyMap<string, "ours" | "theirs">;

export function conflictKey({ path, id }: Pick<JoinConflict, "path" | "id">): string {
  return `${path}#${id}`;
}

/**
 * Joins two states that go back to one, element by element: edits of different tasks, rows or properties all hold; only what
 * both sides changed is open.
 */
export function joinFiles(base: Files, ours: Files, theirs: Files): Joined {
  const changes: Joined["changes"][number][] = [];
  const open = new Map<string, OpenFile>();
  for (const path of new Set([...base.keys(), ...ours.keys(), ...theirs.keys()])) {
    const mine = ours.get(path) ?? null;
    const joined = joinFile(base.get(path) ?? null, mine, theirs.get(path) ?? null);
    if (joined.open !== null) open.set(path, joined.open);
    if (!sameFile(joined.after, mine)) changes.push({ path, after: joined.after });
  }
  return { changes, open };
}

/** What is still to be decided, with ours as it is now: whoever typed on since finds that here. */
export function conflictsIn(open: OpenFiles, ours: Files): readonly JoinConflict[] {
  return [...open].flatMap(([path, { base, theirs }]) => {
    const mine = ours.get(path) ?? null;
    if (sameFile(mine, theirs) || sameFile(mine, base)) return [];
    const merge = mergeOf(base, mine, theirs);
    if (merge === null) return [{ path, id: "", sides: null, ours: mine, theirs }];
    return merge.conflicts.map(({ id, sides }): JoinConflict => ({ path, id, sides, ours: mine, theirs }));
  });
}

/** Ours with every conflict decided as chosen; ours where nothing is chosen. */
export function decide(open: OpenFiles, ours: Files, choices: JoinChoices): Joined["changes"] {
  return [...open].map(([path, { base, theirs }]) => {
    const mine = ours.get(path) ?? null;
    if (sameFile(mine, base)) return { path, after: theirs };
    const merge = mergeOf(base, mine, theirs);
    if (merge === null) return { path, after: choices.get(conflictKey({ path, id: "" })) === "theirs" ? theirs : mine };
    const sides = Object.fromEntries(merge.conflicts.map(({ id }): [string, Side] => [id, choices.get(conflictKey({ path, id })) ?? "ours"]));
    return { path, after: fileOf(resolveConflicts(merge, sides)) };
  });
}

function joinFile(base: FileState | null, ours: FileState | null, theirs: FileState | null): { readonly after: FileState | null; readonly open: OpenFile | null } {
  if (sameFile(ours, theirs) || sameFile(theirs, base)) return { after: ours, open: null };
  if (sameFile(ours, base)) return { after: theirs, open: null };
  const merge = mergeOf(base, ours, theirs);
  if (merge === null) return { after: ours, open: { base, theirs } };
  const after = fileOf(merge.merged);
  if (merge.conflicts.length === 0) return { after, open: null };
  const all = (side: Side): FileState => fileOf(resolveConflicts(merge, Object.fromEntries(merge.conflicts.map(({ id }) => [id, side]))));
  return { after, open: { base: all("base"), theirs: all("theirs") } };
}

/** Null where a file is gone, or holds no JSON, on one side: then only the whole can be chosen. */
function mergeOf(base: FileState | null, ours: FileState | null, theirs: FileState | null): ReturnType<typeof mergeDefinition> | null {
  if (ours === null || theirs === null || ours.unread !== null || theirs.unread !== null) return null;
  return mergeDefinition(base?.content ?? null, ours.content, theirs.content);
}
