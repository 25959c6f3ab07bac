import { canonicalJson } from "../../engine/support/canonical-json.ts";
import { sha256Hex } from "../../engine/support/hash.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";
import type { Definition } from "../../engine/language/kinds.ts";
import type { ReleaseBundle } from "../../engine/language/release-bundle.ts";
import { upgradeDefinitions } from "../../engine/language/upgrade/upgrade-definitions.ts";
import { idOf, jsonOf } from "./definition-files.ts";

/** Every version of every definition that was ever published, by `kind/key`. */
export interface PublishedVersions {
  /** The highest version that was ever published; 0 when there was none. */
  readonly highest: (id: string) => number;
  /** False when this version was published with another content. */
  readonly fits: (id: string, version: number, content: JsonObject) => boolean;
}

interface ReleaseShelf {
  readonly list: () => Promise<readonly { readonly digest: string }[]>;
  readonly bundle: (digest: string) => Promise<ReleaseBundle | null>;
}

/** Reads each stored release once: they never change. */
export function createPublishedVersions(releases: ReleaseShelf): () => Promise<PublishedVersions> {
  const read = new Set<string>();
  const hashes = new Map<string, Map<number, Set<string>>>();
  return async () => {
    for (const { digest } of await releases.list()) {
      if (read.has(digest)) continue;
      const bundle = await releases.bundle(digest);
      const definitions = bundle === null ? [] : (upgradeDefinitions(bundle.definitions, bundle.languageVersion) as readonly Definition[]);
      for (const definition of definitions) {
        const id = idOf(definition);
        const versions = hashes.get(id) ?? new Map<number, Set<string>>();
        const contents = versions.get(definition.version) ?? new Set();
        hashes.set(id, versions.set(definition.version, contents.add(contentHash(jsonOf(definition)))));
      }
      read.add(digest);
    }
    return {
      highest: (id) => Math.max(0, ...(hashes.get(id)?.keys() ?? [])),
      fits: (id, version, content) => hashes.get(id)?.get(version)?.has(contentHash(content)) ?? true,
    };
  };
}

function contentHash(content: Json): string {
  return sha256Hex(canonicalJson(content));
}
