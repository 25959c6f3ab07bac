import type { Database } from "./database.ts";
import { SERVICE_KEY } from "../work/contract.ts";
import { listOf, literal, tuples, type Statement } from "./sql.ts";
import { upsertInto } from "./table.ts";
import { INTENT_KEYS } from "./tables.ts";

/** States in which an order lends a service key to the next one. */
const ENDED = listOf(["COMPLETED", "CANCELLED", "FAILED", "REJECTED"]);

/** A service key whose order has ended is free again; all other keys are taken for ever. */
const FREE = `intent_keys.intent_key LIKE '${SERVICE_KEY}%' AND EXISTS (SELECT 1 FROM orders WHERE orders.id=intent_keys.order_id AND orders.state IN ${ENDED})`;

/** The query for the orders that hold these intent keys. */
export function intentQuery(intentKeys: Iterable<string>): string {
  return `SELECT intent_key, order_id FROM intent_keys WHERE intent_key IN ${listOf(intentKeys)} AND NOT (${FREE})`;
}

/** Takes intent keys for orders; refused as a conflict when another process was faster. */
export function intentStatements(intents: ReadonlyMap<string, string>): Statement[] {
  const rows = Array.from(intents, ([intentKey, orderId]) => ({ intent_key: intentKey, order_id: orderId }));
  return upsertInto(INTENT_KEYS, rows, FREE).map((statement) => ({ ...statement, guard: { name: "taken_key", rows: rows.length } }));
}

/** The query for the live records of these idempotency keys. */
export function idempotencyQuery(keys: readonly { readonly scope: string; readonly key: string }[], at: string): string {
  return (
    `SELECT scope, key, request_hash, status FROM idempotency_keys ` +
    `WHERE expires_at>${literal(at)} AND (scope,key) IN (VALUES ${tuples(keys.map(({ scope, key }) => [scope, key]))})`
  );
}

/** Forgets records nobody will ask for any more. */
export async function purgeIdempotencyRecords(database: Database, at: string): Promise<void> {
  await database.write([{ sql: `DELETE FROM idempotency_keys WHERE expires_at<=${literal(at)}` }]);
}
