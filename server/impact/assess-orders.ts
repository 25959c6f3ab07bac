import { setImmediate as nextTurn } from "node:timers/promises";
import { assessImpact } from "../../engine/impact/assess-impact.ts";
import { ImpactTally, type ImpactReport } from "../../engine/impact/impact-report.ts";
import { collectDurations, medianDurations } from "../../engine/impact/recorded-durations.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { JournalEntry } from "../../engine/order/events.ts";
import type { Order } from "../../engine/order/order.ts";
import { IMPACT_LIMITS } from "./impact-limits.ts";

/** An order as it stands, with its journal. */
export interface OpenOrder {
  readonly order: Order;
  readonly journal: readonly JournalEntry[];
}

export interface Assessment {
  /** All open orders page by page, from the beginning at each call. */
  readonly pages: () => AsyncIterable<readonly OpenOrder[]>;
  readonly releaseOf: (order: Order) => CompiledRelease | Promise<CompiledRelease>;
  readonly proposed: CompiledRelease;
  /** The instant from which is forecast. */
  readonly at: string;
  readonly clockMs: () => number;
  /** Told how many orders are assessed; throws to stop. */
  readonly onProgress: (assessed: number) => void | Promise<void>;
}

/**
 * Assesses all open orders against a proposed release: first what their journals tell of durations, then each order. Never
 * keeps the process for itself longer than a turn, so that a server goes on serving.
 */
export async function assessOrders({ pages, releaseOf, proposed, at, clockMs, onProgress }: Assessment): Promise<ImpactReport> {
  const collected = new Map<string, number[]>();
  for await (const page of pages()) {
    for (const { journal } of page) collectDurations(journal, collected);
    await nextTurn();
  }
  const recorded = medianDurations(collected);
  const tally = new ImpactTally({ name: proposed.name, digest: proposed.digest }, at);
  let assessed = 0;
  let turnBegan = clockMs();
  for await (const page of pages()) {
    for (const { order, journal } of page) {
      const pinned = await releaseOf(order);
      if (pinned.digest !== proposed.digest) tally.add(await assessImpact(order, journal, pinned, proposed, { recorded, at }), order);
      assessed += 1;
      if (clockMs() - turnBegan < IMPACT_LIMITS.turnMs) continue;
      await onProgress(assessed);
      await nextTurn();
      turnBegan = clockMs();
    }
  }
  await onProgress(assessed);
  return tally.report();
}
