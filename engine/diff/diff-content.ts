import { itemSchema, knownProperties, propertySchema, type Schema } from "../language/schema-walk.ts";
import type { Definition } from "../language/kinds.ts";
import type { ListRule } from "../language/schemas/parts.ts";
import { jsonEqual } from "../rules/operators.ts";
import type { Json, JsonObject } from "../support/json.ts";
import type { Arrangement, Change, Enclosing, Path } from "./definition-diff.ts";
import { nameElements, nameLater, type NamedElement } from "./element-names.ts";
import { keptInPlace } from "./kept-in-place.ts";
import { orderMatters } from "./order-matters.ts";
import { commonListRule, haveCommonProperties } from "./take-apart.ts";

/** What differs between two versions of one definition. */
export interface ContentDiff {
  readonly changes: Change[];
  readonly arrangement: Arrangement[];
}

/** What people call an element: its own title, else its name. */
export type TitleElement = (element: string, name: string, value: Json) => string;

interface Place {
  readonly path: Path;
  readonly within: readonly Enclosing[];
  readonly schema: Schema;
}

/** Compares two versions of a definition whose renames were followed already: the same keys mean the same things. */
export function diffContent(before: Definition, after: Definition, schema: Schema, titleElement: TitleElement): ContentDiff {
  const diff = new ContentDiffer(after as unknown as Json, titleElement);
  diff.value(before as unknown as Json, after as unknown as Json, { path: [], within: [], schema });
  return { changes: diff.changes, arrangement: diff.arrangement };
}

class ContentDiffer {
  readonly changes: Change[] = [];
  readonly arrangement: Arrangement[] = [];
  readonly #definition: Json;
  readonly #titleElement: TitleElement;

  constructor(definition: Json, titleElement: TitleElement) {
    this.#definition = definition;
    this.#titleElement = titleElement;
  }

  value(before: Json | undefined, after: Json | undefined, place: Place): void {
    if (before === after) return;
    const rule = commonListRule(before, after, place.schema);
    if (rule !== null) {
      this.#list((before ?? []) as readonly Json[], (after ?? []) as readonly Json[], rule, place);
      if ((before === undefined) !== (after === undefined)) this.arrangement.push({ path: place.path, op: "presence", written: after !== undefined });
    } else if (haveCommonProperties(before, after, place.schema)) {
      this.#object(before as JsonObject, after as JsonObject, place);
    } else if (!jsonEqual(before, after)) {
      this.changes.push({ ...headOf(place), op: "set", ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { value: after }) });
    } else if (JSON.stringify(before) !== JSON.stringify(after)) {
      this.arrangement.push({ path: place.path, op: "rewrite", value: after as Json });
    }
  }

  #object(before: JsonObject, after: JsonObject, { path, within, schema }: Place): void {
    const [old, now] = [namesOf(before), namesOf(after)];
    for (const name of new Set([...old, ...now])) {
      this.value(before[name], after[name], { path: [...path, name], within, schema: propertySchema(schema, name) });
    }
    if (hasOwnOrder(schema) && !isAppended(old, now)) this.arrangement.push({ path, op: "order", names: now });
  }

  #list(before: readonly Json[], after: readonly Json[], rule: ListRule, place: Place): void {
    const old = nameElements(before, rule);
    const now = nameLater(after, old, rule);
    const positions = new Map(old.map(({ name }, position) => [name, position]));
    const names = new Set(now.map(({ name }) => name));
    const stayed = now.filter(({ name }) => positions.has(name));
    const kept = keptInPlace(stayed.map(({ name }) => positions.get(name) as number));
    const moved = new Set(stayed.filter((_, position) => !kept.has(position)).map(({ name }) => name));
    for (const element of old) if (!names.has(element.name)) this.changes.push({ ...this.#headOf(rule, "removed", place, element), op: "remove", before: element.value });
    now.forEach((element, position) => {
      const was = positions.get(element.name);
      const predecessor = now[position - 1]?.name ?? null;
      if (was === undefined) this.changes.push({ ...this.#headOf(rule, "added", place, element), op: "add", value: element.value, after: predecessor });
      else this.#element((old[was] as NamedElement).value, element, rule, place);
      if (was !== undefined && moved.has(element.name)) this.#move(element, predecessor, old[was - 1]?.name ?? null, rule, place);
    });
  }

  #element(before: Json, element: NamedElement, rule: ListRule, place: Place): void {
    const head = this.#headOf(rule, "changed", place, element);
    if (rule.line && !jsonEqual(before, element.value)) this.changes.push({ ...head, op: "replace", before, value: element.value });
    else this.value(before, element.value, { path: head.path, within: head.within, schema: itemSchema(place.schema) });
  }

  #move(element: NamedElement, after: string | null, wasAfter: string | null, rule: ListRule, place: Place): void {
    const head = this.#headOf(rule, "moved", place, element);
    if (orderMatters(rule, this.#definition)) this.changes.push({ ...head, op: "move", after, wasAfter });
    else this.arrangement.push({ path: head.path, op: "move", after });
  }

  #headOf({ element }: ListRule, what: "added" | "removed" | "changed" | "moved", { path, within }: Place, { name, value }: NamedElement) {
    return { code: `${element}-${what}`, path: [...path, name], within: [...within, { element, name, title: this.#titleElement(element, name, value) }] };
  }
}

function headOf({ path, within }: Place) {
  const code = within.length > 0 ? `${within.at(-1)?.element}-changed` : path.length === 1 && path[0] === "version" ? "version-changed" : "property-changed";
  return { code, path, within };
}

function namesOf(value: JsonObject): string[] {
  return Object.keys(value).filter((name) => value[name] !== undefined);
}

/** Whether the author chose the order of the names: not where the schema knows them all, and not in a row, which follows its columns. */
function hasOwnOrder(schema: Schema): boolean {
  return knownProperties(schema) === null && propertySchema(schema, "")?.["x-editor"] !== "cell";
}

/** Whether the later names are what stayed of the earlier ones, then the new ones: the order in which changes are applied. */
function isAppended(earlier: readonly string[], later: readonly string[]): boolean {
  const known = new Set(earlier);
  const names = new Set(later);
  return [...earlier.filter((name) => names.has(name)), ...later.filter((name) => !known.has(name))].every((name, position) => name === later[position]);
}
