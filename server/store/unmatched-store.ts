import type { Json } from "../../engine/support/json.ts";
import type { Database } from "./database.ts";
import { deadLetterStatements } from "./dead-letter-store.ts";
import { insertMissing } from "./table.ts";
import { UNMATCHED_RESULTS } from "./tables.ts";

/** A message that fits nothing we know: kept for people to look at, never dropped. */
export interface UnmatchedMessage {
  readonly source: string;
  readonly messageId: string;
  readonly receivedAt: string;
  /** Why it fits nothing, as a stable code. */
  readonly reason: string;
  readonly body: Json;
}

/** Keeps a message, and a dead letter about it; the same source and message id twice are one message. */
export async function recordUnmatched(database: Database, message: UnmatchedMessage): Promise<void> {
  const { source, messageId, receivedAt, reason, body } = message;
  const row = { source, message_id: messageId, order_id: null, task_id: null, reason, input: JSON.stringify(body), received_at: receivedAt };
  const letter = { kind: "unmatched-result", source, messageId, orderId: null, inputType: null, errorClass: reason } as const;
  await database.write([...insertMissing(UNMATCHED_RESULTS, [row]), ...deadLetterStatements([letter], receivedAt)]);
}
