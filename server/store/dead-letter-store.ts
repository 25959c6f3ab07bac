import type { InputType } from "../../engine/order/inputs.ts";
import { sha256Hex } from "../../engine/support/hash.ts";
import type { InboxKey } from "./inbox-store.ts";
import { literal, tuples, type Statement } from "./sql.ts";
import { insertMissing } from "./table.ts";
import { DEAD_LETTERS } from "./tables.ts";

/** `quarantined-input`: an input we could not interpret or store. `unmatched-result`: a message that fits nothing we know. */
export type DeadLetterKind = "quarantined-input" | "unmatched-result";

export type DeadLetterState = "OPEN" | "REPLAYED" | "DISCARDED";

/** A message that lies still until somebody decides about it. */
export interface NewDeadLetter extends InboxKey {
  readonly kind: DeadLetterKind;
  readonly orderId: string | null;
  readonly inputType: InputType | null;
  /** The kind of error, never its text: `TypeError`, `command-unknown`. */
  readonly errorClass: string;
}

/** Who answers for letters nobody has taken: a queue without an owner is forgotten (J6). */
export const DEAD_LETTER_OWNER = "support-lead";

/** An order that was never accepted cannot be accepted from here: its caller has been told so. */
const NOT_REPLAYABLE: ReadonlySet<InputType | null> = new Set<InputType | null>(["SubmitOrder"]);

const ID_CHARACTERS = 32;

/** Names the letter of a message for ever, so that the same message is one letter however often it fails. */
export function deadLetterId(kind: DeadLetterKind, { source, messageId }: InboxKey): string {
  return sha256Hex(JSON.stringify([kind, source, messageId])).slice(0, ID_CHARACTERS);
}

/** Writes letters down. One that was replayed and has failed again is open again, with its owner. */
export function deadLetterStatements(letters: readonly NewDeadLetter[], at: string): Statement[] {
  if (letters.length === 0) return [];
  const rows = letters.map(({ kind, source, messageId, orderId, inputType, errorClass }) => ({
    id: deadLetterId(kind, { source, messageId }), kind, source, message_id: messageId, order_id: orderId, input_type: inputType, error_class: errorClass,
    owner: DEAD_LETTER_OWNER, state: "OPEN", opened_at: at, replays: 0, replayable: NOT_REPLAYABLE.has(inputType) ? 0 : 1,
  }));
  const again = tuples(rows.map(({ id, error_class: errorClass }) => [id, errorClass]));
  return [
    {
      sql:
        `UPDATE dead_letters SET state='OPEN',opened_at=${literal(at)},error_class=r.column2 FROM (VALUES ${again}) AS r ` +
        `WHERE dead_letters.id=r.column1 AND dead_letters.state='REPLAYED'`,
    },
    ...insertMissing(DEAD_LETTERS, rows),
  ];
}

/** Sets a stored message aside that can never be applied, so that those behind it are not kept waiting. */
export function setAsideStatements(message: InboxKey & { readonly orderId: string; readonly inputType: InputType | null }, errorClass: string, at: string): Statement[] {
  const { source, messageId } = message;
  return [
    { sql: `UPDATE inbox SET status='quarantined',error=${literal(errorClass)} WHERE source=${literal(source)} AND message_id=${literal(messageId)} AND status='pending'` },
    ...deadLetterStatements([{ kind: "quarantined-input", ...message, errorClass }], at),
  ];
}

/** The kind of an error; its text and stack may hold what must not be shown. */
export function errorClassOf(error: unknown): string {
  if (!(error instanceof Error)) return "Error";
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" ? `${error.name}/${code}` : error.name;
}
