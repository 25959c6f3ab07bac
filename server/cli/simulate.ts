import { simulate } from "../../engine/simulate/simulate.ts";
import { canonicalJson } from "../../engine/support/canonical-json.ts";
import { formatInstant, parseInstant } from "../../engine/support/instant.ts";
import type { Json } from "../../engine/support/json.ts";
import { compileFolder } from "./compile-folder.ts";
import { orderNames } from "./order-names.ts";
import { parseArguments } from "./parse-arguments.ts";
import { printOutcome } from "./print-outcome.ts";
import { printTimeline } from "./print-timeline.ts";
import { readOrderFile } from "./read-json-file.ts";
import { readScript } from "./read-script.ts";
import type { Terminal } from "./terminal.ts";
import { toSimulatedOrder } from "./to-simulated-order.ts";
import { InputError, UsageError } from "./usage-error.ts";

/** `orderloom simulate ORDER.json`: one order on a virtual clock, by the very interpreter that runs on the server. */
export async function simulateCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals, value, flag } = parseArguments(args, {
    values: ["faults", "definitions", "at"],
    flags: ["json"],
    positionals: { atLeast: 1, atMost: 1, missing: "Name the file that holds the order." },
  });
  const at = readInstant(value("at")) ?? terminal.now();
  const dir = value("definitions") ?? "definitions";
  const { release } = await compileFolder(dir);
  if (release === null) throw new InputError(`The definitions in ${dir} do not compile; run "orderloom check ${dir}" to see why.`);
  const order = toSimulatedOrder(readOrderFile(positionals[0] ?? "", at), release, at);
  const faults = value("faults");
  const simulation = await simulate(order, release, faults === undefined ? [] : readScript(faults), at);

  if (flag("json")) {
    for (const entry of simulation.journal) terminal.print(canonicalJson(entry as unknown as Json));
    return 0;
  }
  const names = orderNames(simulation.order, release);
  terminal.print(`${names.product()}, ${order.externalId ?? order.id}, on release ${release.name} (${release.digest.slice(0, 12)})`);
  terminal.print(`Virtual clock starts at ${at}\n`);
  printTimeline(simulation, names, at, terminal);
  printOutcome(simulation, release, names, at, terminal);
  return 0;
}

function readInstant(text: string | undefined): string | null {
  if (text === undefined) return null;
  const ms = parseInstant(text);
  if (ms === null) throw new UsageError(`"${text}" is no instant; give one such as 2026-11-02T09:00:00Z.`);
  return formatInstant(ms);
}
