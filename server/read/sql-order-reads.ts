import type { OrderState } from "../../engine/order/machines.ts";
import type { Json } from "../../engine/support/json.ts";
import type { Database } from "../store/database.ts";
import type { Row } from "../store/dialect.ts";
import { controlOf } from "../store/flow-store.ts";
import { readJournal } from "../store/journal-store.ts";
import { loadOrders, readOrder } from "../store/order-store.ts";
import { literal } from "../store/sql.ts";
import type { OrderReads, OrderRow } from "./order-reads.ts";
import { orderFilter, orderRanking } from "./order-filter.ts";

const ORDER_COLUMNS =
  "id, external_id, state, customer_status, priority, region, channel, customer_id, billing_account, release_digest, aggregate_version, correlation_id, accepted_at, completed_at, updated_at, blocked";

/** The reads of the edges over the store's tables. */
export function createSqlOrderReads(database: Database): OrderReads {
  return {
    order: (orderId) => readOrder(database, orderId),
    orders: (orderIds) => database.snapshot((select) => loadOrders(select, orderIds)),

    async find(query) {
      const where = orderFilter(query);
      const [rows = [], counted = []] = await database.select(
        `SELECT ${ORDER_COLUMNS} FROM orders${where}${orderRanking(query.sort)} LIMIT ${query.limit} OFFSET ${query.offset}`,
        `SELECT count(*) AS total FROM orders${where}`,
      );
      return { rows: rows.map(toOrderRow), total: Number(counted[0]?.["total"] ?? 0) };
    },

    journal: (orderId, afterVersion, limit) => readJournal(database, orderId, afterVersion, limit),

    async waiting(orderId) {
      const [rows = []] = await database.select(
        "SELECT task_id, reason, resource, target_flow.* FROM ready_tasks LEFT JOIN target_flow ON target_flow.target_system=ready_tasks.target_system " +
          `WHERE order_id=${literal(orderId)}`,
      );
      return new Map(rows.map((row) => [String(row["task_id"]), { reason: waitingFor(row), resource: String(row["resource"]) }]));
    },

    async unmatched(offset, limit) {
      const [rows = [], counted = []] = await database.select(
        `SELECT source, message_id, order_id, task_id, reason, input, received_at FROM unmatched_results ORDER BY received_at DESC, source, message_id LIMIT ${limit} OFFSET ${offset}`,
        "SELECT count(*) AS total FROM unmatched_results",
      );
      return {
        rows: rows.map((row) => ({
          source: String(row["source"]),
          messageId: String(row["message_id"]),
          orderId: text(row, "order_id"),
          taskId: text(row, "task_id"),
          reason: String(row["reason"]),
          input: JSON.parse(String(row["input"])) as Json,
          receivedAt: String(row["received_at"]),
        })),
        total: Number(counted[0]?.["total"] ?? 0),
      };
    },
  };
}

/** A pause counts for everything that waits for the system, also for what admission has not looked at since. */
function waitingFor(row: Row): string {
  const { paused } = controlOf(row);
  const reason = String(row["reason"]);
  if (paused === null || reason === "held" || reason === "locked") return reason;
  return `target-paused by ${paused.by} since ${paused.at}, "${paused.reason}"`;
}

function toOrderRow(row: Row): OrderRow {
  return {
    id: String(row["id"]),
    externalId: text(row, "external_id"),
    state: String(row["state"]) as OrderState,
    customerStatus: text(row, "customer_status"),
    priority: Number(row["priority"]),
    region: text(row, "region"),
    channel: text(row, "channel"),
    customerId: text(row, "customer_id"),
    billingAccount: text(row, "billing_account"),
    releaseDigest: String(row["release_digest"]),
    aggregateVersion: Number(row["aggregate_version"]),
    correlationId: String(row["correlation_id"]),
    acceptedAt: String(row["accepted_at"]),
    completedAt: text(row, "completed_at"),
    updatedAt: String(row["updated_at"]),
    blocked: Number(row["blocked"]) === 1,
  };
}

function text(row: Row, column: string): string | null {
  const value = row[column];
  return value === null || value === undefined ? null : String(value);
}
