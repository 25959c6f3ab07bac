import { readFile, writeFile } from "node:fs/promises";
import { describeDefinitions } from "../../engine/diff/describe-diff.ts";
import { diffDefinitions } from "../../engine/diff/diff-definitions.ts";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import { type ImportedTable, importTables } from "../../engine/sheet/import-tables.ts";
import type { SheetNote } from "../../engine/sheet/sheet-report.ts";
import type { Workbook } from "../../engine/sheet/workbook.ts";
import type { Json } from "../../engine/support/json.ts";
import { readSheetFile } from "../sheets/read-sheet-file.ts";
import { SheetProblem } from "../sheets/sheet-problem.ts";
import { parseArguments } from "./parse-arguments.ts";
import { formatOf } from "./sheet-export.ts";
import { findTable, requireTable, tablePath } from "./table-files.ts";
import type { Terminal } from "./terminal.ts";
import { EnvironmentError, InputError } from "./usage-error.ts";

/**
 * `orderloom sheet import FILE`: prints cell by cell what was not understood and in words what would change, and writes the
 * tables when there is no error and it is no dry run. All of them, or none.
 */
export async function importSheet(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals, value, flag } = parseArguments(args, { values: ["into", "definitions"], flags: ["dry-run"], positionals: { atLeast: 1, atMost: 1, missing: "Name the spreadsheet file." } });
  const [file = ""] = positionals;
  const dir = value("definitions") ?? "definitions";
  const key = value("into");
  const workbook = await readWorkbook(file);
  const { ok, tables, report } = importTables(workbook, { ...(key === undefined ? {} : { into: requireTable(dir, key) }), current: (own) => findTable(dir, own) });
  for (const note of report) printNote(note, terminal);
  if (!ok) throw new InputError(`Nothing was imported from ${file}: correct the cells above.`);
  refuseTaken(tables, dir, file);
  for (const table of tables) await takeOver(table, dir, flag("dry-run"), terminal);
  return 0;
}

async function readWorkbook(file: string): Promise<Workbook> {
  const format = formatOf(file);
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new EnvironmentError(`${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`);
  });
  try {
    return readSheetFile(bytes, format);
  } catch (error) {
    if (!(error instanceof SheetProblem)) throw error;
    const place = error.place === null ? "" : ` ${error.place.sheet}!${error.place.cell}`;
    throw new InputError(`${file}${place} ${error.code} ${error.message}`);
  }
}

/** A table made of a foreign sheet never takes the place of one that exists. */
function refuseTaken(tables: readonly ImportedTable[], dir: string, file: string): void {
  const taken = tables.filter(({ origin, table }) => origin === "new" && findTable(dir, table.key) !== undefined);
  if (taken.length === 0) return;
  throw new InputError(`Nothing was imported from ${file}: tables of these names exist.`, taken.map(({ table, sheet, area }) => `${sheet}!${area} would be ${table.key}; name it with --into ${table.key}, or give its sheet another title.`));
}

async function takeOver({ table, sheet, area }: ImportedTable, dir: string, dryRun: boolean, terminal: Terminal): Promise<void> {
  const before = findTable(dir, table.key);
  const words = describeDefinitions(diffDefinitions(before === undefined ? [] : [before], [table])).flatMap(({ summary, details }) => (details.length > 0 ? details : summary));
  const text = formatDefinition(table as unknown as Json);
  const unchanged = before !== undefined && formatDefinition(before as unknown as Json) === text;
  terminal.print(terminal.paint("strong", `${sheet}!${area} -> ${tablePath(dir, table.key)}`));
  for (const line of words) terminal.print(`  ${line}`);
  if (words.length === 0) terminal.print(unchanged ? "  nothing changes" : "  only the order of rows changes, which means nothing here");
  if (unchanged) return;
  if (dryRun) {
    terminal.print(terminal.paint("quiet", "  nothing was written (dry run)"));
    return;
  }
  await writeFile(tablePath(dir, table.key), text);
  terminal.print(terminal.paint("good", `  written; run "orderloom check ${dir}" next`));
}

function printNote({ severity, sheet, cell, code, message }: SheetNote, terminal: Terminal): void {
  terminal.print(`${sheet}!${cell} ${terminal.paint(severity === "error" ? "bad" : "quiet", severity === "error" ? code : `note ${code}`)} ${message}`);
}
