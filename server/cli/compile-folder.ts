import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { compileTexts, readDefinitionTexts, type DefinitionText } from "../load-release.ts";
import { locatePointer, type Place } from "./locate-pointer.ts";
import { EnvironmentError } from "./usage-error.ts";

/** A diagnostic with its place in the text. */
export interface LocatedDiagnostic extends Diagnostic, Place {}

/** A folder compiled: the release, or why there is none. Warnings stand beside a release, too. */
export interface CompiledFolder {
  /** Number of JSON files that were read. */
  readonly files: number;
  readonly release: CompiledRelease | null;
  readonly problems: readonly LocatedDiagnostic[];
}

/** Reads and compiles a folder of definitions exactly as the server does at its start, and gives every problem its place. */
export async function compileFolder(dir: string): Promise<CompiledFolder> {
  const texts = await readTexts(dir);
  const loaded = compileTexts(texts);
  const found = loaded.ok ? loaded.warnings : loaded.diagnostics;
  const textOf = new Map(texts.map(({ path, text }) => [path, text]));
  const problems = found.map((problem) => locate(problem, textOf.get(problem.file) ?? "")).sort(byPlace);
  return { files: texts.length, release: loaded.ok ? loaded.release : null, problems };
}

/** The JSON files below a folder as they stand; throws `EnvironmentError` when there are none. */
export async function readTexts(dir: string): Promise<readonly DefinitionText[]> {
  const texts = await readDefinitionTexts(dir).catch((error: unknown) => {
    throw new EnvironmentError(`The folder ${dir} cannot be read (${error instanceof Error ? error.message : String(error)}); name a folder of definitions.`);
  });
  if (texts.length === 0) throw new EnvironmentError(`There is no definition in ${dir}; name the folder that holds <kind>/<key>.json files.`);
  return texts;
}

const STATED_PLACE = / \(line (\d+), column (\d+)\)$/;

/** A text that is no JSON has its place in the message; any other problem has a pointer. */
function locate(problem: Diagnostic, text: string): LocatedDiagnostic {
  const stated = STATED_PLACE.exec(problem.message);
  if (stated) return { ...problem, message: problem.message.slice(0, stated.index), line: Number(stated[1]), column: Number(stated[2]) };
  return { ...problem, ...(isJson(text) ? locatePointer(text, problem.path) : { line: 1, column: 1 }) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Errors before warnings, then as one reads. */
function byPlace(left: LocatedDiagnostic, right: LocatedDiagnostic): number {
  if (left.severity !== right.severity) return left.severity === "error" ? -1 : 1;
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || left.column - right.column;
}
