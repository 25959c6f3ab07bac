import type { FileState } from "./file-state.ts";
import type { Files } from "./history.ts";

/** A file that both changed, with its three states. */
export interface FileConflict {
  readonly path: string;
  readonly base: FileState | null;
  readonly ours: FileState | null;
  readonly theirs: FileState | null;
}

export interface Joined {
  /** What of theirs comes in here. */
  readonly joined: readonly { readonly path: string; readonly after: FileState | null }[];
  readonly conflicts: readonly FileConflict[];
}

/** Joins two states that go back to one: a file that only one side changed is theirs or ours; what both changed differently is a conflict. */
export function joinFiles(base: Files, ours: Files, theirs: Files): Promise<Joined> {
  const joined: Joined["joined"][number][] = [];
  const conflicts: FileConflict[] = [];
  for (const path of new Set([...base.keys(), ...ours.keys(), ...theirs.keys()])) {
    const [b, o, t] = [base.get(path) ?? null, ours.get(path) ?? null, theirs.get(path) ?? null];
    if (o?.text === t?.text || t?.text === b?.text) continue;
    if (o?.text === b?.text) joined.push({ path, after: t });
    else conflicts.push({ path, base: b, ours: o, theirs: t });
  }
  return Promise.resolve({ joined, conflicts });
}
