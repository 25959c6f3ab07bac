import { deadLetterStatements, errorClassOf } from "../store/dead-letter-store.ts";
import { inboxRow } from "../store/inbox-store.ts";
import { literal } from "../store/sql.ts";
import { upsertInto } from "../store/table.ts";
import { INBOX } from "../store/tables.ts";
import { quarantineKey } from "./apply-work.ts";
import type { Work, WorkResult } from "./contract.ts";
import type { WorkContext } from "./work-context.ts";

/** Writes down an input whose commit fails even alone: nothing of it can be stored but itself and the error. */
export async function quarantineAlone({ database, now, log }: WorkContext, work: Work, error: unknown): Promise<WorkResult> {
  const message = error instanceof Error ? error.message : String(error);
  log.error({ err: error, orderId: work.orderId, inputId: work.input.id, inputType: work.input.type }, "An input was quarantined: it cannot be stored");
  const at = now();
  const { settles, input } = work;
  await database.write([
    ...upsertInto(INBOX, [inboxRow(quarantineKey(work), work.orderId, input, "quarantined", message, at)], "inbox.status='pending'"),
    ...deadLetterStatements([{ kind: "quarantined-input", ...quarantineKey(work), orderId: work.orderId, inputType: input.type, errorClass: errorClassOf(error) }], at),
    ...(settles ? [{ sql: `UPDATE outbox SET status='settled',settled_at=${literal(at)} WHERE id=${literal(settles.outboxId)} AND lease_epoch=${literal(settles.leaseEpoch)}` }] : []),
    ...(input.type === "TimerFired" ? [{ sql: `DELETE FROM timers WHERE timer_id=${literal(input.timerId)}` }] : []),
  ]);
  return { outcome: "quarantined", error: message };
}
