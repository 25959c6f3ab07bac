import { exportSheet } from "./sheet-export.ts";
import { importSheet } from "./sheet-import.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** `orderloom sheet export TABLE` and `orderloom sheet import FILE`: decision tables in spreadsheets. */
export async function sheetCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [verb, ...rest] = args;
  if (verb === "export") return exportSheet(rest, terminal);
  if (verb === "import") return importSheet(rest, terminal);
  throw new UsageError(verb === undefined ? "Say sheet export or sheet import." : `There is no command "sheet ${verb}".`);
}
