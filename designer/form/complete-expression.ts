import { shapeAt, type Shape } from "../../engine/language/vocabulary/shape.ts";
import type { Vocabulary } from "../../engine/language/vocabulary/vocabulary-of.ts";
import type { FactName } from "../../engine/rules/facts.ts";
import { FEEL_FUNCTIONS } from "./feel-functions.ts";

/** One thing that may be written at the cursor. */
export interface Completion {
  readonly label: string;
  /** What takes the place of what was typed of it. */
  readonly insert: string;
  readonly detail: string;
}

export interface Completions {
  /** From where to where of the text is replaced. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
}

/** How many completions are offered at once. */
const OPTIONS_MAX = 40;

const NONE = (at: number): Completions => ({ from: at, to: at, options: [] });

/** What may come at the cursor of an expression (the text behind `=`): fields of a fact, facts and functions, values of a field. */
export function completeExpression(text: string, cursor: number, vocabulary: Vocabulary): Completions {
  const before = text.slice(0, cursor);
  return completeValue(before, cursor, vocabulary) ?? (isInText(before) ? NONE(cursor) : completeName(before, cursor, vocabulary));
}

function completeName(before: string, cursor: number, vocabulary: Vocabulary): Completions {
  const typed = /[A-Za-z_][\w-]*(?:\.[\w-]*)*$/.exec(before)?.[0] ?? "";
  const [fact = "", ...steps] = typed.split(".");
  const last = steps.at(-1) ?? fact;
  const options = steps.length === 0 ? [...namesOf(vocabulary), ...FUNCTIONS] : fieldsAt(vocabulary[fact as FactName], steps.slice(0, -1));
  // A name that is written out is not to be replaced by a longer one at Enter.
  const isWhole = options.some(({ label }) => label === last);
  const found = isWhole ? [] : options.filter(({ label }) => label.toLowerCase().includes(last.toLowerCase()));
  const begins = ({ label }: Completion): number => (label.toLowerCase().startsWith(last.toLowerCase()) ? 0 : 1);
  return { from: cursor - last.length, to: cursor, options: found.toSorted((a, b) => begins(a) - begins(b)).slice(0, OPTIONS_MAX) };
}

/** Behind a comparison with a field whose values are known: those values. */
function completeValue(before: string, cursor: number, vocabulary: Vocabulary): Completions | null {
  const [, path, typed = ""] = /([A-Za-z_]\w*(?:\.\w+)+)\s*!?=\s*("?[\w-]*)$/.exec(before) ?? [];
  if (path === undefined) return null;
  const [fact = "", ...steps] = path.split(".");
  const shape = vocabulary[fact as FactName];
  const values = shape === undefined ? undefined : shapeAt(shape, steps)?.values;
  if (values === undefined) return null;
  const options = values.map((value) => JSON.stringify(value)).filter((text) => text.toLowerCase().includes(typed.toLowerCase()) && text !== typed);
  return { from: cursor - typed.length, to: cursor, options: options.map((label) => ({ label, insert: label, detail: "" })) };
}

function isInText(before: string): boolean {
  return (before.replaceAll(/\\./g, "").match(/"/g)?.length ?? 0) % 2 === 1;
}

function namesOf(vocabulary: Vocabulary): readonly Completion[] {
  return Object.entries(vocabulary).map(([name, shape]) => ({ label: name, insert: name, detail: shape.about ?? "" }));
}

function fieldsAt(shape: Shape | undefined, steps: readonly string[]): readonly Completion[] {
  const reached = shape === undefined ? null : shapeAt(shape, steps);
  const fields = (reached?.type === "list" ? reached.items?.fields : reached?.fields) ?? {};
  return Object.entries(fields).map(([label, { type, about = "", values }]) => ({ label, insert: label, detail: values === undefined ? about || (type === "any" ? "" : type) : values.slice(0, 4).map(String).join(", ") }));
}

const FUNCTIONS: readonly Completion[] = FEEL_FUNCTIONS.map(([name, parameters]) => ({ label: name, insert: `${name}(`, detail: `(${parameters})` }));
