import type { Input } from "../../engine/order/inputs.ts";
import type { Database, Select } from "./database.ts";
import { listOf, literal, tuples, type SqlValue } from "./sql.ts";
import type { RowOf } from "./table.ts";
import type { INBOX } from "./tables.ts";

/** Where a message of the inbox stands. */
export type InboxStatus = "pending" | "applied" | "rejected" | "quarantined";

export interface InboxKey {
  readonly source: string;
  readonly messageId: string;
}

/** A message that is stored but not interpreted yet. */
export interface PendingMessage extends InboxKey {
  readonly orderId: string;
  readonly input: Input;
}

/** The one text that stands for a message in maps. */
export function inboxKey({ source, messageId }: InboxKey): string {
  return JSON.stringify([source, messageId]);
}

/** A row of the inbox. The input is kept while someone may still need it: it waits, or it was refused. */
export function inboxRow(message: InboxKey, orderId: string, input: Input, status: InboxStatus, error: string | null, at: string): RowOf<typeof INBOX> {
  return {
    source: message.source,
    message_id: message.messageId,
    order_id: orderId,
    input_id: input.id,
    status,
    input: status === "applied" ? null : JSON.stringify(input),
    error,
    received_at: at,
  };
}

/** The query for the status of these messages. */
export function inboxStatusQuery(keys: readonly InboxKey[]): string {
  return `SELECT source, message_id, status FROM inbox WHERE (source,message_id) IN (VALUES ${tuples(keys.map((key) => [key.source, key.messageId]))})`;
}

/** Pending messages, and those whose input cannot even be read. */
export interface StoredMessages {
  readonly pending: readonly PendingMessage[];
  readonly unreadable: readonly Omit<PendingMessage, "input">[];
}

/** The oldest pending messages, those left out that cannot be read. */
export async function readPending(select: Select, limit: number): Promise<readonly PendingMessage[]> {
  return (await readStoredMessages(select, limit)).pending;
}

/** The oldest pending messages, and among them those nobody can read. */
export async function readStoredMessages(select: Select, limit: number): Promise<StoredMessages> {
  const [rows = []] = await select(
    `SELECT source, message_id, order_id, input FROM inbox WHERE status='pending' ORDER BY received_at, source, message_id LIMIT ${literal(limit)}`,
  );
  const pending: PendingMessage[] = [];
  const unreadable: Omit<PendingMessage, "input">[] = [];
  for (const row of rows) {
    const message = { source: String(row["source"]), messageId: String(row["message_id"]), orderId: String(row["order_id"]) };
    const input = readInput(row["input"]);
    if (input) pending.push({ ...message, input });
    else unreadable.push(message);
  }
  return { pending, unreadable };
}

/** A stored input; null when the text is none. */
export function readInput(text: SqlValue | undefined): Input | null {
  if (typeof text !== "string") return null;
  try {
    const input = JSON.parse(text) as Partial<Input> | null;
    return typeof input?.type === "string" && typeof input.id === "string" ? (input as Input) : null;
  } catch {
    return null;
  }
}

/** Id of the input a message became when it was first received; null when it is new. */
export async function knownInputId(database: Database, source: string, messageId: string): Promise<string | null> {
  const [rows = []] = await database.select(`SELECT input_id FROM inbox WHERE source=${literal(source)} AND message_id IN ${listOf([messageId])}`);
  return rows[0] ? String(rows[0]["input_id"]) : null;
}
