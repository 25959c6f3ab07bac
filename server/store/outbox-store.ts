import type { DispatchTask, QueryTask } from "../../engine/order/commands.ts";
import type { TaskReport } from "../../engine/order/inputs.ts";
import type { Database, Select } from "./database.ts";
import type { Row } from "./dialect.ts";
import { listOf, literal, tuples, type Statement } from "./sql.ts";
import type { RowOf } from "./table.ts";
import type { OUTBOX } from "./tables.ts";

/** A command that a worker performs. */
export type OutboxCommand = DispatchTask | QueryTask;

/** Who may perform a command now, and until when nobody else may. */
export interface Lease {
  readonly owner: string;
  readonly until: string;
  readonly epoch: number;
}

/** A command this process may perform. */
export interface LeasedCommand {
  readonly command: OutboxCommand;
  readonly releaseDigest: string;
  readonly leaseEpoch: number;
}

/** The row of a new command; without a lease it waits for a worker to claim it. */
export function outboxRow(command: OutboxCommand, releaseDigest: string, lease: Lease | null, at: string): RowOf<typeof OUTBOX> {
  return {
    id: command.commandId,
    order_id: command.orderId,
    task_id: command.taskId,
    kind: command.type === "DispatchTask" ? "dispatch" : "query",
    target_system: command.targetSystem,
    release_digest: releaseDigest,
    idempotency_key: command.idempotencyKey,
    status: lease ? "leased" : "pending",
    lease_owner: lease?.owner ?? null,
    lease_until: lease?.until ?? null,
    lease_epoch: lease?.epoch ?? 0,
    attempt: command.attempt,
    payload: JSON.stringify(command),
    created_at: at,
    settled_at: null,
    answer: null,
  };
}

/** A delivery that is over. */
export interface Settlement {
  readonly outboxId: string;
  readonly leaseEpoch: number;
  readonly answer: string;
}

/** Settles deliveries under the lease they were made with. */
export function settleStatement(settlements: readonly Settlement[], at: string): Statement[] {
  if (settlements.length === 0) return [];
  const rows = settlements.map(({ outboxId, leaseEpoch, answer }) => [outboxId, leaseEpoch, answer]);
  return [
    {
      sql:
        `UPDATE outbox SET status='settled',settled_at=${literal(at)},answer=r.column3 FROM (VALUES ${tuples(rows)}) AS r ` +
        `WHERE outbox.id=r.column1 AND outbox.lease_epoch=CAST(r.column2 AS INTEGER) AND outbox.status='leased'`,
      guard: { name: "stale_lease", rows: rows.length },
    },
  ];
}

/** The query for the leases of these rows; it keeps them from being claimed until the commit. */
export function leaseQuery(outboxIds: Iterable<string>, lock: string): string {
  return `SELECT id, status, lease_epoch FROM outbox WHERE id IN ${listOf(outboxIds)} ORDER BY id${lock}`;
}

/** What a report says, short enough to keep with the command. */
export function answerSummary(report: TaskReport): string {
  return JSON.stringify(report.status === "failed" ? { status: report.status, code: report.failure.code, effect: report.failure.effect } : { status: report.status });
}

/** Takes rows that wait, or whose lease is over, with the next epoch; whoever held them before settles nothing any more. */
export async function claim(select: Select, which: string, limit: number, lease: Omit<Lease, "epoch">, skipLocked: string): Promise<LeasedCommand[]> {
  const [rows = []] = await select(
    `UPDATE outbox SET status='leased',lease_owner=${literal(lease.owner)},lease_until=${literal(lease.until)},lease_epoch=lease_epoch+1 ` +
      `WHERE id IN (SELECT id FROM outbox WHERE ${which} ORDER BY created_at, id LIMIT ${literal(limit)}${skipLocked}) RETURNING payload, release_digest, lease_epoch, created_at`,
  );
  return rows.sort((a, b) => (String(a["created_at"]) < String(b["created_at"]) ? -1 : 1)).map(leasedCommand);
}

/** The command a message with this key belongs to: the newest one sent with it. */
export async function findCommand(database: Database, idempotencyKey: string): Promise<{ readonly orderId: string; readonly taskId: string; readonly attempt: number } | null> {
  const [rows = []] = await database.select(
    `SELECT order_id, task_id, attempt FROM outbox WHERE idempotency_key=${literal(idempotencyKey)} AND kind='dispatch' ORDER BY attempt DESC LIMIT 1`,
  );
  const [row] = rows;
  return row ? { orderId: String(row["order_id"]), taskId: String(row["task_id"]), attempt: Number(row["attempt"]) } : null;
}

function leasedCommand(row: Row): LeasedCommand {
  return { command: JSON.parse(String(row["payload"])) as OutboxCommand, releaseDigest: String(row["release_digest"]), leaseEpoch: Number(row["lease_epoch"]) };
}
