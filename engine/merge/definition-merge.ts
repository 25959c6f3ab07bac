import type { Enclosing, Path } from "../diff/definition-diff.ts";
import type { Json } from "../support/json.ts";
import type { ConflictWords } from "./conflict-words.ts";

export type Side = "base" | "ours" | "theirs";

/** Why two edits of one place cannot both hold. */
export type ConflictCode = "both-changed" | "removed-and-changed" | "added-twice" | "renamed-twice" | "order";

/** One place that both sides changed in ways that exclude each other. A side that does not have it leaves its value out. */
export interface Conflict {
  /** Its path as one text (`rows/add`), unique in a merge: what `resolveConflicts` takes. */
  readonly id: string;
  readonly code: ConflictCode;
  readonly path: Path;
  /** The elements it is in, the outermost first; where an element itself is in conflict, it is the last one. */
  readonly within: readonly Enclosing[];
  readonly base?: Json;
  readonly ours?: Json;
  readonly theirs?: Json;
  /** The conflict in business words. */
  readonly words: string;
  /** The same in parts, for a place that shows the sides beside each other. */
  readonly sides: ConflictWords;
}

/** A merge of two versions of one file that have a common origin. */
export interface Merge {
  readonly base: Json;
  readonly ours: Json;
  readonly theirs: Json;
  /** Every edit of both sides that is in no conflict; conflicts stand as in ours. */
  readonly merged: Json;
  /** Empty when the merge is clean. */
  readonly conflicts: readonly Conflict[];
}
