import type { CompileContext } from "../compile-context.ts";
import type { Definition, Kind } from "../kinds.ts";
import { referencesOf } from "../references-of.ts";

/** A definition nothing refers to does nothing; it is usually left over or misspelled elsewhere. */
export function checkUnused(context: CompileContext): void {
  const used = new Set<string>();
  for (const { definition } of context.index.everything()) {
    for (const { kind, key } of referencesOf(definition)) used.add(`${kind}/${key}`);
  }
  for (const { file, definition } of context.index.everything()) {
    if (isRoot(definition) || used.has(`${definition.kind}/${definition.key}`)) continue;
    context.reportFor(file)("unused-definition", "", `Nothing refers to the ${definition.kind} "${definition.key}"; use it or remove it.`);
  }
}

/** Found by their kind: nothing has to refer to them. */
const ROOT_KINDS: readonly Kind[] = ["order-schema", "dependency-type", "reconciliation-rule", "scenario"];

/** Found by what they say, not by their key; or, like dependency types, a set to choose from. */
function isRoot(definition: Definition): boolean {
  if (ROOT_KINDS.includes(definition.kind)) return true;
  return definition.kind === "decision-table" && ["decomposition", "authority", "general"].includes(definition.purpose);
}
