import { differences, elementInWords, propertyInWords, replaced, type Subject } from "../diff/change-words.ts";
import type { Enclosing } from "../diff/definition-diff.ts";
import { isJsonObject, type Json } from "../support/json.ts";
import type { ConflictCode } from "./definition-merge.ts";
import type { Place, Three } from "./merge-content.ts";

/** What a conflict is about and what each side did to it, each as a phrase: `row *add*`, `technology: FTTH → FTTH, CABLE`. */
export interface ConflictWords {
  readonly thing: string;
  readonly ours: string;
  readonly theirs: string;
}

/** The two sides of a conflict in the words of the review. */
export function conflictSides(code: ConflictCode, place: Place, { base, ours, theirs }: Three, subject: Subject): ConflictWords {
  const did = (after: Json | undefined): string => (after === undefined ? "removed" : changeInWords(base, after, place, subject));
  return { thing: thingInWords(place, subject), ours: code === "order" ? listed(ours) : did(ours), theirs: code === "order" ? listed(theirs) : did(theirs) };
}

/**
 * A conflict as a sentence: what it is about, what each side did, in the words of the review:
 * `Both sides changed row *add*. Ours: technology: FTTH → FTTH, CABLE. Theirs: technology: FTTH → FTTH, FWA.`
 */
export function conflictInWords(code: ConflictCode, place: Place, three: Three, subject: Subject): string {
  const { thing, ours, theirs } = conflictSides(code, place, three, subject);
  switch (code) {
    case "both-changed": return `Both sides changed ${thing}. Ours: ${ours}. Theirs: ${theirs}.`;
    case "added-twice": return `Both sides added ${thing}, each differently. Ours → theirs: ${changeInWords(three.ours, three.theirs, place, subject)}.`;
    case "removed-and-changed": return three.ours === undefined ? `Ours removed ${thing}, theirs changed it: ${theirs}.` : `Theirs removed ${thing}, ours changed it: ${ours}.`;
    case "renamed-twice": return `Both sides gave another ${thing}. Ours: ${ours}. Theirs: ${theirs}.`;
    case "order": return `Both sides put ${thing} in another order. Ours: ${ours}. Theirs: ${theirs}.`;
  }
}

/** `row *add*`, `point of no return of task *Activate the connection*`. */
function thingInWords({ path, within }: Place, subject: Subject): string {
  const own = within.at(-1);
  if (isElement(path, own)) return elementInWords({ path, within }, subject);
  const property = propertyInWords(path, within, subject);
  return own === undefined ? property : `${property} of ${own.element} *${own.title}*`;
}

function isElement(path: Place["path"], own: Enclosing | undefined): boolean {
  return own !== undefined && path.at(-1) === own.name;
}

function changeInWords(before: Json | undefined, after: Json | undefined, { path, within }: Place, subject: Subject): string {
  if (isElement(path, within.at(-1)) && isJsonObject(before) && isJsonObject(after)) return differences(before, after, path, subject) || "its name";
  return replaced(before, after, path, subject);
}

const LONGEST_LIST = 12;

function listed(names: Json | undefined): string {
  const list = (names ?? []) as readonly string[];
  return list.length <= LONGEST_LIST ? list.join(", ") : `${list.slice(0, LONGEST_LIST).join(", ")}, …`;
}
