import type { Parts } from "../parts.ts";

/** A bug that is put in on purpose, around the real parts and only for one world. */
export interface Planted {
  readonly name: string;
  /** True for the first fifteen of the list every nightly must kill. */
  readonly listed: boolean;
  /** New for each world, because some bugs remember. */
  readonly parts: () => Parts;
  /** For a bug that bends something shared by all: puts it straight again. */
  readonly undo?: () => void;
}
