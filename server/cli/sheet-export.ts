import { writeFile } from "node:fs/promises";
import { exportRows, exportTable } from "../../engine/sheet/export-table.ts";
import type { SheetFormat } from "../sheets/read-sheet-file.ts";
import { writeCsv } from "../sheets/write-csv.ts";
import { writeXlsx } from "../sheets/write-xlsx.ts";
import { parseArguments } from "./parse-arguments.ts";
import { requireTable } from "./table-files.ts";
import type { Terminal } from "./terminal.ts";
import { EnvironmentError, UsageError } from "./usage-error.ts";

/** `orderloom sheet export TABLE`: writes a decision table as .xlsx, or as CSV where the file is called so. */
export async function exportSheet(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals, value } = parseArguments(args, { values: ["out", "definitions"], flags: [], positionals: { atLeast: 1, atMost: 1, missing: "Name the decision table." } });
  const table = requireTable(value("definitions") ?? "definitions", positionals[0] ?? "");
  const file = value("out") ?? `${table.key}.xlsx`;
  const bytes = formatOf(file) === "xlsx" ? writeXlsx(exportTable(table)) : writeCsv(exportRows(table));
  await writeFile(file, bytes).catch((error: unknown) => {
    throw new EnvironmentError(`${file} cannot be written (${error instanceof Error ? error.message : String(error)}).`);
  });
  terminal.print(terminal.paint("good", `${file}: ${table.rows.length} row${table.rows.length === 1 ? "" : "s"} of ${table.key}`));
  return 0;
}

/** The format a file's name promises; throws `UsageError` for any other than the two. */
export function formatOf(file: string): SheetFormat {
  if (/\.xlsx$/i.test(file)) return "xlsx";
  if (/\.csv$/i.test(file)) return "csv";
  throw new UsageError(`The file ${file} must be called .xlsx or .csv.`);
}
