import { orderMatters } from "../diff/order-matters.ts";
import type { Enclosing, Path } from "../diff/definition-diff.ts";
import { nameElements, nameLater } from "../diff/element-names.ts";
import { commonListRule, haveCommonProperties } from "../diff/take-apart.ts";
import { itemSchema, knownProperties, propertySchema, type Schema } from "../language/schema-walk.ts";
import type { ListRule } from "../language/schemas/parts.ts";
import { jsonEqual } from "../rules/operators.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";
import type { ConflictCode, Side } from "./definition-merge.ts";
import { mergeOrder } from "./merge-order.ts";

/** One value as the three sides have it; undefined where a side has none. */
export interface Three {
  readonly base: Json | undefined;
  readonly ours: Json | undefined;
  readonly theirs: Json | undefined;
}

export interface Place {
  readonly path: Path;
  readonly within: readonly Enclosing[];
  readonly schema: Schema;
}

/** What a merge asks on its way: which side wins a conflict, who renamed what, and what an element is called. */
export interface MergeQuestions {
  readonly settle: (code: ConflictCode, place: Place, values: Three) => Side;
  /** True when the side gave the element of that path, or one inside it, a new key: then it changed it. */
  readonly isRenamed: (side: "ours" | "theirs", path: Path) => boolean;
  readonly titleOf: (element: string, name: string, value: Json) => string;
}

/** Merges three versions of a definition whose renames were followed: the same keys mean the same things. */
export function mergeContent(three: Three, schema: Schema, questions: MergeQuestions): Json | undefined {
  return new ContentMerger([three.ours ?? null, three.theirs ?? null], questions).value(three, { path: [], within: [], schema });
}

class ContentMerger {
  readonly #definitions: readonly Json[];
  readonly #questions: MergeQuestions;

  constructor(definitions: readonly Json[], questions: MergeQuestions) {
    this.#definitions = definitions;
    this.#questions = questions;
  }

  value(three: Three, place: Place): Json | undefined {
    const { base, ours, theirs } = three;
    if (jsonEqual(ours, theirs) || !this.#isChanged("theirs", three, place)) return ours;
    if (!this.#isChanged("ours", three, place)) return theirs;
    const rule = commonListRule(ours, theirs, place.schema) && commonListRule(base, ours ?? theirs, place.schema);
    if (rule !== null) return this.#list(three, rule, place);
    if (haveCommonProperties(ours, theirs, place.schema) && (base === undefined || isJsonObject(base))) return this.#object(three, place);
    if (isVersion(place) && typeof ours === "number" && typeof theirs === "number") return Math.max(ours, theirs);
    return this.#conflict(base === undefined ? "added-twice" : ours === undefined || theirs === undefined ? "removed-and-changed" : "both-changed", place, three);
  }

  #isChanged(side: "ours" | "theirs", three: Three, { path }: Place): boolean {
    return !jsonEqual(three.base, three[side]) || this.#questions.isRenamed(side, path);
  }

  #conflict(code: ConflictCode, place: Place, three: Three): Json | undefined {
    return three[this.#questions.settle(code, place, three)];
  }

  #object(three: Three, { path, within, schema }: Place): JsonObject {
    const [base, ours, theirs] = [three.base ?? {}, three.ours, three.theirs] as readonly JsonObject[] as readonly [JsonObject, JsonObject, JsonObject];
    const known = knownProperties(schema);
    const { names } = mergeOrder(Object.keys(base), Object.keys(ours), Object.keys(theirs), "ours");
    const ordered = known === null ? names : [...known, ...names.filter((name) => !known.includes(name))];
    const members = ordered.map((name) => [name, this.value({ base: base[name], ours: ours[name], theirs: theirs[name] }, { path: [...path, name], within, schema: propertySchema(schema, name) })] as const);
    return Object.fromEntries(members.filter(([, member]) => member !== undefined));
  }

  #list(three: Three, rule: ListRule, place: Place): Json | undefined {
    const base = nameElements((three.base ?? []) as readonly Json[], rule);
    const [ours, theirs] = [three.ours, three.theirs].map((list) => nameLater((list ?? []) as readonly Json[], base, rule)) as [typeof base, typeof base];
    const [inBase, inOurs, inTheirs] = [base, ours, theirs].map((list) => new Map(list.map(({ name, value }) => [name, value]))) as [Map<string, Json>, Map<string, Json>, Map<string, Json>];
    const namesOf = (list: typeof base): readonly string[] => list.map(({ name }) => name);
    const merge = (preferred: Side) => mergeOrder(namesOf(base), namesOf(ours), namesOf(theirs), preferred);
    let { names, contested } = merge("ours");
    if (contested && this.#definitions.some((definition) => orderMatters(rule, definition))) names = merge(this.#questions.settle("order", place, { base: namesOf(base), ours: namesOf(ours), theirs: namesOf(theirs) })).names;
    const elements = names.map((name) => this.#element({ base: inBase.get(name), ours: inOurs.get(name), theirs: inTheirs.get(name) }, name, rule, place)).filter((element) => element !== undefined);
    return elements.length === 0 && (three.ours === undefined || three.theirs === undefined) ? undefined : elements;
  }

  #element(three: Three, name: string, rule: ListRule, { path, within, schema }: Place): Json | undefined {
    const { base, ours, theirs } = three;
    const value = ours ?? theirs ?? base ?? null;
    const here: Place = { path: [...path, name], within: [...within, { element: rule.element, name, title: this.#questions.titleOf(rule.element, name, value) }], schema: itemSchema(schema) };
    const isWhole = rule.line || base === undefined || ours === undefined || theirs === undefined;
    if (!isWhole) return this.value(three, here);
    if (jsonEqual(ours, theirs) || !this.#isChanged("theirs", three, here)) return ours;
    if (!this.#isChanged("ours", three, here)) return theirs;
    return this.#conflict(base === undefined ? "added-twice" : ours === undefined || theirs === undefined ? "removed-and-changed" : "both-changed", here, three);
  }
}

/** Promotion assigns versions, so two of them are no conflict of authors: the later one counts. */
function isVersion({ path }: Place): boolean {
  return path.length === 1 && path[0] === "version";
}
