import { checkAgainst } from "../check-against.ts";
import { compile } from "../compile.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { Definition } from "../kinds.ts";
import { LANGUAGE_VERSION } from "../language-version.ts";
import { parseDefinition } from "../parse-definition.ts";
import { changedRelease, type CheckExample } from "./check-example.ts";
import { filesOf } from "./minimal-release.ts";

/** What the checks say about an example: the same functions that check an author's release. */
export function runExample(example: CheckExample): readonly Diagnostic[] {
  const { edits, text, base, languageVersion = LANGUAGE_VERSION } = example;
  if (text) {
    const parsed = parseDefinition(text.content, text.file);
    return parsed.ok ? [] : parsed.diagnostics;
  }
  const proposed = changedRelease(edits);
  if (base) return checkAgainst(definitionsIn(changedRelease(base)), definitionsIn(proposed));
  const result = compile(filesOf(proposed), { name: "example", languageVersion, ...(example.roles ? { roles: example.roles } : {}) });
  return result.ok ? result.warnings : result.diagnostics;
}

function definitionsIn(release: ReadonlyMap<string, unknown>): Definition[] {
  return [...release.values()] as Definition[];
}
