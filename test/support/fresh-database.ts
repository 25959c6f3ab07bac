import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../server/store/database.ts";

/** An empty database of one test or measurement; `url` may be opened several times, as several processes do. */
export interface FreshDatabase {
  readonly url: string;
  readonly remove: () => Promise<void>;
}

/** A new SQLite file in a folder of its own. */
export function freshSqlite(): FreshDatabase {
  const folder = mkdtempSync(join(tmpdir(), "orderloom-sqlite-"));
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
    return Promise.resolve();
  };
  return { url: join(folder, "orderloom.db"), remove };
}

/** A new database on a running PostgreSQL server: empty, or a copy of the database `template`. */
export async function freshPostgres(serverUrl: string, template = "template1"): Promise<FreshDatabase> {
  const name = `orderloom_${randomUUID().replaceAll("-", "")}`;
  await administer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return { url: addressOf(serverUrl, name), remove: () => administer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** A migrated database to copy from, because a copy takes a fraction of the time that the steps of the schema take. */
export async function migratedPostgres(serverUrl: string): Promise<{ readonly name: string; readonly remove: () => Promise<void> }> {
  const { url, remove } = await freshPostgres(serverUrl);
  const database = openDatabase(url);
  await database.migrate();
  await database.close();
  return { name: new URL(url).pathname.slice(1), remove };
}

async function administer(serverUrl: string, sql: string): Promise<void> {
  const server = openDatabase(serverUrl);
  await server.knex.raw(sql);
  await server.close();
}

function addressOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
