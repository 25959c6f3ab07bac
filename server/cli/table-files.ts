import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDefinition } from "../../engine/language/parse-definition.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { validateShape } from "../../engine/language/validate-shape.ts";
import { EnvironmentError, InputError } from "./usage-error.ts";

const KEY = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Where the file of a decision table stands. */
export function tablePath(dir: string, key: string): string {
  return join(dir, "decision-table", `${key}.json`);
}

/** The decision table of that key; undefined when the folder has none. Throws `InputError` when its file cannot be read as one. */
export function findTable(dir: string, key: string): DecisionTable | undefined {
  const path = tablePath(dir, key);
  if (!KEY.test(key) || !tableKeys(dir).includes(key)) return undefined;
  const parsed = parseDefinition(readFileSync(path, "utf8"), path);
  const problems = parsed.ok ? [] : parsed.diagnostics.map(({ code, message }) => `${code} ${message}`);
  const content = parsed.ok ? parsed.content : null;
  if (parsed.ok && validateShape("decision-table", content, (code, at, message) => problems.push(`${at} ${code} ${message}`))) return content as DecisionTable;
  throw new InputError(`${path} is no decision table:`, problems);
}

/** The decision table of that key; throws `InputError` naming those there are. */
export function requireTable(dir: string, key: string): DecisionTable {
  const table = findTable(dir, key);
  if (table === undefined) throw new InputError(`There is no decision table "${key}" in ${dir}.`, [`It has ${tableKeys(dir).join(", ")}.`]);
  return table;
}

function tableKeys(dir: string): readonly string[] {
  try {
    return readdirSync(join(dir, "decision-table")).filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length)).sort();
  } catch {
    throw new EnvironmentError(`The folder ${join(dir, "decision-table")} cannot be read; name a folder of definitions.`);
  }
}
