import type { Database } from "../store/database.ts";
import { databaseFailure } from "../store/database-error.ts";
import { literal } from "../store/sql.ts";
import { insertInto, upsertInto } from "../store/table.ts";
import { IDEMPOTENCY_KEYS } from "../store/tables.ts";
import type { IdempotencyStore, RequestIdentity } from "./idempotency-store.ts";

/** The records of requests in the database. A row without a status belongs to a request that is still running. */
export function createSqlIdempotencyStore(database: Database): IdempotencyStore {
  const { name } = IDEMPOTENCY_KEYS;
  return {
    async find(scope, key, now) {
      const [rows] = await database.select(
        `SELECT request_hash, status, response FROM ${name} WHERE scope=${literal(scope)} AND key=${literal(key)} AND expires_at>${literal(now)}`,
      );
      const row = rows?.[0];
      if (row === undefined) return null;
      const hash = String(row["request_hash"]);
      if (row["status"] === null || row["status"] === undefined) return { state: "running", hash };
      return { state: "answered", hash, answer: { status: Number(row["status"]), body: String(row["response"]) } };
    },

    async begin(request, now, untilAt) {
      const expired = { sql: `DELETE FROM ${name} WHERE ${whereKey(request)} AND expires_at<=${literal(now)}` };
      const row = { ...identity(request), status: null, response: null, order_id: null, expires_at: untilAt };
      try {
        await database.write([expired, ...insertInto(IDEMPOTENCY_KEYS, [row])]);
        return true;
      } catch (error) {
        if (databaseFailure(error) === "conflict") return false;
        throw error;
      }
    },

    async remember(request, answer, expiresAt) {
      const row = { ...identity(request), status: answer.status, response: answer.body, order_id: null, expires_at: expiresAt };
      await database.write(upsertInto(IDEMPOTENCY_KEYS, [row], `${name}.status IS NULL AND ${name}.request_hash=excluded.request_hash`));
    },

    async release(request) {
      await database.write([{ sql: `DELETE FROM ${name} WHERE ${whereKey(request)} AND status IS NULL AND request_hash=${literal(request.hash)}` }]);
    },
  };
}

function identity({ scope, key, hash }: RequestIdentity): { readonly scope: string; readonly key: string; readonly request_hash: string } {
  return { scope, key, request_hash: hash };
}

function whereKey({ scope, key }: RequestIdentity): string {
  return `scope=${literal(scope)} AND key=${literal(key)}`;
}
