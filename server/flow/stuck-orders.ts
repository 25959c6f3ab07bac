import { explainOrder } from "../../engine/explain/explain.ts";
import { ORDER_MACHINE } from "../../engine/order/machines.ts";
import type { Order } from "../../engine/order/order.ts";
import { addMs, msBetween } from "../../engine/support/instant.ts";
import type { ReleaseLookup } from "../read/release-lookup.ts";
import type { Database } from "../store/database.ts";
import { loadOrders } from "../store/order-store.ts";
import { listOf, literal } from "../store/sql.ts";

/** When an order counts as stuck, and how many are told at once. */
export interface StuckLimits {
  /** How long an order may stand still with nothing that will move it. */
  readonly graceMs: number;
  /** Suspects looked at in one search. */
  readonly suspects: number;
  /** How often the watch looks. */
  readonly everyMs: number;
}

export const STUCK_LIMITS: StuckLimits = { graceMs: 10 * 60_000, suspects: 200, everyMs: 60_000 };

/** An order that nothing and nobody will move. */
export interface StuckOrder {
  readonly productOrderId: string;
  readonly region: string | null;
  readonly internalState: string;
  /** Since its last change. */
  readonly stuckSince: string;
  readonly ageSeconds: number;
  /** `<itemId>/<taskKey>` of the step it stands at; null when it stands at none. */
  readonly step: string | null;
  readonly sentence: string;
}

/** Not final, and not held: who holds an order lets it go on. */
const OPEN_STATES = Object.entries(ORDER_MACHINE).filter(([state, next]) => next.length > 0 && state !== "HELD").map(([state]) => state);

/**
 * Orders in a state that is not final and with nothing that will move them: no clock, no task that waits for admission, no
 * command under way, no message to take up, nobody's case or manual task, nobody's approval, no hold (L5). `regions` null
 * means all.
 */
export async function findStuckOrders(
  database: Database, releases: Pick<ReleaseLookup, "byDigest">, now: string, regions: readonly string[] | null = null, limits: StuckLimits = STUCK_LIMITS,
): Promise<readonly StuckOrder[]> {
  const [suspects = []] = await database.select(suspectsQuery(addMs(now, -limits.graceMs), regions, limits.suspects));
  if (suspects.length === 0) return [];
  const orders = await database.snapshot((select) => loadOrders(select, suspects.map((row) => String(row["id"]))));
  const stuck: StuckOrder[] = [];
  for (const row of suspects) {
    const order = orders.get(String(row["id"]));
    if (!order || waitsForPeople(order)) continue;
    const stuckSince = String(row["updated_at"]);
    stuck.push({ ...(await place(order, releases)), productOrderId: order.id, region: order.region, internalState: order.state, stuckSince, ageSeconds: Math.floor(msBetween(stuckSince, now) / 1_000) });
  }
  return stuck;
}

/** What moves an order, or who: each is a set of orders that do not stand still in vain. */
const MOVED = [
  "SELECT order_id FROM timers",
  "SELECT order_id FROM ready_tasks",
  "SELECT order_id FROM outbox WHERE status='pending'",
  "SELECT order_id FROM outbox WHERE status='leased'",
  "SELECT order_id FROM inbox WHERE status='pending'",
  "SELECT order_id FROM fallout_cases WHERE state='OPEN'",
  "SELECT order_id FROM tasks WHERE state='AWAITING_MANUAL_ACTION'",
] as const;

/** Sets, not one question per order: each table is read once, however many orders there are. */
function suspectsQuery(before: string, regions: readonly string[] | null, limit: number): string {
  const ofRegion = regions === null ? "" : ` AND (region IS NULL OR region IN ${listOf(regions)})`;
  const still = `SELECT id FROM orders WHERE completed_at IS NULL AND state IN ${listOf(OPEN_STATES)} AND updated_at<${literal(before)}${ofRegion}`;
  return (
    `SELECT orders.id, orders.updated_at FROM orders JOIN (${[still, ...MOVED].join(" EXCEPT ")}) AS suspects ON suspects.id=orders.id ` +
    `ORDER BY orders.updated_at, orders.id LIMIT ${literal(limit)}`
  );
}

/** What the tables do not say: somebody holds an item on purpose, or is asked to agree. */
function waitsForPeople({ items, approvals }: Order): boolean {
  return items.some(({ state }) => state === "HELD") || approvals.some(({ state }) => state === "PENDING");
}

async function place(order: Order, releases: Pick<ReleaseLookup, "byDigest">): Promise<Pick<StuckOrder, "step" | "sentence">> {
  const release = await releases.byDigest(order.release.digest);
  if (!release) return { step: null, sentence: "The release of the order is missing." };
  const { blockingTaskId, sentence } = explainOrder(order, release);
  const planned = order.plan?.graph.tasks.find(({ id }) => id === blockingTaskId);
  return { step: planned ? `${planned.itemId}/${planned.key}` : null, sentence };
}
