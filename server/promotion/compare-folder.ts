import type { CommitFile } from "../git/repository.ts";
import { readDefinitionFiles } from "./definition-files.ts";

/** A folder that differs from a commit: `dirty`, with the definitions in which it does. */
export interface DirtyFolder {
  readonly code: "dirty";
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Compares the files of a folder with those of a commit, by what the definitions mean: place, format and version of a
 * definition, and the name of the release, do not count. Null when they mean the same.
 */
export function compareFolder(folder: readonly CommitFile[], commit: readonly CommitFile[]): DirtyFolder | null {
  const inFolder = meanings(folder);
  const inCommit = meanings(commit);
  const added = [...inFolder.keys()].filter((id) => !inCommit.has(id));
  const changed = [...inFolder].filter(([id, meaning]) => inCommit.has(id) && inCommit.get(id) !== meaning).map(([id]) => id);
  const removed = [...inCommit.keys()].filter((id) => !inFolder.has(id));
  return added.length + changed.length + removed.length === 0 ? null : { code: "dirty", added, changed, removed };
}

/** The difference in one line. */
export function describeDirty({ added, changed, removed }: DirtyFolder): string {
  const part = (count: number, word: string) => (count === 0 ? [] : [`${count} ${word}`]);
  const names = [...changed, ...added, ...removed];
  const some = names.slice(0, 5).join(", ") + (names.length > 5 ? ", …" : "");
  return `${[...part(changed.length, "changed"), ...part(added.length, "added"), ...part(removed.length, "removed")].join(", ")}: ${some}`;
}

function meanings(files: readonly CommitFile[]): ReadonlyMap<string, string> {
  const { definitions, diagnostics } = readDefinitionFiles(files);
  return new Map([...[...definitions].map(([id, { meaning }]) => [id, meaning] as const), ...diagnostics.map(({ file, message }) => [file, message] as const)]);
}
