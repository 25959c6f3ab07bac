import { USAGE } from "./help.ts";
import { processTerminal, type Terminal } from "./terminal.ts";
import { EnvironmentError, InputError, UsageError } from "./usage-error.ts";

/** One command: its arguments in, its exit code out. */
export type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** Loaded when called: Git starts the merge driver once for every file, and need not wait for the others. */
const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ["approve", async () => (await import("./approve.ts")).approveCommand],
  ["check", async () => (await import("./check.ts")).checkCommand],
  ["diff", async () => (await import("./diff.ts")).diffCommand],
  ["draft", async () => (await import("./draft.ts")).draftCommand],
  ["explore", async () => (await import("./explore.ts")).exploreCommand],
  ["export-orders", async () => (await import("./export-orders.ts")).exportOrdersCommand],
  ["format", async () => (await import("./format.ts")).formatCommand],
  ["impact", async () => (await import("./impact.ts")).impactCommand],
  ["merge-driver", async () => (await import("./merge-driver.ts")).mergeDriverCommand],
  ["migrate", async () => (await import("./migrate.ts")).migrateCommand],
  ["order", async () => (await import("./order.ts")).orderCommand],
  ["promote", async () => (await import("./promote.ts")).promoteCommand],
  ["releases", async () => (await import("./releases.ts")).releasesCommand],
  ["review", async () => (await import("./review.ts")).reviewCommand],
  ["rollback", async () => (await import("./rollback.ts")).rollbackCommand],
  ["sheet", async () => (await import("./sheet.ts")).sheetCommand],
  ["simulate", async () => (await import("./simulate.ts")).simulateCommand],
  ["submit", async () => (await import("./submit.ts")).submitCommand],
  ["table", async () => (await import("./table.ts")).tableCommand],
  ["test", async () => (await import("./test.ts")).testCommand],
  ["upgrade", async () => (await import("./upgrade.ts")).upgradeCommand],
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
  const load = COMMANDS.get(name ?? "");
  try {
    if (load === undefined) throw new UsageError(name === undefined ? "Name a command." : `There is no command "${name}".`);
    const command = await load();
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
