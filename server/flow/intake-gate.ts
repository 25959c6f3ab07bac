import { msBetween } from "../../engine/support/instant.ts";
import type { Database } from "../store/database.ts";
import { literal } from "../store/sql.ts";

/** How many accepted orders may wait for their fulfillment to begin, and how often they are counted. */
export interface IntakeLimits {
  /** Orders that may wait; beyond it intake refuses, because accepting is a promise (D7). */
  readonly waitingOrders: number;
  /** Further orders for urgent ones alone. */
  readonly reservedOrders: number;
  /** How long a count is believed; what this process accepts meanwhile is added. */
  readonly recountMs: number;
  /** When a refused caller should ask again. */
  readonly retryAfterSeconds: number;
}

export const INTAKE_LIMITS: IntakeLimits = { waitingOrders: 10_000, reservedOrders: 500, recountMs: 500, retryAfterSeconds: 5 };

/** Whether the queue has room for one more order. */
export interface IntakeGate {
  /** Takes a place; false when there is none. */
  readonly enter: (priority: number) => Promise<boolean>;
  readonly retryAfterSeconds: number;
}

/** Counts the messages of intake that nobody has taken up yet, over all processes, now and then. */
export function createIntakeGate(database: Database, now: () => string, limits: IntakeLimits = INTAKE_LIMITS): IntakeGate {
  let counted: { readonly at: string; waiting: number } | null = null;
  let counting: Promise<void> | null = null;

  async function count(): Promise<void> {
    const at = now();
    const most = limits.waitingOrders + limits.reservedOrders;
    const [rows = []] = await database.select(`SELECT count(*) AS waiting FROM (SELECT 1 AS one FROM inbox WHERE status='pending' LIMIT ${literal(most)}) AS pending`);
    counted = { at, waiting: Number(rows[0]?.["waiting"] ?? 0) };
  }

  return {
    retryAfterSeconds: limits.retryAfterSeconds,
    async enter(priority) {
      if (counted === null || Math.abs(msBetween(counted.at, now())) >= limits.recountMs) {
        counting ??= count().finally(() => {
          counting = null;
        });
        await counting;
      }
      if (counted === null) return true;
      if (counted.waiting >= limits.waitingOrders + (priority > 0 ? limits.reservedOrders : 0)) return false;
      counted.waiting += 1;
      return true;
    },
  };
}
