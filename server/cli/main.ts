import { approveCommand } from "./approve.ts";
import { checkCommand } from "./check.ts";
import { draftCommand } from "./draft.ts";
import { exploreCommand } from "./explore.ts";
import { formatCommand } from "./format.ts";
import { USAGE } from "./help.ts";
import { mergeDriverCommand } from "./merge-driver.ts";
import { orderCommand } from "./order.ts";
import { promoteCommand } from "./promote.ts";
import { releasesCommand } from "./releases.ts";
import { reviewCommand } from "./review.ts";
import { rollbackCommand } from "./rollback.ts";
import { sheetCommand } from "./sheet.ts";
import { simulateCommand } from "./simulate.ts";
import { submitCommand } from "./submit.ts";
import { testCommand } from "./test.ts";
import { processTerminal, type Terminal } from "./terminal.ts";
import { EnvironmentError, InputError, UsageError } from "./usage-error.ts";

/** One command: its arguments in, its exit code out. */
export type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ["approve", approveCommand],
  ["check", checkCommand],
  ["draft", draftCommand],
  ["explore", exploreCommand],
  ["format", formatCommand],
  ["merge-driver", mergeDriverCommand],
  ["order", orderCommand],
  ["promote", promoteCommand],
  ["releases", releasesCommand],
  ["review", reviewCommand],
  ["rollback", rollbackCommand],
  ["sheet", sheetCommand],
  ["simulate", simulateCommand],
  ["submit", submitCommand],
  ["test", testCommand],
]);

const HELP = new Set(["help", "--help", "-h"]);

/**
 * The command line. Exit codes are the same everywhere: 0 it went well, 1 what was handed in is wrong or did not get
 * through, 2 the command was misused or cannot work here.
 */
export async function main(args: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  const [name, ...rest] = args;
  if (name !== undefined && (HELP.has(name) || (COMMANDS.has(name) && rest.some((arg) => arg === "--help" || arg === "-h")))) {
    terminal.print(USAGE);
    return 0;
  }
  const command = COMMANDS.get(name ?? "");
  try {
    if (command === undefined) throw new UsageError(name === undefined ? "Name a command." : `There is no command "${name}".`);
    return await command(rest, terminal);
  } catch (error) {
    return report(error, terminal);
  }
}

function report(error: unknown, terminal: Terminal): number {
  if (error instanceof UsageError) {
    terminal.complain(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  if (error instanceof EnvironmentError) {
    terminal.complain(error.message);
    return 2;
  }
  if (error instanceof InputError) {
    terminal.complain(error.message);
    for (const problem of error.problems) terminal.complain(`  ${problem}`);
    return 1;
  }
  throw error;
}
