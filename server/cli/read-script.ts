import { checkScriptLine } from "../../engine/simulate/check-script-line.ts";
import type { ScriptLine } from "../../engine/simulate/script.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";
import { readJsonFile } from "./read-json-file.ts";
import { InputError } from "./usage-error.ts";

/** Reads a fault script: a list of lines, or `{ "script": [...] }`. Every problem names its line. */
export function readScript(path: string): readonly ScriptLine[] {
  const content = readJsonFile(path, "the fault script");
  const lines = isJsonObject(content) ? content["script"] : content;
  if (!Array.isArray(lines)) throw new InputError(`${path}: the fault script must be a list of lines, or { "script": [...] }.`);
  const problems = (lines as readonly Json[]).flatMap((line, position) => checkScriptLine(line).map((problem) => `line ${position + 1}: ${problem}`));
  if (problems.length > 0) throw new InputError(`${path}: the fault script cannot be used:`, problems);
  return lines;
}
