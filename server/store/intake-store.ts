import type { Database } from "./database.ts";
import { listOf, literal, tuples } from "./sql.ts";

/** The query for the orders that have these intent keys. */
export function intentQuery(intentKeys: Iterable<string>): string {
  return `SELECT intent_key, order_id FROM intent_keys WHERE intent_key IN ${listOf(intentKeys)}`;
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
