import type { CompiledRelease } from "../../engine/language/compiled-release.ts";

/** The releases the edges need: the active one for new orders, the pinned one of any order. */
export interface ReleaseLookup {
  /** The release new orders are accepted under; null before one is published. */
  readonly active: () => CompiledRelease | null;
  /** Any release that was ever published, or null. */
  readonly byDigest: (digest: string) => Promise<CompiledRelease | null>;
  /** All of them, newest first. */
  readonly list: () => Promise<readonly ReleaseSummary[]>;
}

export interface ReleaseSummary {
  readonly name: string;
  readonly digest: string;
  readonly storedAt: string;
}
