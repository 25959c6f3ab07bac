import type { ListRule } from "../language/schemas/parts.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { isJsonObject, type Json } from "../support/json.ts";

/** An element of a list and the name under which it is found. */
export interface NamedElement {
  readonly name: string;
  readonly value: Json;
}

/**
 * Names the elements of a list: by the properties its rule gives, as in `reserve-ont` or `success reserve-ont`. Where
 * several share them, the second is `…#2` and so on, so that a name is unique in its list.
 */
export function nameElements(list: readonly Json[], rule: ListRule): readonly NamedElement[] {
  const counts = new Map<string, number>();
  return list.map((value) => {
    const identity = identityOf(value, rule);
    const count = (counts.get(identity) ?? 0) + 1;
    counts.set(identity, count);
    return { name: numbered(identity, count), value };
  });
}

/**
 * Names the elements of a later version of a list so that an element that stayed keeps its name. Among several that share
 * their properties, those of the same content are the same ones; the rest correspond in their order.
 */
export function nameLater(list: readonly Json[], earlier: readonly NamedElement[], rule: ListRule): readonly NamedElement[] {
  const known = groupsOf(earlier, rule);
  const groups = new Map<string, number[]>();
  list.forEach((value, index) => {
    const identity = identityOf(value, rule);
    const group = groups.get(identity);
    if (group) group.push(index);
    else groups.set(identity, [index]);
  });
  const names: string[] = [];
  for (const [identity, indexes] of groups) {
    const before = known.get(identity) ?? [];
    if (indexes.length === 1 && before.length < 2) names[indexes[0] as number] = identity;
    else for (const [index, name] of correspond(indexes, list, before, identity)) names[index] = name;
  }
  return list.map((value, index) => ({ name: names[index] as string, value }));
}

function correspond(indexes: readonly number[], list: readonly Json[], before: readonly NamedElement[], identity: string): Map<number, string> {
  const names = new Map<number, string>();
  const free = [...before];
  for (const index of indexes) {
    const content = canonicalJson(list[index] as Json);
    const same = free.findIndex(({ value }) => canonicalJson(value) === content);
    if (same >= 0) names.set(index, (free.splice(same, 1)[0] as NamedElement).name);
  }
  let count = before.length;
  for (const index of indexes) {
    if (!names.has(index)) names.set(index, free.shift()?.name ?? numbered(identity, (count += 1)));
  }
  return names;
}

function groupsOf(elements: readonly NamedElement[], rule: ListRule): Map<string, NamedElement[]> {
  const groups = new Map<string, NamedElement[]>();
  for (const element of elements) {
    const identity = identityOf(element.value, rule);
    const group = groups.get(identity);
    if (group) group.push(element);
    else groups.set(identity, [element]);
  }
  return groups;
}

const numbered = (identity: string, count: number): string => (count === 1 ? identity : `${identity}#${count}`);

/** What tells an element apart, as text. An element that has none of the properties is its own content. */
export function identityOf(element: Json, rule: ListRule): string {
  const own = isJsonObject(element) ? rule.identity.map((name) => element[name]).filter((part) => part !== undefined) : [];
  return own.length === 0 ? textOf(element) : own.map(textOf).join(" ");
}

const textOf = (value: Json): string => (typeof value === "string" ? value : canonicalJson(value));
