import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Definition } from "../../engine/language/kinds.ts";

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

/** What `GET /api/releases/{digest}` returns: enough to compile the very same release elsewhere. */
export interface ReleaseBundle {
  readonly name: string;
  readonly digest: string;
  readonly languageVersion: number;
  readonly definitions: readonly Definition[];
}
