import fc from "fast-check";
import { CARRIED, itemSchema, knownProperties, listRule, propertySchema, schemaOf, type Schema } from "../../../engine/language/schema-walk.ts";
import type { Definition } from "../../../engine/language/kinds.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../engine/support/json.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";

/** The definitions the product ships, as the diff and the merge take them. */
export const shipped: readonly Definition[] = loadDefinitions().flatMap(({ path, content }) => (path === "release.json" ? [] : [content as Definition]));

/** The numbers of one random edit; what they pick depends on what is there. */
export type Dice = readonly number[];

export const dice: fc.Arbitrary<readonly Dice[]> = fc.array(fc.array(fc.nat(1_000_000), { minLength: 12, maxLength: 12 }), { maxLength: 8 });

/** Release of a few definitions after random edits: values changed, elements added, removed, moved, renamed, repeated. */
export function editRandomly(definitions: readonly Definition[], edits: readonly Dice[]): readonly Definition[] {
  return edits.reduce((current, numbers) => {
    const roll = rollerOf(numbers);
    const target = roll(current.length);
    const what = roll(12);
    if (what === 0 && current.length > 1) return current.filter((_, position) => position !== target);
    if (what === 1) return [...current, { ...(current[target] as Definition), key: `new-${roll(9)}` }].filter(isFirstOfItsKey);
    if (what === 2) return current.map((definition, position) => (position === target ? { ...definition, key: `renamed-${roll(9)}` } : definition)).filter(isFirstOfItsKey);
    return current.map((definition, position) => (position === target ? editDefinition(definition, numbers) : definition));
  }, definitions);
}

/** One definition after one random edit somewhere inside it; kind and key stay. */
export function editDefinition(definition: Definition, numbers: Dice): Definition {
  const edited = editAt(definition as unknown as Json, schemaOf(definition as unknown as Json), rollerOf(numbers.toReversed())) as JsonObject;
  return { ...edited, kind: definition.kind, key: definition.key } as unknown as Definition;
}

function isFirstOfItsKey({ kind, key }: Definition, position: number, all: readonly Definition[]): boolean {
  return all.findIndex((other) => other.kind === kind && other.key === key) === position;
}

type Roll = (sides: number) => number;

function rollerOf(numbers: Dice): Roll {
  let at = 0;
  return (sides) => (numbers[(at += 1) % numbers.length] as number) % Math.max(sides, 1);
}

function editAt(value: Json, schema: Schema, roll: Roll): Json {
  if (Array.isArray(value)) return editList([...(value as readonly Json[])], schema, roll);
  if (isJsonObject(value)) return editObject(value, schema, roll);
  return [`text ${roll(5)}`, roll(7), roll(2) === 0, null, "PT4H"][roll(5)] as Json;
}

function editList(list: Json[], schema: Schema, roll: Roll): Json {
  const at = roll(list.length);
  switch (roll(list.length === 0 ? 1 : 7)) {
    case 0: return [...list.slice(0, at), newElement(list, schema, roll), ...list.slice(at)];
    case 1: return list.filter((_, position) => position !== at);
    case 2: return [...list.filter((_, position) => position !== at), list[at] as Json];
    case 3: return [...list, structuredClone(list[at] as Json)];
    case 4: return list.map((element, position) => (position === at ? renamed(element, schema, roll) : element));
    default: return list.map((element, position) => (position === at ? editAt(element, itemSchema(schema), roll) : element));
  }
}

function newElement(list: readonly Json[], schema: Schema, roll: Roll): Json {
  const sample = list[roll(list.length)];
  return sample === undefined ? `text ${roll(5)}` : renamed(sample, schema, roll);
}

function renamed(element: Json, schema: Schema, roll: Roll): Json {
  const property = listRule(schema)?.identity.find((name) => isJsonObject(element) && typeof element[name] === "string");
  return property === undefined ? `text ${roll(5)}` : { ...(element as JsonObject), [property]: `new-${roll(9)}` };
}

function editObject(value: JsonObject, schema: Schema, roll: Roll): Json {
  const known = knownProperties(schema);
  const names = known ?? [...Object.keys(value), `extra${roll(3)}`];
  const deep = names.filter((name) => typeof value[name] === "object" && value[name] !== null);
  const name = (deep.length > 0 && roll(4) > 0 ? deep[roll(deep.length)] : names[roll(names.length)]) as string;
  const inner = value[name];
  if (inner === undefined) return { ...value, [name]: schema === CARRIED ? [`text ${roll(3)}`, "text x"] : `text ${roll(5)}` };
  if (roll(6) === 0) return Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
  if (known === null && roll(6) === 0) return Object.fromEntries([...Object.entries(value).filter(([other]) => other !== name), [name, inner]]);
  return { ...value, [name]: editAt(inner, propertySchema(schema, name), roll) };
}
