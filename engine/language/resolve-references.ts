import type { DefinitionIndex } from "./definition-index.ts";
import type { DiagnosticLog } from "./diagnostic-log.ts";
import type { Report } from "./diagnostic.ts";
import { markedReferencesOf } from "./references-of.ts";
import { suggest } from "./suggest.ts";

/** Reports every reference of the release that leads nowhere. What cells of tables name is checked with what else they may say. */
export function resolveReferences(index: DefinitionIndex, log: DiagnosticLog): void {
  for (const { file, definition } of index.everything()) {
    const report: Report = log.for(file);
    for (const { kind, key, path, code } of markedReferencesOf(definition)) {
      if (index.has(kind, key)) continue;
      report(code, path, `There is no ${kind} "${key}"${suggest(key, index.keys(kind))}`);
    }
  }
}
