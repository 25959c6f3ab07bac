import type { MilestoneOutcome } from "../../engine/order/order.ts";
import { formatSpan } from "../../engine/support/format-span.ts";
import type { Terminal } from "./terminal.ts";

/** A milestone as both the simulator and the read model know it. */
export interface PrintedMilestone {
  readonly name: string;
  readonly outcome: MilestoneOutcome;
  readonly reachedAt: string | null;
}

/** Prints milestones as they were reached, open and missed ones last. Those that do not apply are left out. */
export function printMilestones(milestones: readonly PrintedMilestone[], startAt: string, terminal: Terminal): void {
  const shown = milestones.filter(({ outcome }) => outcome !== "NOT_APPLICABLE").toSorted(byReached);
  if (shown.length === 0) return;
  terminal.print("\nMilestones");
  const width = Math.max(...shown.map(({ name }) => name.length));
  for (const { name, outcome, reachedAt } of shown) {
    const when = reachedAt === null ? outcome.toLowerCase() : `after ${formatSpan(Date.parse(reachedAt) - Date.parse(startAt))}`;
    terminal.print(`  ${name.padEnd(width)}  ${when}`);
  }
}

function byReached(left: PrintedMilestone, right: PrintedMilestone): number {
  if (left.reachedAt === right.reachedAt) return 0;
  if (left.reachedAt === null) return 1;
  return right.reachedAt !== null && left.reachedAt < right.reachedAt ? -1 : right.reachedAt === null ? -1 : 1;
}
