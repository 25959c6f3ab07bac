import { listRule, schemaAt } from "../language/schema-walk.ts";
import { definitionSchemas } from "../language/definition-schemas.ts";
import type { Definition, Kind } from "../language/kinds.ts";
import { textOf, type JsonObject } from "../support/json.ts";
import { changeInWords, subjectOf, type Subject } from "./change-words.ts";
import type { Change, DefinitionDiff, ReleaseDiff } from "./definition-diff.ts";

/** What became of one definition: a few lines for the summary, and every change. */
export interface DefinitionWords {
  readonly kind: Kind;
  readonly key: string;
  readonly title: string;
  readonly summary: readonly string[];
  readonly details: readonly string[];
}

/**
 * The diff in business words, one line for each thing that changed, many changes of one sort counted: `2 tasks added to
 * *Home Fiber, new installation*`, `*Answer expected in minutes*: step *escalate*, after: 2 h → 4 h`. Titles stand in
 * asterisks. No line when nothing changed its meaning.
 */
export function describeDiff(diff: ReleaseDiff): readonly string[] {
  return describeDefinitions(diff).flatMap(({ summary }) => summary);
}

/** The same definition by definition, with every single change; of a version only where nothing else changed. */
export function describeDefinitions({ definitions, titles }: ReleaseDiff): readonly DefinitionWords[] {
  return definitions.map((one) => {
    const { kind, key, title } = one;
    const subject = subjectOf(one, titles);
    return { kind, key, title, summary: summaryOf(one, subject), details: "changes" in one ? tellingOf(one.changes).map((change) => changeInWords(change, subject)) : [] };
  });
}

/** The name of a kind in a sentence: `plan template`. */
export function kindInWords(kind: Kind): string {
  return (textOf(definitionSchemas[kind]["title"]) ?? kind).toLowerCase();
}

function summaryOf(one: DefinitionDiff, subject: Subject): readonly string[] {
  const what = kindInWords(one.kind);
  switch (one.status) {
    case "added": return [`New ${what} *${one.title}*${sizeOf(one.definition)}`];
    case "removed": return [`The ${what} *${one.title}* is gone`];
    case "renamed": return [`The ${what} *${one.title}* is called "${one.key}" now, was "${one.from}"`, ...summaryOfChanges(one.title, one.changes, subject)];
    case "changed": return summaryOfChanges(one.title, one.changes, subject);
  }
}

/** Without the version, which promotion raises whenever anything else changes. */
export function tellingOf(changes: readonly Change[]): readonly Change[] {
  const telling = changes.filter(({ code }) => code !== "version-changed");
  return telling.length > 0 ? telling : changes;
}

function summaryOfChanges(title: string, changes: readonly Change[], subject: Subject): readonly string[] {
  const groups = new Map<string, Change[]>();
  for (const change of tellingOf(changes)) {
    const name = groupOf(change);
    const group = groups.get(name);
    if (group) group.push(change);
    else groups.set(name, [change]);
  }
  return [...groups.values()].map((group) => summaryOfGroup(title, group, subject));
}

/** Changes that are counted together: what happened to elements of one sort, or everything below one property. */
function groupOf({ code, path, within, op }: Change): string {
  if (within.length === 0) return `in ${path[0] ?? ""}`;
  return within.length === 1 && op !== "set" ? `${path.slice(0, -1).join("/")} ${code}` : `${path[0] ?? ""} changed`;
}

const PREPOSITIONS: { readonly [verb: string]: string } = { added: "added to", removed: "removed from" };

function summaryOfGroup(title: string, group: readonly Change[], subject: Subject): string {
  const [first] = group as readonly [Change];
  const outermost = new Set(group.map(({ within }) => within[0]?.name));
  if (group.length === 1) return `*${title}*: ${changeInWords(first, subject)}`;
  const [enclosing] = first.within;
  if (!enclosing) return `*${title}*: ${group.length} changes in ${first.path[0] ?? ""}`;
  if (outermost.size === 1 && enclosing.element !== "entry") return `*${title}*: ${group.length} changes in ${enclosing.element} *${enclosing.title}*`;
  const verb = first.op === "set" || first.within.length > 1 ? "changed" : first.code.slice(enclosing.element.length + 1);
  const noun = enclosing.element === "entry" ? `entries of ${first.path.slice(0, -1).join(" › ")}` : plural(enclosing.element);
  return `${outermost.size} ${noun} ${PREPOSITIONS[verb] ?? `${verb} in`} *${title}*`;
}

/** How much a new definition holds: ` with 8 tasks, 3 milestones`. */
function sizeOf(definition: Definition): string {
  const counts = Object.entries(definition as unknown as JsonObject).flatMap(([name, value]) => {
    const rule = listRule(schemaAt(definition.kind, [name]));
    if (rule === null || !Array.isArray(value) || value.length === 0) return [];
    return [`${value.length} ${value.length === 1 ? rule.element : plural(rule.element)}`];
  });
  return counts.length === 0 ? "" : ` with ${counts.join(", ")}`;
}

function plural(noun: string): string {
  if (noun.endsWith("y")) return `${noun.slice(0, -1)}ies`;
  return /(s|ch)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
