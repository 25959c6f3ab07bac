import { describe, inject, onTestFinished } from "vitest";
import { openDatabase, type Database } from "../../server/store/database.ts";
import { freshPostgres, freshSqlite, type FreshDatabase } from "./fresh-database.ts";

/** An empty, migrated database of one test. */
export interface TestDatabase {
  readonly database: Database;
  /** Opens the same database once more, as another process does. */
  readonly again: () => Database;
}

/**
 * Runs a suite on SQLite and on PostgreSQL: the server `DATABASE_URL` names, else an embedded one; left out with the
 * reason when there is neither. `open` gives each test a database of its own, removed when the test ends; what a test opens on top
 * it ends with `onTestFinished`, which runs before that.
 */
export function forEachDatabase(suite: (name: "sqlite" | "postgresql", open: () => Promise<TestDatabase>) => void): void {
  const postgresUrl = inject("postgresUrl");
  describe("on SQLite", () => suite("sqlite", opener(() => Promise.resolve(freshSqlite()))));
  describe.skipIf(postgresUrl === null)("on PostgreSQL", () => suite("postgresql", opener(() => freshPostgres(postgresUrl ?? "", inject("postgresTemplate")))));
}

function opener(fresh: () => Promise<FreshDatabase>): () => Promise<TestDatabase> {
  return async () => {
    const { url, remove } = await fresh();
    onTestFinished(remove);
    const again = () => {
      const database = openDatabase(url);
      onTestFinished(database.close);
      return database;
    };
    const database = again();
    await database.migrate();
    return { database, again };
  };
}
