import type { Order } from "../../engine/order/order.ts";
import type { Database, Select } from "./database.ts";
import type { Row } from "./dialect.ts";
import { acceptedChanged, acceptedColumns, caseRow, headColumns, itemRow, milestoneRow, orderFromRows, orderRow, planRow, taskRow } from "./order-rows.ts";
import { listOf, tuples, type Statement } from "./sql.ts";
import { deleteFrom, insertInto, upsertInto } from "./table.ts";
import { FALLOUT_CASES, MILESTONES, ORDER_ITEMS, ORDERS, PLANS, TASKS } from "./tables.ts";

/** What one commit does to one order. */
export interface OrderChange {
  /** As it is stored; null when the order is new. */
  readonly before: Order | null;
  readonly after: Order;
  readonly touched: TouchedRows;
  readonly customerStatus: string | null;
  readonly targetSystemOf: (position: number) => string | null;
  readonly at: string;
}

/** Positions of the rows that changed. */
export interface TouchedRows {
  readonly items: ReadonlySet<number>;
  readonly tasks: ReadonlySet<number>;
  readonly milestones: ReadonlySet<number>;
  readonly cases: ReadonlySet<number>;
}

/** Loads orders from their rows: one statement per table, however many orders. Orders that do not exist are left out. */
export async function loadOrders(select: Select, ids: Iterable<string>): Promise<Map<string, Order>> {
  const list = listOf(ids);
  const rowsOfAll = (from: string, columns: string) => `SELECT order_id, ${columns} FROM ${from} WHERE order_id IN ${list} ORDER BY order_id, position`;
  const [heads = [], plans = [], items = [], tasks = [], milestones = [], cases = []] = await select(
    `SELECT id, accepted, head FROM orders WHERE id IN ${list}`,
    `SELECT plan_id, graph FROM plans WHERE order_id IN ${list}`,
    rowsOfAll(ORDER_ITEMS.name, "line, body"),
    ...[TASKS, MILESTONES, FALLOUT_CASES].map(({ name }) => rowsOfAll(name, "body")),
  );
  const graphs = new Map(plans.map((row) => [String(row["plan_id"]), String(row["graph"])]));
  const itemsOf = byOrder(items, ({ line, body }) => ({ line: line === null ? null : String(line), body: String(body) }));
  const [tasksOf, milestonesOf, casesOf] = [tasks, milestones, cases].map((rows) => byOrder(rows, ({ body }) => String(body)));
  return new Map(
    heads.map((row) => {
      const id = String(row["id"]);
      const order = orderFromRows({
        accepted: String(row["accepted"]),
        head: String(row["head"]),
        graphs,
        items: itemsOf.get(id) ?? [],
        tasks: tasksOf?.get(id) ?? [],
        milestones: milestonesOf?.get(id) ?? [],
        cases: casesOf?.get(id) ?? [],
      });
      return [id, order];
    }),
  );
}

/** One order as it was at one moment, or null. */
export async function readOrder(database: Database, id: string): Promise<Order | null> {
  return database.snapshot(async (select) => (await loadOrders(select, [id])).get(id) ?? null);
}

/** Everything that must be written for these changes: at most one statement per table and kind of change. */
export function orderStatements(changes: readonly OrderChange[]): Statement[] {
  const created = changes.filter(({ before }) => before === null);
  const updated = changes.filter(({ before }) => before !== null);
  const replanned = changes.filter(({ before, after }) => after.plan !== null && before?.plan?.graph !== after.plan.graph);
  return [
    ...insertInto(ORDERS, created.map(({ after, customerStatus, at }) => orderRow(after, customerStatus, at))),
    ...updateHeads(updated),
    ...updateAccepted(updated.filter(({ before, after }) => before !== null && acceptedChanged(before, after))),
    ...upsertInto(PLANS, replanned.flatMap(({ after }) => (after.plan ? [planRow(after, after.plan)] : []))),
    ...replanned.flatMap(dropTail),
    ...upsertInto(ORDER_ITEMS, rowsOf(changes, "items", itemRow)),
    ...upsertInto(TASKS, changes.flatMap((change) => Array.from(change.touched.tasks, (position) => taskRow(change.after, position, change.targetSystemOf(position))))),
    ...upsertInto(MILESTONES, rowsOf(changes, "milestones", milestoneRow)),
    ...upsertInto(FALLOUT_CASES, rowsOf(changes, "cases", caseRow)),
  ];
}

const HEAD_COLUMNS = ["state", "customer_status", "aggregate_version", "completed_at", "updated_at", "blocked", "head"] as const;
const ACCEPTED_COLUMNS = ["external_id", "priority", "region", "channel", "customer_id", "billing_account", "release_digest", "correlation_id", "accepted_at", "accepted"] as const;
const INTEGERS: ReadonlySet<string> = new Set(["aggregate_version", "blocked", "priority"]);

/** Only a head that still has the version we know may be written; any other is someone else's work. */
function updateHeads(changes: readonly OrderChange[]): Statement[] {
  if (changes.length === 0) return [];
  const rows = changes.map((change) => {
    const head = headColumns(change.after, change.customerStatus, change.at);
    return [change.after.id, change.before?.aggregateVersion ?? 0, ...HEAD_COLUMNS.map((column) => head[column])];
  });
  return [
    {
      sql: `UPDATE orders SET ${assignments(HEAD_COLUMNS, 3)} FROM (VALUES ${tuples(rows)}) AS r WHERE orders.id=r.column1 AND orders.aggregate_version=CAST(r.column2 AS INTEGER)`,
      guard: { name: "stale_order", rows: rows.length },
    },
  ];
}

function updateAccepted(changes: readonly OrderChange[]): Statement[] {
  if (changes.length === 0) return [];
  const rows = changes.map(({ after }) => {
    const accepted = acceptedColumns(after);
    return [after.id, ...ACCEPTED_COLUMNS.map((column) => accepted[column])];
  });
  return [{ sql: `UPDATE orders SET ${assignments(ACCEPTED_COLUMNS, 2)} FROM (VALUES ${tuples(rows)}) AS r WHERE orders.id=r.column1` }];
}

/** `state=r.column3,…` for columns that stand in that order in VALUES, from the given place on. */
function assignments(columns: readonly string[], first: number): string {
  return columns.map((column, index) => `${column}=${INTEGERS.has(column) ? `CAST(r.column${index + first} AS INTEGER)` : `r.column${index + first}`}`).join(",");
}

/** A shorter plan leaves no rows of the longer one behind. */
function dropTail({ before, after }: OrderChange): Statement[] {
  if (before === null) return [];
  const tail = (length: number, formerLength: number) => Array.from({ length: Math.max(0, formerLength - length) }, (_, index) => [after.id, length + index]);
  return [
    ...deleteFrom(TASKS, ["order_id", "position"], tail(after.tasks.length, before.tasks.length)),
    ...deleteFrom(MILESTONES, ["order_id", "position"], tail(after.milestones.length, before.milestones.length)),
  ];
}

function rowsOf<R>(changes: readonly OrderChange[], list: keyof TouchedRows, make: (order: Order, position: number, before: Order | null) => R): R[] {
  return changes.flatMap(({ before, after, touched }) => Array.from(touched[list], (position) => make(after, position, before)));
}

function byOrder<T>(rows: readonly Row[], read: (row: Row) => T): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const id = String(row["order_id"]);
    const list = found.get(id);
    if (list) list.push(read(row));
    else found.set(id, [read(row)]);
  }
  return found;
}
