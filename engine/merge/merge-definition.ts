import type { Subject } from "../diff/change-words.ts";
import { renameElements } from "../diff/rename-element.ts";
import { elementTitles, titleOfElement } from "../diff/title-book.ts";
import { CARRIED, listRule, propertySchema, schemaOf, type Schema } from "../language/schema-walk.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import { isJsonObject, textOf, type Json, type JsonObject } from "../support/json.ts";
import { conflictInWords, conflictSides } from "./conflict-words.ts";
import type { Conflict, ConflictCode, Merge, Side } from "./definition-merge.ts";
import { mergeContent, type Place, type Three } from "./merge-content.ts";
import { followRenames, type ContestedRename, type FollowedRenames } from "./merge-renames.ts";

/**
 * Merges two versions of a definition file that began as `base`; null as the base when both sides made the file. Edits of
 * different elements, rows or properties all hold. A row, a dependency or anything else on one line is one thought: edited
 * on both sides it is one conflict, even where the cells differ, because two changes that are right alone can make a wrong
 * rule together. An element renamed by one side keeps the edits of the other. Layout and release files merge by the same
 * rules. `merged` takes ours where there is a conflict; `resolveConflicts` decides otherwise. Merging never loses an edit
 * that is in no conflict, and says the same, mirrored, with the sides exchanged.
 */
export function mergeDefinition(base: Json, ours: Json, theirs: Json): Merge {
  const conflicts: Conflict[] = [];
  const merged = run({ base, ours, theirs }, (conflict) => {
    conflicts.push(conflict);
    return "ours";
  });
  return { base, ours, theirs, merged, conflicts };
}

/** The merged file with each conflict settled as chosen, by the conflict's id; ours where nothing is chosen. */
export function resolveConflicts(merge: Merge, choices: { readonly [id: string]: Side }): Json {
  return run(merge, ({ id }) => choices[id] ?? "ours");
}

type Choose = (conflict: Conflict) => Side;
type Sides = Pick<Merge, "base" | "ours" | "theirs">;

function run({ base, ours, theirs }: Sides, choose: Choose): Json {
  const schema = schemaOf(ours) ?? CARRIED;
  const isFile = isJsonObject(ours) && isJsonObject(theirs);
  const renames = isFile ? followRenames(isJsonObject(base) ? base : {}, ours, theirs) : null;
  const settle = (code: ConflictCode, place: Place, three: Three): Side => {
    const { path, within } = place;
    return choose({ id: jsonPointer(...path).slice(1), code, path, within, ...present(three), words: `${conflictInWords(code, place, three, subject)}${titleSuffix(ours)}`, sides: conflictSides(code, place, three, subject) });
  };
  const subject = subjectOf(schema, ours, theirs);
  const merged = mergeContent(renames ?? { base, ours, theirs }, schema, { settle, titleOf: (element, name, value) => titleOfElement(element, name, value), isRenamed: (side, path) => renames !== null && isRenamed(renames, side, path) });
  return renames === null ? (merged ?? null) : settleRenames(merged as JsonObject, renames.contested, schema, settle);
}

/** Elements that both sides renamed carried their old key through the merge; now one of the new keys wins. */
function settleRenames(merged: JsonObject, contested: readonly ContestedRename[], schema: Schema, settle: (code: ConflictCode, place: Place, three: Three) => Side): Json {
  return contested.reduce<JsonObject>((current, { list, property, from, ours, theirs }) => {
    const elements = current[list] as readonly Json[];
    const value = elements.find((element) => isJsonObject(element) && element[property] === from);
    if (value === undefined) return current;
    const element = listRule(propertySchema(schema, list))?.element ?? list;
    const place: Place = { path: [list, from, property], within: [{ element, name: from, title: titleOfElement(element, from, value) }], schema: null };
    const key = { base: from, ours, theirs }[settle("renamed-twice", place, { base: from, ours, theirs })];
    return key === from ? current : renameElements(current, [{ list, property, from, to: key }]);
  }, merged);
}

function isRenamed({ byOurs, byTheirs }: FollowedRenames, side: "ours" | "theirs", path: Place["path"]): boolean {
  return (side === "ours" ? byOurs : byTheirs).some(({ list, to }) => path.length <= 2 && path.every((step, position) => step === [list, to][position]));
}

function present(three: Three): Partial<Pick<Conflict, Side>> {
  return Object.fromEntries(Object.entries(three).filter(([, value]) => value !== undefined));
}

function subjectOf(schema: Schema, ours: Json, theirs: Json): Subject {
  const id = isJsonObject(ours) ? `${textOf(ours["kind"]) ?? ""}/${textOf(ours["key"]) ?? ""}` : "";
  const titles = [theirs, ours].flatMap((side) => (isJsonObject(side) ? [...elementTitles(side)] : []));
  return { id, schema, titles: Object.fromEntries(titles.map(([name, title]) => [`${id}#${name}`, title])) };
}

/** Which file it is about, in people's words. */
function titleSuffix(file: Json): string {
  const title = isJsonObject(file) ? file["title"] : undefined;
  return typeof title === "string" ? ` (${title})` : "";
}
