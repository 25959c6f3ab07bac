import { checkContent } from "./check-content.ts";
import { checkInlineUrls } from "./check-inline-urls.ts";
import { checkNames } from "./check-names.ts";
import { skeletonOf } from "./confusable.ts";
import { isCompanionFile, type DefinitionFile } from "./definition-file.ts";
import { DefinitionIndex } from "./definition-index.ts";
import { definitionSchemas } from "./definition-schemas.ts";
import type { DiagnosticLog } from "./diagnostic-log.ts";
import type { Report } from "./diagnostic.ts";
import type { Kind } from "./kinds.ts";
import { isPlainObject } from "./plain-object.ts";
import { validateShape } from "./validate-shape.ts";

/**
 * Checks every file by itself and files what is sound under its kind and key. Reports content that is not plain JSON, an
 * unknown kind, a shape that is not that of its kind, a path that is not `<kind>/<key>.json`, and keys that stand twice or
 * look alike.
 */
export function readDefinitions(files: readonly DefinitionFile[], log: DiagnosticLog): DefinitionIndex {
  const index = new DefinitionIndex();
  const claimed = new Map<string, { readonly file: string; readonly key: string }>();
  const ordered = files.filter((file) => !isCompanionFile(file.path)).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  for (const { path: file, content } of ordered) {
    const report = log.for(file);
    if (!checkContent(content, report)) continue;
    const kind = kindOf(content, report);
    if (kind === null || !isPlainObject(content)) continue;
    checkNames(content, report);
    checkInlineUrls(kind, content, report);
    const unique = claim(kind, content["key"], file, claimed, report);
    if (!validateShape(kind, content, report)) continue;
    checkPath(kind, content.key, file, report);
    if (unique) index.add({ file, definition: content });
  }
  return index;
}

function kindOf(content: unknown, report: Report): Kind | null {
  if (!isPlainObject(content)) {
    report("malformed", "", "A definition is a JSON object with kind, key, version, title and description.");
    return null;
  }
  const kind = content["kind"];
  if (typeof kind === "string" && Object.hasOwn(definitionSchemas, kind)) return kind as Kind;
  report(
    "unknown-kind", kind === undefined ? "" : "/kind",
    `The kind ${JSON.stringify(kind) ?? "is missing and"} does not exist; use one of ${Object.keys(definitionSchemas).join(", ")}.`,
  );
  return null;
}

/** Registers a kind and key; false when another file has it already. */
function claim(
  kind: Kind, key: unknown, file: string, claimed: Map<string, { readonly file: string; readonly key: string }>, report: Report,
): boolean {
  if (typeof key !== "string") return false;
  const identity = `${kind}/${skeletonOf(key)}`;
  const other = claimed.get(identity);
  if (!other) {
    claimed.set(identity, { file, key });
    return true;
  }
  if (other.key === key) {
    report("duplicate-id", "/key", `The ${kind} "${key}" stands in ${other.file} too; keep one of them.`);
    return false;
  }
  report("confusable-id", "/key", `The key "${key}" looks like "${other.key}" in ${other.file}; choose a name that nobody can mistake.`);
  return true;
}

function checkPath(kind: Kind, key: string, file: string, report: Report): void {
  const expected = `${kind}/${key}.json`;
  if (file === "" || file === expected || file.endsWith(`/${expected}`)) return;
  report("path-mismatch", "/key", `The file of this definition must be ${expected}; move the file or correct kind and key.`);
}
