import type { FalloutCase } from "../../engine/order/order.ts";
import type { Task } from "../../engine/order/task.ts";
import type { Database } from "../store/database.ts";
import type { Row } from "../store/dialect.ts";
import { listOf, literal } from "../store/sql.ts";
import type { Page } from "./order-reads.ts";
import type { CaseQuery, CaseRow, CauseQuery, CauseRow, ManualTaskQuery, ManualTaskRow, WorkReads } from "./work-reads.ts";

const OF_ORDER = "o.id AS order_id, o.external_id, o.region, o.priority, o.release_digest";

type Waiting = Extract<Task, { readonly state: "AWAITING_MANUAL_ACTION" }>;

/** The worklists over the store's tables: rows in attention are few, indexed by state, and filtered by what their body says. */
export function createSqlWorkReads(database: Database): WorkReads {
  const { member } = database.dialect;
  const manual = (name: string) => member("t.body", "manual", name);

  async function page<T>(columns: string, from: string, order: string, { offset, limit }: { readonly offset: number; readonly limit: number }, toRow: (row: Row) => T): Promise<Page<T>> {
    const [rows = [], counted = []] = await database.select(
      `SELECT ${columns} ${from} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`,
      `SELECT count(*) AS total ${from}`,
    );
    return { rows: rows.map(toRow), total: Number(counted[0]?.["total"] ?? 0) };
  }

  return {
    manualTasks(query: ManualTaskQuery) {
      const due = manual("dueAt");
      const terms = [
        "t.state='AWAITING_MANUAL_ACTION'", `${manual("cause")}<>'HOLD'`, ...inRegions(query.regions),
        ...equal(manual("queue"), query.queue), ...equal(manual("role"), query.role), ...equal(manual("claimedBy"), query.claimedBy),
        ...(query.claimed === undefined ? [] : [`${manual("claimedBy")} IS ${query.claimed ? "NOT " : ""}NULL`]),
        ...(query.dueBefore === undefined ? [] : [`${due}<${literal(query.dueBefore)}`]),
      ];
      const from = `FROM tasks t JOIN orders o ON o.id=t.order_id WHERE ${terms.join(" AND ")}`;
      return page(`${OF_ORDER}, t.task_id, t.item_id, t.body`, from, `CASE WHEN ${due} IS NULL THEN 1 ELSE 0 END, ${due}, o.priority DESC, t.task_id`, query, toManualTask);
    },

    cases(query: CaseQuery) {
      const terms = [
        ...equal("c.state", query.state), ...inRegions(query.regions), ...equal("c.queue", query.queue), ...equal("c.severity", query.severity),
        ...equal(member("c.body", "fingerprint"), query.fingerprint),
        ...(query.dueBefore === undefined ? [] : [`c.sla_due_at<${literal(query.dueBefore)}`]),
      ];
      const from = `FROM fallout_cases c JOIN orders o ON o.id=c.order_id${terms.length === 0 ? "" : ` WHERE ${terms.join(" AND ")}`}`;
      return page(`${OF_ORDER}, c.body`, from, "c.severity, c.opened_at, c.case_id", query, toCase);
    },

    async causes(query: CauseQuery) {
      const fingerprint = member("c.body", "fingerprint");
      const terms = ["c.state='OPEN'", ...inRegions(query.regions), ...equal("c.queue", query.queue), ...equal("c.severity", query.severity)];
      const grouped =
        `SELECT ${fingerprint} AS fingerprint, min(${member("c.body", "reasonCode")}) AS reason_code, min(t.target_system) AS target_system, count(*) AS cases, ` +
        `count(DISTINCT c.order_id) AS orders, min(c.severity) AS severity, min(c.opened_at) AS oldest, min(${member("c.body", "reason")}) AS reason ` +
        "FROM fallout_cases c JOIN orders o ON o.id=c.order_id LEFT JOIN tasks t ON t.order_id=c.order_id AND t.task_id=c.task_id " +
        `WHERE ${terms.join(" AND ")} GROUP BY ${fingerprint}`;
      return page("*", `FROM (${grouped}) causes`, "cases DESC, fingerprint", query, toCause);
    },
  };
}

function inRegions(regions: readonly string[] | null): readonly string[] {
  return regions === null ? [] : [`(o.region IS NULL OR o.region IN ${listOf(regions)})`];
}

function equal(column: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [`${column}=${literal(value)}`];
}

function toManualTask(row: Row): ManualTaskRow {
  const { since, manual } = JSON.parse(String(row["body"])) as Waiting;
  return { ...ofOrder(row), taskId: String(row["task_id"]), itemId: String(row["item_id"]), since, manual };
}

function toCase(row: Row): CaseRow {
  return { ...ofOrder(row), case: JSON.parse(String(row["body"])) as FalloutCase };
}

function toCause(row: Row): CauseRow {
  return {
    fingerprint: text(row, "fingerprint"),
    reasonCode: String(row["reason_code"]),
    targetSystem: text(row, "target_system"),
    cases: Number(row["cases"]),
    orders: Number(row["orders"]),
    severity: String(row["severity"]),
    oldestOpenedAt: String(row["oldest"]),
    reason: String(row["reason"]),
  };
}

function ofOrder(row: Row) {
  return {
    orderId: String(row["order_id"]),
    externalId: text(row, "external_id"),
    region: text(row, "region"),
    priority: Number(row["priority"]),
    releaseDigest: String(row["release_digest"]),
  };
}

function text(row: Row, column: string): string | null {
  const value = row[column];
  return value === null || value === undefined ? null : String(value);
}
