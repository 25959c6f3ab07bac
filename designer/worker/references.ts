import type { DefinitionFile } from "../../engine/language/definition-file.ts";
import { definitionSchemas } from "../../engine/language/definition-schemas.ts";
import type { Definition, Kind } from "../../engine/language/kinds.ts";
import { referencesOf } from "../../engine/language/resolve-references.ts";
import { jsonPointer } from "../../engine/support/json-pointer.ts";
import { isJsonObject } from "../../engine/support/json.ts";

/** One definition names another. */
export interface Use {
  readonly from: string;
  /** JSON Pointer of the name inside `from`. */
  readonly pointer: string;
  readonly to: string;
}

/** Columns of decision tables whose cells name definitions. */
export const COLUMN_REFERENCES: { readonly [purpose: string]: { readonly [output: string]: Kind } } = {
  decomposition: { planTemplate: "plan-template" },
  fallout: { manualTask: "manual-task" },
};

/** Every place where a file names another definition; files that are no definitions yet name nothing. */
export function usesOf({ path, content }: DefinitionFile): Use[] {
  if (!isJsonObject(content)) return [];
  const definition = content as unknown as Definition;
  if (typeof definition.kind !== "string" || !Object.hasOwn(definitionSchemas, definition.kind)) return [];
  const named = referencesOf(definition).map(({ kind, key, path: pointer }) => ({ from: path, pointer, to: `${kind}/${key}.json` }));
  return [...named, ...cellUses(path, definition)];
}

function cellUses(from: string, definition: Definition): Use[] {
  if (definition.kind !== "decision-table" || !Array.isArray(definition.rows)) return [];
  const columns = Object.entries(COLUMN_REFERENCES[definition.purpose] ?? {});
  return definition.rows.flatMap((row, position) =>
    columns.flatMap(([column, kind]) => {
      const key = row[column];
      return typeof key === "string" && !key.startsWith("=") ? [{ from, pointer: jsonPointer("rows", position, column), to: `${kind}/${key}.json` }] : [];
    }),
  );
}
