import type { Json } from "../../engine/support/json.ts";
import type { Database, Select } from "../store/database.ts";
import { literal, type Statement } from "../store/sql.ts";
import { insertInto } from "../store/table.ts";
import { OPERATIONS_LOG } from "../store/tables.ts";

/** Something an operator did that belongs to no order: who, when, why, and what it changed. Never overwritten. */
export interface Operation {
  /** Names the request that asked for it, so that a repeat of the request is the same operation. */
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: OperationAction;
  /** What it was done to: a target system, a dead letter, a release, or the branch of the definitions. */
  readonly subject: string;
  readonly reason: string;
  readonly before: Json;
  readonly after: Json;
}

export type OperationAction = "target.pause" | "target.resume" | "dead-letter.replay" | "dead-letter.discard" | "dead-letter.assign" | "release.promote" | "release.rollback" | "release.refuse";

/** Who asks for an operation, and why. */
export type OperationRequest = Pick<Operation, "id" | "at" | "actor" | "reason">;

/** Writes an operation down, in the transaction that does it. */
export function operationStatements(operation: Operation): Statement[] {
  const { before, after, ...rest } = operation;
  return insertInto(OPERATIONS_LOG, [{ ...rest, before_state: JSON.stringify(before), after_state: JSON.stringify(after) }]);
}

/** True when an operation was done already: its request is being repeated. */
export async function operationDone(select: Select, id: string): Promise<boolean> {
  const [rows = []] = await select(`SELECT id FROM operations_log WHERE id=${literal(id)}`);
  return rows.length > 0;
}

/** Operations, the newest first. */
export async function readOperations(database: Database, query: { readonly subject?: string | undefined; readonly offset: number; readonly limit: number }): Promise<{ readonly rows: readonly Operation[]; readonly total: number }> {
  const where = query.subject === undefined ? "" : ` WHERE subject=${literal(query.subject)}`;
  const [rows = [], counted = []] = await database.select(
    `SELECT * FROM operations_log${where} ORDER BY at DESC, id LIMIT ${query.limit} OFFSET ${query.offset}`,
    `SELECT count(*) AS total FROM operations_log${where}`,
  );
  return {
    rows: rows.map((row) => ({
      id: String(row["id"]),
      at: String(row["at"]),
      actor: String(row["actor"]),
      action: String(row["action"]) as OperationAction,
      subject: String(row["subject"]),
      reason: String(row["reason"]),
      before: JSON.parse(String(row["before_state"])) as Json,
      after: JSON.parse(String(row["after_state"])) as Json,
    })),
    total: Number(counted[0]?.["total"] ?? 0),
  };
}
