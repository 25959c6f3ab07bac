import { definitionSchemas } from "../../engine/language/definition-schemas.ts";
import type { Definition, Kind } from "../../engine/language/kinds.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";

/** Properties a kind can do without in general, but not with what its required ones begin with. */
const ALSO: { readonly [kind in Kind]?: readonly string[] } = {
  "task-type": ["targetSystem", "retry", "timeout", "evidence", "outputs"],
  "retry-policy": ["backoff"],
  "compensation-policy": ["taskType", "impact"],
  "scenario": ["order", "startAt"],
};

interface StartParts {
  readonly kind: Kind;
  readonly key: string;
  readonly title: string;
  readonly description: string;
  /** Keys of the definitions of a kind there are to name. */
  readonly keysOf: (kind: Kind) => readonly string[];
}

/**
 * What a new definition begins with: for each required property the first example of its schema, and lists that may be
 * empty are empty. A plan begins without tasks, because its canvas asks for the first one. References name what exists.
 */
export function startContent({ kind, key, title, description, keysOf }: StartParts): Definition {
  const schema = definitionSchemas[kind];
  const properties = schema["properties"] as { readonly [name: string]: JsonObject };
  const names = new Set([...((schema["required"] ?? []) as readonly string[]), ...(ALSO[kind] ?? [])]);
  const content: { [name: string]: Json } = {};
  for (const [name, property] of Object.entries(properties)) if (names.has(name)) content[name] = startValue(property, keysOf);
  const own = { kind, key, version: 1, title, description, ...(kind === "plan-template" ? { tasks: [] } : {}), ...(kind === "order-schema" ? { offerings: [offeringOf(key)] } : {}) };
  return { ...content, ...own } as unknown as Definition;
}

function startValue(property: JsonObject, keysOf: StartParts["keysOf"]): Json {
  if (property["type"] === "array" && property["minItems"] === undefined) return [];
  const [example = null] = (property["examples"] ?? []) as readonly Json[];
  const kind = property["x-ref"] as Kind | undefined;
  if (kind === undefined) return example;
  const keys = keysOf(kind);
  return typeof example === "string" && keys.includes(example) ? example : (keys[0] ?? example);
}

/** Two order schemas never share an offering, so a new one begins with an offering of its own name. */
function offeringOf(key: string): string {
  return key.toUpperCase().replaceAll("-", "_");
}

/** A copy of a definition under another key and title; it has not been published, so it begins at version 1. */
export function copyOf(original: Definition, key: string, title: string): Definition {
  const copy = { ...original, key, title, version: 1 } as unknown as Json;
  return (isJsonObject(copy) && original.kind === "order-schema" ? { ...copy, offerings: [offeringOf(key)] } : copy) as unknown as Definition;
}
