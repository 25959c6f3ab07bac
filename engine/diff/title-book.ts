import { listRule, propertySchema, schemaAt, schemaOf } from "../language/schema-walk.ts";
import type { Definition, Kind } from "../language/kinds.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";
import type { Change, DefinitionDiff, Enclosing } from "./definition-diff.ts";
import { identityOf } from "./element-names.ts";
import { mapNames, type NamedThing } from "./map-names.ts";
import { OUTPUT_REFERENCES } from "../language/references-of.ts";

/** What people call definitions and their elements: what they are called now, else what they were called. */
export class TitleBook {
  readonly #versions: readonly ReadonlyMap<string, Definition>[];
  readonly #elements = new Map<Definition, ReadonlyMap<string, string>>();

  constructor(before: readonly Definition[], after: readonly Definition[]) {
    this.#versions = [after, before].map((definitions) => new Map(definitions.map((definition) => [`${definition.kind}/${definition.key}`, definition])));
  }

  /** An element's own title; a task without one has that of its type, and everything else its name. */
  titleOfElement(element: string, name: string, value: Json): string {
    return titleOfElement(element, name, value, (type) => this.#titleOf("task-type", type));
  }

  /** An element of one of the definition's own lists, found by its key. */
  enclosing(definition: Definition, list: string, key: string): Enclosing {
    const element = listRule(schemaAt(definition.kind, [list]))?.element ?? list;
    return { element, name: key, title: this.#elementTitles(definition).get(`${element}/${key}`) ?? key };
  }

  /** The titles of everything that the changes name. */
  titlesFor(diffs: readonly DefinitionDiff[]): { readonly [name: string]: string } {
    const titles = new Map<string, string>();
    for (const diff of diffs) {
      if (diff.status === "added" || diff.status === "removed") continue;
      const former = diff.status === "renamed" ? diff.from : diff.key;
      for (const change of diff.changes) {
        for (const thing of namesIn(diff.kind, change)) {
          const id = thing.of === "definition" ? `${thing.what}/${thing.name}` : `${diff.kind}/${diff.key}#${thing.what}/${thing.name}`;
          const title = thing.of === "definition" ? this.#titleOf(thing.what, thing.name) : this.#titleWithin(diff.kind, [diff.key, former], thing);
          if (title !== null) titles.set(id, title);
        }
      }
    }
    return Object.fromEntries([...titles].sort(([left], [right]) => (left < right ? -1 : 1)));
  }

  #titleOf(kind: string, key: string): string | null {
    return this.#versions.map((version) => version.get(`${kind}/${key}`)).find((definition) => definition !== undefined)?.title ?? null;
  }

  #titleWithin(kind: Kind, keys: readonly string[], { what, name }: NamedThing): string | null {
    const definitions = this.#versions.flatMap((version) => keys.map((key) => version.get(`${kind}/${key}`))).filter((definition) => definition !== undefined);
    return definitions.map((definition) => this.#elementTitles(definition).get(`${what}/${name}`)).find((title) => title !== undefined) ?? null;
  }

  #elementTitles(definition: Definition): ReadonlyMap<string, string> {
    const known = this.#elements.get(definition) ?? elementTitles(definition as unknown as JsonObject, (type) => this.#titleOf("task-type", type));
    this.#elements.set(definition, known);
    return known;
  }
}

/** An element's own title; a task without one has that of its type, and everything else its name. */
export function titleOfElement(element: string, name: string, value: Json, titleOfType: (type: string) => string | null = () => null): string {
  if (!isJsonObject(value)) return name;
  const { title, type } = value;
  if (typeof title === "string") return title;
  if (isJsonObject(title) && typeof title["en"] === "string") return title["en"];
  return (element === "task" && typeof type === "string" ? titleOfType(type) : null) ?? name;
}

/** The titles of the elements of a definition's own lists, as `task/reserve-ont`. */
export function elementTitles(definition: JsonObject, titleOfType?: (type: string) => string | null): ReadonlyMap<string, string> {
  const schema = schemaOf(definition);
  return new Map(Object.entries(definition).flatMap(([list, elements]) => {
    const rule = listRule(propertySchema(schema, list));
    if (rule === null || !Array.isArray(elements)) return [];
    return (elements as readonly Json[]).map((value) => {
      const name = identityOf(value, rule);
      return [`${rule.element}/${name}`, titleOfElement(rule.element, name, value, titleOfType)] as const;
    });
  }));
}

/** Everything that the values of a change name. */
function namesIn(kind: Kind, change: Change): readonly NamedThing[] {
  const things: NamedThing[] = [];
  for (const value of valuesOf(change)) {
    mapNames(value, schemaAt(kind, change.path), (thing) => {
      things.push(thing);
      return thing.name;
    });
    if (kind === "decision-table" && isJsonObject(value)) things.push(...answersIn(value));
  }
  return things;
}

function answersIn(row: JsonObject): readonly NamedThing[] {
  return Object.entries(OUTPUT_REFERENCES).flatMap(([output, what]) => {
    const name = row[output];
    return typeof name === "string" ? [{ of: "definition" as const, what, name }] : [];
  });
}

function valuesOf(change: Change): readonly Json[] {
  const values = [change.op === "add" || change.op === "replace" || change.op === "set" ? change.value : undefined, "before" in change ? change.before : undefined];
  return values.filter((value) => value !== undefined);
}
