import { explainOrder } from "../../engine/explain/explain.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { outcomeOf } from "../../engine/order/machines.ts";
import type { Simulation } from "../../engine/simulate/simulate.ts";
import { orderStatus } from "../read/customer-visible-status.ts";
import type { OrderNames } from "./order-names.ts";
import { printMilestones, type PrintedMilestone } from "./print-milestones.ts";
import type { Terminal } from "./terminal.ts";

/** Prints where the simulated order ended, and why it stands there. */
export function printOutcome(simulation: Simulation, release: CompiledRelease, names: OrderNames, startAt: string, terminal: Terminal): void {
  const { order } = simulation;
  const counted = order.tasks.filter(({ state }) => state !== "SKIPPED_BY_POLICY");
  const done = counted.filter(({ state }) => outcomeOf(state) !== "OPEN").length;
  const ends = order.state === "COMPLETED" ? "good" : order.state === "FAILED" || order.state === "REJECTED" ? "bad" : "attention";
  const rows: (readonly [string, string])[] = [
    ["Order", terminal.paint(ends, order.state)],
    ["Customer", orderStatus(order, release).title],
    ["Why", explainOrder(order, release).sentence],
    ["Progress", `${done} of ${counted.length} tasks`],
    ["Cases", order.cases.length === 0 ? "none" : `${order.cases.length} opened, ${order.cases.filter(({ state }) => state === "OPEN").length} still open`],
  ];
  terminal.print("");
  for (const [label, value] of rows) terminal.print(`${label.padEnd(10)}${value}`);
  for (const line of simulation.undone) terminal.print(terminal.paint("attention", `Never done: ${line.do}${line.after === undefined ? "" : `, which waited for ${line.after}`}`));
  printMilestones(milestonesOf(simulation, names), startAt, terminal);
  printCounts(simulation, terminal);
  if (simulation.rejections.length > 0) {
    terminal.print("\nRefused inputs");
    for (const { input, rejection } of simulation.rejections) terminal.print(`  ${input.type}: ${rejection.message}`);
  }
}

/** Milestones that only mark a customer status being shown are left to the timeline. */
function milestonesOf({ order }: Simulation, names: OrderNames): readonly PrintedMilestone[] {
  const planned = order.plan?.graph.milestones ?? [];
  return order.milestones.flatMap(({ id, outcome, reachedAt }, position) => {
    const source = planned[position];
    return source === undefined || "status" in source.by ? [] : [{ name: names.milestone(id), outcome, reachedAt }];
  });
}

function printCounts({ commands, effects }: Simulation, terminal: Terminal): void {
  const names = Object.keys(commands);
  if (names.length === 0) return;
  terminal.print("\nCommands and their effects");
  const width = Math.max(...names.map((name) => name.length));
  for (const name of names) terminal.print(`  ${name.padEnd(width)}  ${commands[name] ?? 0} sent, ${effects[name] ?? 0} took effect`);
}
