import type { DefinitionFile } from "../../engine/language/definition-file.ts";
import { definitionSchemas } from "../../engine/language/definition-schemas.ts";
import type { Definition } from "../../engine/language/kinds.ts";
import { referencesOf } from "../../engine/language/references-of.ts";
import { isJsonObject } from "../../engine/support/json.ts";

/** One definition names another. */
export interface Use {
  readonly from: string;
  /** JSON Pointer of the name inside `from`. */
  readonly pointer: string;
  readonly to: string;
}

/** Every place where a file names another definition; files that are no definitions yet name nothing. */
export function usesOf({ path, content }: DefinitionFile): Use[] {
  if (!isJsonObject(content)) return [];
  const definition = content as unknown as Definition;
  if (typeof definition.kind !== "string" || !Object.hasOwn(definitionSchemas, definition.kind)) return [];
  return referencesOf(definition).map(({ kind, key, path: pointer }) => ({ from: path, pointer, to: `${kind}/${key}.json` }));
}
