import { renameDefinitions } from "../diff/rename-definition.ts";
import { skeletonOf } from "./confusable.ts";
import type { Definition, Kind } from "./kinds.ts";
import { validateShape } from "./validate-shape.ts";

export type Renaming =
  | { readonly ok: true; readonly definitions: readonly Definition[] }
  /** `code` is one of the catalogue of diagnostics. */
  | { readonly ok: false; readonly code: string; readonly message: string };

/**
 * Gives a definition another key, and everything that names it: references the schemas declare (`x-ref`), also those of
 * tasks and dependencies, and the cells of decision tables that name plans and manual tasks. Nothing is renamed when the new
 * key is no key, is taken, or looks like one that is taken. Expressions that build a key are left as they are.
 */
export function renameDefinition(definitions: readonly Definition[], kind: Kind, from: string, to: string): Renaming {
  const same = definitions.filter((each) => each.kind === kind);
  const renamed = same.find(({ key }) => key === from);
  if (!renamed) return { ok: false, code: "unknown-reference", message: `There is no ${kind} "${from}".` };
  const other = same.find(({ key }) => key !== from && skeletonOf(key) === skeletonOf(to));
  if (other) {
    const [code, message] = other.key === to ? ["duplicate-id", "exists already"] : ["confusable-id", `looks like "${other.key}"`];
    return { ok: false, code, message: `The ${kind} "${to}" ${message}; choose another key.` };
  }
  const problems: string[] = [];
  validateShape(kind, { ...renamed, key: to }, (_, path, message) => {
    if (path === "/key") problems.push(message);
  });
  if (problems.length > 0) return { ok: false, code: "schema-violation", message: `"${to}" cannot be the key of a ${kind}: ${problems.join(" ")}` };
  return { ok: true, definitions: renameDefinitions(definitions, [{ kind, from, to }]) };
}

