import { canonicalJson } from "../support/canonical-json.ts";
import { sha256Hex } from "../support/hash.ts";
import type { Json } from "../support/json.ts";
import type { Definition } from "./kinds.ts";
import { LANGUAGE_VERSION } from "./language-version.ts";

/**
 * The name a release has by its content: sha256 (hex) over the canonical JSON of all definitions, which must stand in
 * canonical order, and the version of the language they are written in.
 */
export function releaseDigest(definitions: readonly Definition[]): string {
  return sha256Hex(canonicalJson({ languageVersion: LANGUAGE_VERSION, definitions: definitions as unknown as Json }));
}
