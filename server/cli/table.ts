import { existsSync, readFileSync } from "node:fs";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { parseDefinition } from "../../engine/language/parse-definition.ts";
import type { DecisionTable, InputColumn } from "../../engine/language/table-kinds.ts";
import { validateShape } from "../../engine/language/validate-shape.ts";
import { FACT_NAMES, type FactName, type Facts } from "../../engine/rules/facts.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { compileTable, type CompiledTable, type TableResult } from "../../engine/table/compile-table.ts";
import { compileFolder } from "./compile-folder.ts";
import { parseArguments } from "./parse-arguments.ts";
import type { Terminal } from "./terminal.ts";
import { InputError, UsageError } from "./usage-error.ts";

const FACTS: ReadonlySet<string> = new Set(FACT_NAMES);

/**
 * `orderloom table TABLE --input JSON`: asks one decision table and prints the rows that fired and what they answer. TABLE
 * is a key in the definitions, or a file by itself. The input names columns by their key, or facts.
 */
export async function tableCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals, value, flag } = parseArguments(args, {
    values: ["definitions", "input"],
    flags: ["json"],
    positionals: { atLeast: 1, atMost: 1, missing: "Name the decision table: a key, or a file." },
  });
  const input = readInput(value("input"));
  const table = await readTable(positionals[0] ?? "", value("definitions") ?? "definitions");
  const result = ask(table, input);
  if (flag("json")) terminal.print(JSON.stringify(result, null, 2));
  else print(result, terminal);
  return result.hit === "conflict" ? 1 : 0;
}

function readInput(text: string | undefined): JsonObject {
  if (text === undefined) throw new UsageError("Give the input: --input '{ \"column\": value }'.");
  const parsed = parseDefinition(text, "--input");
  if (!parsed.ok) throw new InputError("The input is not JSON:", parsed.diagnostics.map(({ message }) => message));
  if (!isJsonObject(parsed.content)) throw new InputError("The input is not an object with columns or facts.");
  return parsed.content;
}

async function readTable(name: string, dir: string): Promise<CompiledTable> {
  const isFile = name.endsWith(".json") && existsSync(name);
  const { definition, problems } = isFile ? readFile(name) : { definition: await findTable(name, dir), problems: [] };
  const found: string[] = problems.map(({ path, message }) => `${path} ${message}`);
  const compiled = definition && compileTable(definition, new Set<FactName>(FACT_NAMES), (_, path, message, severity) => {
    if (severity !== "warning") found.push(`${path} ${message}`);
  });
  if (!compiled || found.length > 0) throw new InputError(`The decision table ${name} does not compile:`, found);
  return compiled;
}

function readFile(path: string): { readonly definition: DecisionTable | null; readonly problems: readonly Pick<Diagnostic, "path" | "message">[] } {
  const parsed = parseDefinition(readFileSync(path, "utf8"), path);
  if (!parsed.ok) return { definition: null, problems: parsed.diagnostics };
  const problems: { path: string; message: string }[] = [];
  const { content } = parsed;
  const fits = validateShape("decision-table", content, (_, at, message) => problems.push({ path: at, message }));
  return { definition: fits && content.kind === "decision-table" ? content : null, problems };
}

async function findTable(key: string, dir: string): Promise<DecisionTable> {
  const { release } = await compileFolder(dir);
  if (release === null) throw new InputError(`The definitions in ${dir} do not compile; run "orderloom check ${dir}" to see why.`);
  const tables = release.definitions.filter((each): each is DecisionTable => each.kind === "decision-table");
  const table = tables.find((each) => each.key === key);
  if (!table) throw new InputError(`There is no decision table "${key}" in ${dir}, nor a file of that name.`, [`It has ${tables.map((each) => each.key).join(", ")}.`]);
  return table;
}

/** Members that are columns stand for these columns; the others are facts. */
function ask(table: CompiledTable, input: JsonObject): TableResult {
  const inputs = table.definition.columns.filter((column): column is InputColumn => "key" in column);
  const unknown = Object.keys(input).filter((name) => !inputs.some(({ key }) => key === name) && !FACTS.has(name));
  if (unknown.length > 0) throw new InputError(`The table has no input ${unknown.join(", ")}.`, [`Its inputs are ${inputs.map(({ key, in: path }) => `${key} (${path})`).join(", ")}.`]);
  const given = new Map<string, Json | undefined>(inputs.flatMap(({ key }) => (Object.hasOwn(input, key) ? [[key, input[key]] as const] : [])));
  const facts = Object.fromEntries(Object.entries(input).filter(([name]) => !given.has(name))) as Facts;
  return table.evaluate(facts, given);
}

function print(result: TableResult, terminal: Terminal): void {
  const said = (outputs: { readonly [output: string]: Json }): string => Object.entries(outputs).map(([name, value]) => `${name} = ${JSON.stringify(value)}`).join(", ");
  switch (result.hit) {
    case "one":
      terminal.print(`${terminal.paint("quiet", result.otherwise ? "otherwise" : result.rows.join(", ") || "no row")}  ${said(result.outputs)}`);
      return;
    case "list":
      result.list.forEach((outputs, place) => terminal.print(`${terminal.paint("quiet", result.rows[place] ?? "")}  ${said(outputs)}`));
      return;
    case "none":
      terminal.print("No row matches, and there is no otherwise.");
      return;
    case "conflict":
      terminal.print(terminal.paint("bad", result.message));
  }
}
