import type { Diagnostic } from "./diagnostic.ts";
import { locatePointer, type Place } from "./locate-pointer.ts";

/** A diagnostic with its place in the text. */
export interface LocatedDiagnostic extends Diagnostic, Place {}

const STATED_PLACE = / \(line (\d+), column (\d+)\)$/;

/** Gives every problem its line and column, errors before warnings and then as one reads; `textOf` gives the text of a file. */
export function locateProblems(problems: readonly Diagnostic[], textOf: (file: string) => string | undefined): LocatedDiagnostic[] {
  const checked = new Map<string, boolean>();
  const locate = (problem: Diagnostic): LocatedDiagnostic => {
    // A text that is no JSON has its place in the message; any other problem has a pointer.
    const stated = STATED_PLACE.exec(problem.message);
    if (stated) return { ...problem, message: problem.message.slice(0, stated.index), line: Number(stated[1]), column: Number(stated[2]) };
    const text = textOf(problem.file) ?? "";
    if (!checked.has(problem.file)) checked.set(problem.file, isJson(text));
    return { ...problem, ...(checked.get(problem.file) === true ? locatePointer(text, problem.path) : { line: 1, column: 1 }) };
  };
  return problems.map(locate).sort(byPlace);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function byPlace(left: LocatedDiagnostic, right: LocatedDiagnostic): number {
  if (left.severity !== right.severity) return left.severity === "error" ? -1 : 1;
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || left.column - right.column;
}
