import { canonicalJson } from "../support/canonical-json.ts";
import { sha256Hex } from "../support/hash.ts";
import type { Json } from "../support/json.ts";
import type { PublishedDefinition } from "./release-bundle.ts";

/**
 * The name a release has by its content: sha256 (hex) over the canonical JSON of all definitions as they were published,
 * which must stand in canonical order, and the version of the language they are written in.
 */
export function releaseDigest(definitions: readonly PublishedDefinition[], languageVersion: number): string {
  return sha256Hex(canonicalJson({ languageVersion, definitions: definitions as unknown as Json }));
}
