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

/** A new database on a running PostgreSQL server. */
export async function freshPostgres(serverUrl: string): Promise<FreshDatabase> {
  const name = `orderloom_${randomUUID().replaceAll("-", "")}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const administer = async (sql: string) => {
    const server = openDatabase(serverUrl);
    await server.knex.raw(sql);
    await server.close();
  };
  await administer(`CREATE DATABASE ${name}`);
  return { url: url.href, remove: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
