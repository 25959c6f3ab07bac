import type { Input } from "../../engine/order/inputs.ts";
import { sha256Hex } from "../../engine/support/hash.ts";
import type { Json } from "../../engine/support/json.ts";
import { applyCallback } from "../callbacks/apply-callback.ts";
import type { Database } from "../store/database.ts";
import { readInput, type InboxKey } from "../store/inbox-store.ts";
import { findCommand } from "../store/outbox-store.ts";
import { literal, type Statement } from "../store/sql.ts";
import { upsertInto } from "../store/table.ts";
import { TIMERS } from "../store/tables.ts";
import type { GroupedUnitOfWork } from "../work/handle-inputs.ts";
import { readDeadLetter, type DeadLetter } from "./dead-letters.ts";
import { handleLetter, type LetterRequest, type LetterResult } from "./handle-dead-letter.ts";
import { operationDone } from "./operations-log.ts";

export interface ReplayDeps {
  readonly database: Database;
  readonly unitOfWork: GroupedUnitOfWork;
  readonly now: () => string;
}

/** What came of the replay itself: the outcome of the unit of work, or that the letter still fits nothing. */
export type ReplayResult = Exclude<LetterResult, { readonly outcome: "done" }> | { readonly outcome: "done"; readonly letter: DeadLetter; readonly result: string };

/**
 * Hands the message of a letter in once more, on the way it came: everything that guards the first time guards again. Inputs
 * are known by their ids and effects by their idempotency keys, so nothing happens twice (J7).
 */
export async function replayLetter(deps: ReplayDeps, request: LetterRequest): Promise<ReplayResult> {
  const letter = await readDeadLetter(deps.database.select, request.letterId, request.regions);
  if (letter === null) return { outcome: "not-found" };
  return letter.kind === "quarantined-input" ? replayInput(deps, request) : replayMessage(deps, request, letter);
}

/** The message is pending again: should this process end now, any other takes it up. */
async function replayInput({ database, unitOfWork, now }: ReplayDeps, request: LetterRequest): Promise<ReplayResult> {
  let replayed: { readonly input: Input; readonly message: InboxKey; readonly orderId: string } | null = null;
  const handled = await handleLetter(database, request, "dead-letter.replay", async (letter, select) => {
    const { source, messageId } = letter;
    const [rows = []] = await select(`SELECT order_id, input FROM inbox WHERE ${whereMessage(letter)} AND status='quarantined'`);
    const input = readInput(rows[0]?.["input"]);
    if (!letter.replayable || input === null) return "Its message cannot be replayed; discard it and have it sent again.";
    const orderId = String(rows[0]?.["order_id"]);
    replayed = { input, message: { source, messageId }, orderId };
    return { change: { state: "REPLAYED", replays: letter.replays + 1 }, write: replayStatements(letter, input, orderId, request.at) };
  });
  if (handled.outcome !== "done") return handled;
  const work = replayed as { readonly input: Input; readonly message: InboxKey; readonly orderId: string } | null;
  if (work === null) return { ...handled, result: "duplicate" };
  if (work.input.type === "TasksAdmitted") unitOfWork.sweep(new Set([ADMISSION_RESOURCE]));
  if (work.input.type === "TasksAdmitted" || work.input.type === "TimerFired") return { ...handled, result: "scheduled" };
  const result = await unitOfWork.handle({ orderId: work.orderId, input: { ...work.input, at: now() }, inbox: work.message });
  return { ...handled, result: result.outcome === "rejected" ? `rejected: ${result.rejection.code}` : result.outcome };
}

/** What waits under this resource is looked at in the next commit. */
const ADMISSION_RESOURCE = "later";

/**
 * An input of our own is not handed in as it was: a clock is set anew, and tasks that could not be sent ask admission again,
 * which a replay must never get around.
 */
function replayStatements(letter: DeadLetter, input: Input, orderId: string, at: string): Statement[] {
  const over = { sql: `UPDATE inbox SET status='rejected',error='replayed' WHERE ${whereMessage(letter)} AND status='quarantined'` };
  if (input.type === "TimerFired") return [over, ...upsertInto(TIMERS, [{ timer_id: input.timerId, order_id: orderId, due_at: at }])];
  if (input.type === "TasksAdmitted") {
    return [over, { sql: `UPDATE ready_tasks SET reason='later',resource=${literal(ADMISSION_RESOURCE)} WHERE order_id=${literal(orderId)} AND reason='defect'` }];
  }
  return [{ sql: `UPDATE inbox SET status='pending',error=NULL WHERE ${whereMessage(letter)} AND status='quarantined'` }];
}

/** A message that fitted nothing is matched anew; the letter closes only when it fits. */
async function replayMessage({ database, unitOfWork, now }: ReplayDeps, request: LetterRequest, letter: DeadLetter): Promise<ReplayResult> {
  const [rows = []] = await database.select(`SELECT input FROM unmatched_results WHERE ${whereMessage(letter)}`);
  const text = rows[0]?.["input"];
  if (await operationDone(database.select, request.id)) return { outcome: "done", letter, result: "duplicate" };
  if (letter.state !== "OPEN") return { outcome: "refused", why: `It is ${letter.state} already.` };
  if (typeof text !== "string") return { outcome: "refused", why: "Its message is gone." };
  // What an order refused then it may take now; a message that was applied stays known.
  await database.write([{ sql: `DELETE FROM inbox WHERE ${whereMessage(letter)} AND status='rejected'` }]);
  let unmatched: string | null = null;
  const outcome = await applyCallback(
    {
      unitOfWork,
      findCommand: (key) => findCommand(database, key),
      recordUnmatched: ({ reason }) => {
        unmatched = reason;
        return Promise.resolve();
      },
    },
    { source: letter.source, messageId: letter.messageId, receivedAt: now(), body: JSON.parse(text) as Json, bodyHash: sha256Hex(text) },
  );
  const reason = unmatched as string | null;
  const handled = await handleLetter(database, request, "dead-letter.replay", ({ replays }) =>
    reason === null
      ? { change: { state: "REPLAYED", replays: replays + 1 }, write: [{ sql: `DELETE FROM unmatched_results WHERE ${whereMessage(letter)}` }] }
      : { change: { replays: replays + 1, errorClass: reason } },
  );
  return handled.outcome === "done" ? { ...handled, result: reason === null ? outcome : `unmatched: ${reason}` } : handled;
}

function whereMessage({ source, messageId }: DeadLetter): string {
  return `source=${literal(source)} AND message_id=${literal(messageId)}`;
}
