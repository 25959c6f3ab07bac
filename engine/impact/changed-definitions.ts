import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Definition, Kind } from "../language/kinds.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { isJsonObject, textOf, type Json, type JsonObject } from "../support/json.ts";
import type { DefinitionPlace } from "./order-impact.ts";

/** One definition that is not the same in two releases. */
export interface DefinitionChange {
  readonly kind: Kind;
  readonly key: string;
  readonly title: string;
  readonly before: Definition | null;
  readonly after: Definition | null;
  /** What of it differs: properties, and of lists the elements (`tasks/book`, `rows/free`). */
  readonly elements: readonly string[];
  /** True when only names for people differ: they act on nothing. */
  readonly wordsOnly: boolean;
}

/** None acts: promotion assigns the version, the description is for the author, and usual durations only for simulations. */
const IGNORED: ReadonlySet<string> = new Set(["version", "description", "usualDuration"]);
const WORDS: ReadonlySet<string> = new Set(["title", "owner"]);

const known = new WeakMap<CompiledRelease, WeakMap<CompiledRelease, ReadonlyMap<string, DefinitionChange>>>();

/** `<kind>/<key>`: how definitions are named here. */
export function definitionId({ kind, key }: { readonly kind: string; readonly key: string }): string {
  return `${kind}/${key}`;
}

/** What differs between two releases, by definition id; compared once for each pair of releases. */
export function changedDefinitions(pinned: CompiledRelease, proposed: CompiledRelease): ReadonlyMap<string, DefinitionChange> {
  let ofPinned = known.get(pinned);
  if (!ofPinned) known.set(pinned, (ofPinned = new WeakMap()));
  let changes = ofPinned.get(proposed);
  if (!changes) ofPinned.set(proposed, (changes = compare(pinned, proposed)));
  return changes;
}

function compare(pinned: CompiledRelease, proposed: CompiledRelease): ReadonlyMap<string, DefinitionChange> {
  const before = new Map(pinned.definitions.map((definition) => [definitionId(definition), definition]));
  const after = new Map(proposed.definitions.map((definition) => [definitionId(definition), definition]));
  const changes = new Map<string, DefinitionChange>();
  for (const id of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [was, is] = [before.get(id) ?? null, after.get(id) ?? null];
    const either = is ?? was;
    const elements = elementsChanged(was as JsonObject | null, is as JsonObject | null);
    if (either === null || elements.length === 0) continue;
    const { kind, key, title } = either;
    changes.set(id, { kind, key, title, before: was, after: is, elements, wordsOnly: was !== null && is !== null && elements.every((element) => WORDS.has(element)) });
  }
  return changes;
}

/** Where a change stands in the proposed release. */
export function placeOf({ kind, key, after }: Pick<DefinitionChange, "kind" | "key" | "after">, element: string | null): DefinitionPlace {
  return { kind, key, version: after?.version ?? null, element };
}

/** The parts of two objects that differ; lists of named elements by their elements. */
export function elementsChanged(before: JsonObject | null, after: JsonObject | null): readonly string[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter((name) => !IGNORED.has(name)).sort();
  return names.flatMap((name) => {
    const [was, is] = [before?.[name], after?.[name]];
    if (same(was, is)) return [];
    const elements = namedElementsChanged(was, is);
    return elements === null || elements.length === 0 ? [name] : elements.map((element) => `${name}/${element}`);
  });
}

/** Names of the elements that differ, or null when these are no lists of named elements. An order alone names none. */
function namedElementsChanged(before: Json | undefined, after: Json | undefined): readonly string[] | null {
  const [was, is] = [byName(before), byName(after)];
  if (!was || !is) return null;
  return [...new Set([...was.keys(), ...is.keys()])].filter((name) => !same(was.get(name), is.get(name)));
}

function byName(list: Json | undefined): ReadonlyMap<string, Json> | null {
  if (!Array.isArray(list)) return null;
  const named = new Map<string, Json>();
  for (const element of list as readonly Json[]) {
    const name = isJsonObject(element) ? textOf(element["key"] ?? element["id"]) : null;
    if (name === null) return null;
    named.set(name, element);
  }
  return named;
}

/** Equal as JSON, whatever order members stand in; what is absent is null. */
export function same(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson((a ?? null) as Json) === canonicalJson((b ?? null) as Json);
}
