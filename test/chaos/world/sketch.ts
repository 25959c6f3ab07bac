import type { DefinitionFile } from "../../../engine/language/definition-file.ts";
import type { Json, JsonObject } from "../../../engine/support/json.ts";

/** A definition as the generator writes it: title, description and version are added when it becomes a file. */
export type Sketch = { readonly kind: string; readonly key: string } & JsonObject;

export function fileOf(sketch: Sketch): DefinitionFile {
  const { kind, key } = sketch;
  return { path: `${kind}/${key}.json`, content: { version: 1, title: `The ${key}`, description: "Drawn for a chaos world.", ...sketch } };
}

/** A condition with one comparison. */
export function when(fact: string, path: string, operator: string, value: Json): JsonObject {
  return { all: [{ fact, path, operator, value }] };
}

/** A schema of an object that must carry these texts. */
export function needs(...names: readonly string[]): JsonObject {
  return { type: "object", properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])), required: names };
}
