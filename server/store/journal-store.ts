import type { JournalEntry } from "../../engine/order/events.ts";
import { EVENT_VERSION, upcastEvents } from "../../engine/order/upcast/upcast-events.ts";
import type { JsonObject } from "../../engine/support/json.ts";
import type { Database, Select } from "./database.ts";
import type { Row } from "./dialect.ts";
import { listOf, literal } from "./sql.ts";
import type { RowOf } from "./table.ts";
import type { JOURNAL } from "./tables.ts";

/** The events of one input as a row. */
export function journalRow(entry: JournalEntry): RowOf<typeof JOURNAL> {
  return {
    order_id: entry.orderId,
    first_version: entry.firstVersion,
    last_version: entry.firstVersion + entry.events.length - 1,
    at: entry.at,
    causation_id: entry.causationId,
    correlation_id: entry.correlationId,
    release_digest: entry.releaseDigest,
    event_version: EVENT_VERSION,
    events: JSON.stringify(entry.events),
  };
}

/** The order's journal from its first event on, or from the entry that follows `afterVersion`; at most `limit` entries. */
export async function readJournal(database: Database, orderId: string, afterVersion = 0, limit = 10_000): Promise<JournalEntry[]> {
  const [rows = []] = await database.select(
    `SELECT * FROM journal WHERE order_id=${literal(orderId)} AND first_version>${literal(afterVersion)} ORDER BY first_version LIMIT ${literal(limit)}`,
  );
  return rows.map(journalEntry);
}

/** The whole journals of several orders, by order id. */
export async function readJournals(select: Select, orderIds: readonly string[]): Promise<Map<string, JournalEntry[]>> {
  const [rows = []] = await select(`SELECT * FROM journal WHERE order_id IN ${listOf(orderIds)} ORDER BY order_id, first_version`);
  const journals = new Map<string, JournalEntry[]>();
  for (const entry of rows.map(journalEntry)) {
    const journal = journals.get(entry.orderId);
    if (journal) journal.push(entry);
    else journals.set(entry.orderId, [entry]);
  }
  return journals;
}

/** A row of the journal with its events as this program writes them, whichever version they were written in. */
export function journalEntry(row: Row): JournalEntry {
  return {
    orderId: String(row["order_id"]),
    firstVersion: Number(row["first_version"]),
    at: String(row["at"]),
    causationId: String(row["causation_id"]),
    correlationId: String(row["correlation_id"]),
    releaseDigest: String(row["release_digest"]),
    events: upcastEvents(JSON.parse(String(row["events"])) as readonly JsonObject[], Number(row["event_version"])),
  };
}
