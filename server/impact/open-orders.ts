import type { JournalEntry } from "../../engine/order/events.ts";
import { ORDER_MACHINE } from "../../engine/order/machines.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Database } from "../store/database.ts";
import { readJournals } from "../store/journal-store.ts";
import { loadOrders } from "../store/order-store.ts";
import { listOf, literal } from "../store/sql.ts";
import type { OpenOrder } from "./assess-orders.ts";
import { IMPACT_LIMITS } from "./impact-limits.ts";

const OPEN_STATES = Object.entries(ORDER_MACHINE).flatMap(([state, moves]) => (moves.length > 0 ? [state] : []));

/** What a list of open orders is limited to; `regions` null means every region. */
export interface OpenOrdersQuery {
  readonly regions: readonly string[] | null;
  /** Id after which the page begins. */
  readonly after: string;
  readonly limit: number;
}

/** One page of open orders by id, each with its journal, all as they were at one moment. */
export async function readOpenOrders(database: Database, query: OpenOrdersQuery): Promise<readonly OpenOrder[]> {
  return database.snapshot(async (select) => {
    const [rows = []] = await select(`SELECT id FROM orders${openFilter(query.regions)} AND id>${literal(query.after)} ORDER BY id LIMIT ${query.limit}`);
    const ids = rows.map((row) => String(row["id"]));
    if (ids.length === 0) return [];
    const orders: ReadonlyMap<string, Order> = await loadOrders(select, ids);
    const journals: ReadonlyMap<string, readonly JournalEntry[]> = await readJournals(select, ids);
    return ids.flatMap((id) => {
      const order = orders.get(id);
      return order ? [{ order, journal: journals.get(id) ?? [] }] : [];
    });
  });
}

/** All open orders, page by page. */
export async function* openPages(database: Database, regions: readonly string[] | null): AsyncGenerator<readonly OpenOrder[]> {
  for (let after = ""; ; ) {
    const page = await readOpenOrders(database, { regions, after, limit: IMPACT_LIMITS.pageOrders });
    if (page.length === 0) return;
    yield page;
    after = page.at(-1)?.order.id ?? after;
  }
}

/** How many orders are open. */
export async function countOpenOrders(database: Database, regions: readonly string[] | null): Promise<number> {
  const [rows = []] = await database.select(`SELECT count(*) AS total FROM orders${openFilter(regions)}`);
  return Number(rows[0]?.["total"] ?? 0);
}

function openFilter(regions: readonly string[] | null): string {
  const region = regions === null ? "" : ` AND (region IS NULL OR region IN ${listOf(regions)})`;
  return ` WHERE completed_at IS NULL AND state IN ${listOf(OPEN_STATES)}${region}`;
}
