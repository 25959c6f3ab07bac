import { changesBetween } from "../../engine/interpret/changes.ts";
import type { RecordProduct } from "../../engine/order/commands.ts";
import { orderStatus } from "../read/customer-visible-status.ts";
import { deadLetterStatements } from "../store/dead-letter-store.ts";
import { journalRow } from "../store/journal-store.ts";
import { orderStatements, type OrderChange } from "../store/order-store.ts";
import { outboxRow, settleStatement, type OutboxCommand } from "../store/outbox-store.ts";
import { literal, type Statement } from "../store/sql.ts";
import { deleteFrom, insertInto, upsertInto, type RowOf } from "../store/table.ts";
import { intentStatements } from "../store/intake-store.ts";
import { IDEMPOTENCY_KEYS, INBOX, JOURNAL, OUTBOX, PRODUCTS, TIMERS } from "../store/tables.ts";
import type { WorkBatch } from "./work-batch.ts";
import type { CommitListeners } from "./work-context.ts";
import type { WorkingOrder } from "./working-order.ts";

/**
 * Everything a batch writes: one statement per table, whatever the number of rows. Statements with a guard come first, so
 * that a conflict is found before anything else is done. Commands for which the deliverer of this process has room are
 * written as leased by it and handed over after the commit.
 */
export function batchStatements(batch: WorkBatch, listeners: CommitListeners): Statement[] {
  const changed = Array.from(batch.orders.values()).filter((working) => working.changed);
  const outbox: RowOf<typeof OUTBOX>[] = [];
  const products = new Map<string, RowOf<typeof PRODUCTS>>();
  for (const working of batch.orders.values()) {
    for (const command of working.commands) {
      switch (command.type) {
        case "SetTimer":
        case "CancelTimer":
          batch.setTimer(working.id, command);
          break;
        case "RecordProduct":
          products.set(command.productId, productRow(command));
          break;
        case "DispatchTask":
        case "QueryTask":
          outbox.push(leasedRow(batch, listeners, command, working.release.digest));
      }
    }
  }
  return [
    ...orderStatements(changed.map((working) => orderChange(working, batch.at))),
    ...settleStatement([...batch.settlements.values()], batch.at),
    ...insertInto(JOURNAL, changed.flatMap(({ journal }) => journal.map(journalRow))),
    ...insertInto(OUTBOX, outbox),
    ...timerStatements(batch),
    ...(batch.admission?.statements ?? []),
    ...intentStatements(batch.intents),
    ...idempotencyStatements(batch),
    ...upsertInto(INBOX, [...batch.inboxRows.values()], "inbox.status='pending'"),
    ...deadLetterStatements(batch.deadLetters, batch.at),
    ...upsertInto(PRODUCTS, [...products.values()]),
  ];
}

function orderChange(working: WorkingOrder, at: string): OrderChange {
  const { stored: before, order: after, release } = working;
  if (after === null) throw new RangeError(`Order ${working.id} has no state to write`);
  const changes = changesBetween(before, after);
  return {
    before,
    after,
    touched: {
      items: new Set(changes.items),
      tasks: new Set(changes.tasks),
      milestones: new Set(changes.milestones),
      cases: new Set(changes.cases),
    },
    customerStatus: orderStatus(after, release).key,
    targetSystemOf: (position) => working.targetSystemOf(position),
    at,
  };
}

function leasedRow(batch: WorkBatch, { delivery }: CommitListeners, command: OutboxCommand, releaseDigest: string): RowOf<typeof OUTBOX> {
  if (!delivery?.reserve(command.targetSystem)) return outboxRow(command, releaseDigest, null, batch.at);
  batch.leased.push({ command, releaseDigest, leaseEpoch: FIRST_EPOCH });
  return outboxRow(command, releaseDigest, { owner: delivery.owner, until: delivery.leaseUntil(batch.at), epoch: FIRST_EPOCH }, batch.at);
}

const FIRST_EPOCH = 1;

function timerStatements(batch: WorkBatch): Statement[] {
  const set: RowOf<typeof TIMERS>[] = [];
  const stopped: string[][] = [];
  for (const [timerId, { orderId, dueAt }] of batch.timers) {
    if (dueAt === null) stopped.push([timerId]);
    else set.push({ timer_id: timerId, order_id: orderId, due_at: dueAt });
  }
  return [...upsertInto(TIMERS, set), ...deleteFrom(TIMERS, ["timer_id"], stopped)];
}

/** Only a record that is over, or the mark our own request left, may be overwritten; any other is someone else's answer. */
function idempotencyStatements(batch: WorkBatch): Statement[] {
  const rows = [...batch.idempotencyRows.values()];
  const { name } = IDEMPOTENCY_KEYS;
  const ours = `${name}.expires_at<=${literal(batch.at)} OR (${name}.status IS NULL AND ${name}.request_hash=excluded.request_hash)`;
  return upsertInto(IDEMPOTENCY_KEYS, rows, ours).map((statement) => ({ ...statement, guard: { name: "taken_key", rows: rows.length } }));
}

function productRow(command: RecordProduct): RowOf<typeof PRODUCTS> {
  return {
    product_id: command.productId,
    order_id: command.orderId,
    item_id: command.itemId,
    status: command.status,
    offering: command.offering,
    characteristics: JSON.stringify(command.characteristics),
    updated_at: command.at,
  };
}
