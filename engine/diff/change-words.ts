import { listRule, propertySchema, schemaAt, schemaBelow, type Schema } from "../language/schema-walk.ts";
import type { Kind } from "../language/kinds.ts";
import { jsonEqual } from "../rules/operators.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";
import type { Change, Enclosing, Path, ReleaseDiff } from "./definition-diff.ts";
import { OUTPUT_REFERENCES } from "../language/references-of.ts";
import { cellInWords, codeOf, inWords, valueInWords, wordOf, type TitleOf } from "./value-words.ts";

/** The definition a change is in, and what people call what it names. */
export interface Subject {
  /** `kind/key`; the titles of its own elements begin with it. */
  readonly id: string;
  readonly schema: Schema;
  readonly titles: ReleaseDiff["titles"];
}

/** A definition as the subject of sentences. */
export function subjectOf({ kind, key }: { readonly kind: Kind; readonly key: string }, titles: ReleaseDiff["titles"]): Subject {
  return { id: `${kind}/${key}`, schema: schemaAt(kind, []), titles };
}

/** One cell or property that is another one now. */
export interface ValueWords {
  readonly name: string;
  /** `FTTH → FTTH, CABLE`; of a long list only what came and went. */
  readonly words: string;
}

/** Lists with more entries are told by what came and went. */
const LONGEST_LIST = 6;

/** A change as one clause without its definition: `*Activate the connection*: point of no return: soft → hard`. */
export function changeInWords(change: Change, subject: Subject): string {
  const own = change.within.at(-1);
  const holder = change.within.at(-2);
  if (own?.element === "dependency" && holder) return dependencyInWords(change, holder, subject);
  const prefix = holder ? `*${holder.title}*: ` : "";
  switch (change.op) {
    case "add": return `${prefix}${elementInWords(change, subject)} added${contentOf(change.value, change, subject)}${placeOf(change, subject)}`;
    case "remove": return `${prefix}${elementInWords(change, subject)} removed${contentOf(change.before, change, subject)}`;
    case "replace": return `${prefix}${elementInWords(change, subject)}, ${differences(change.before, change.value, change.path, subject)}`;
    case "rename": return `${elementInWords(change, subject)} is called "${change.to}" now, was "${change.from}"`;
    case "move": return `${prefix}${elementInWords(change, subject)} stands ${behind(change.after)} now, was ${behind(change.wasAfter)}`;
    case "set": return `${own ? `*${own.title}*: ` : ""}${propertyInWords(change.path, change.within, subject)}: ${replaced(change.before, change.value, change.path, subject)}`;
  }
}

/** What differs between two versions of one element: cell by cell or property by property. */
export function valueChanges(before: Json, after: Json, path: Path, subject: Subject): readonly ValueWords[] {
  const schema = schemaBelow(subject.schema, path);
  if (!isJsonObject(before) || !isJsonObject(after)) return [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !jsonEqual(before[name], after[name]));
  return names.map((name) => ({ name: wordOf(schema, name), words: compared(before[name], after[name], (value) => memberInWords(name, value, schema, subject)) }));
}

/** The same as one clause: `technology: FTTH → FTTH, CABLE; planTemplate: …`. */
export function differences(before: Json, after: Json, path: Path, subject: Subject): string {
  return valueChanges(before, after, path, subject).map(({ name, words }) => `${name}: ${words}`).join("; ");
}

/** A value that is another one as a whole: `4 h → 8 h`. */
export function replaced(before: Json | undefined, after: Json | undefined, path: Path, subject: Subject): string {
  const schema = schemaBelow(subject.schema, path);
  return compared(before, after, (value) => valueInWords(value, schema, titlesOf(subject)));
}

/** A cell of a row or a property of another element, in words. */
export function memberInWords(name: string, value: Json | undefined, schema: Schema, subject: Subject): string {
  const inner = propertySchema(schema, name);
  if (inner?.["x-editor"] !== "cell") return valueInWords(value, inner, titlesOf(subject));
  const what = OUTPUT_REFERENCES[name];
  return cellInWords(value, what !== undefined && typeof value === "string" ? subject.titles[`${what}/${value}`] : undefined);
}

/** `row *business*`; an entry of a plain list by the list, as in `holidays: 2026-12-25`. */
export function elementInWords({ path, within }: Pick<Change, "path" | "within">, subject: Subject): string {
  const own = within.at(-1);
  if (own === undefined || own.element === "entry") return `${propertyInWords(path.slice(0, -1), within.slice(0, -1), subject)}: ${path.at(-1) ?? ""}`;
  return `${own.element} *${inWords(own.title)}*`;
}

/** The way to a property from the element it is in, in the words of the schema: `backoff › first wait`. */
export function propertyInWords(path: Path, within: readonly Enclosing[], { schema }: Subject): string {
  const start = within.length === 0 ? 0 : path.lastIndexOf(within.at(-1)?.name ?? "") + 1;
  return path.slice(start).map((name, position) => wordOf(schemaBelow(schema, path.slice(0, start + position)), name)).join(" › ");
}

/** What a row says, and anything else whose name says too little. */
function contentOf(value: Json, change: Change, subject: Subject): string {
  if (!isJsonObject(value)) return "";
  if (change.within.at(-1)?.element === "task") return waitsFor(value, subject);
  const schema = schemaBelow(subject.schema, change.path);
  const parts = Object.entries(value).filter(([name, member]) => !["id", "key", "title"].includes(name) && member !== undefined);
  return parts.length === 0 ? "" : ` (${parts.map(([name, member]) => `${wordOf(schema, name)} ${memberInWords(name, member, schema, subject)}`).join("; ")})`;
}

/** What a task waits for: `, waits for *Reserve the router* (success)`. */
function waitsFor({ dependsOn }: JsonObject, subject: Subject): string {
  const edges = Array.isArray(dependsOn) ? (dependsOn as readonly Json[]).filter(isJsonObject) : [];
  return edges.length === 0 ? "" : `, waits for ${edges.map((edge) => targetInWords(edge, subject)).join(" and ")}`;
}

/** Where a new element stands, in lists whose order may mean something: `, behind *business*`. */
export function placeOf(change: Change & { readonly op: "add" }, subject: Subject): string {
  const order = listRule(schemaBelow(subject.schema, change.path.slice(0, -1)))?.order;
  return order === "meaning" || order === "rows" ? `, ${behind(change.after)}` : "";
}

function behind(name: string | null): string {
  return name === null ? "at the top" : `behind *${inWords(name)}*`;
}

function dependencyInWords(change: Change, holder: Enclosing, subject: Subject): string {
  const edge = change.op === "remove" ? change.before : "value" in change ? change.value : null;
  const target = targetInWords(isJsonObject(edge) ? edge : {}, subject);
  if (change.op === "add") return `*${holder.title}* now waits for ${target}`;
  if (change.op === "remove") return `*${holder.title}* no longer waits for ${target}`;
  return `*${holder.title}* waits for ${target}, ${change.op === "replace" ? differences(change.before, change.value, change.path, subject) : "changed"}`;
}

/** `*Reserve the router* (Output, output serviceId)`. */
function targetInWords(edge: JsonObject, subject: Subject): string {
  const title = titlesOf(subject);
  const { type, task, milestone, item, with: parameters } = edge;
  const rule = typeof type === "string" ? (title("definition", "dependency-type", type) ?? type) : "";
  const details = [rule.toLowerCase(), ...(isJsonObject(parameters) ? Object.entries(parameters).map(([name, value]) => `${name} ${isJsonObject(value) ? conditionText(value) : valueInWords(value, null, title)}`) : [])];
  const elsewhere = isJsonObject(item) ? ` of ${Object.entries(item).map(([by, name]) => `${by} ${valueInWords(name, null, title)}`).join(", ")}` : "";
  const named = typeof task === "string" ? `*${title("element", "task", task) ?? task}*` : typeof milestone === "string" ? `milestone *${milestone}*` : "an instant";
  return `${named}${elsewhere} (${details.join(", ")})`;
}

const conditionText = (condition: JsonObject): string => valueInWords(condition, { "x-editor": "condition" }, () => undefined);

/** Two values in words, or as they stand when the words are the same; of two long lists only the difference. */
function compared(before: Json | undefined, after: Json | undefined, inWords: (value: Json | undefined) => string): string {
  if (isLongList(before) && isLongList(after)) {
    const [came, went] = [without(after, before), without(before, after)];
    if (came.length + went.length > 0) return [came.length > 0 ? `now also ${inWords(came)}` : "", went.length > 0 ? `no longer ${inWords(went)}` : ""].filter(Boolean).join(", ");
  }
  const [old, now] = [inWords(before), inWords(after)];
  const raw = (value: Json | undefined): string => (value === undefined ? "nothing" : codeOf(canonicalJson(value)));
  return old === now ? `${raw(before)} → ${raw(after)}` : `${old} → ${now}`;
}

function isLongList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value) && value.length > LONGEST_LIST;
}

function without(list: readonly Json[], other: readonly Json[]): readonly Json[] {
  const known = new Set(other.map(canonicalJson));
  return list.filter((entry) => !known.has(canonicalJson(entry)));
}

function titlesOf({ id, titles }: Subject): TitleOf {
  return (of, what, name) => titles[of === "definition" ? `${what}/${name}` : `${id}#${what}/${name}`];
}
