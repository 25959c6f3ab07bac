import type { TestProject } from "vitest/node";
import { migratedPostgres } from "./fresh-database.ts";
import { startPostgres } from "./start-postgres.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the PostgreSQL server of this run; null when there is none. */
    readonly postgresUrl: string | null;
    /** Name of a migrated, empty database there, which the databases of the tests are copies of. */
    readonly postgresTemplate: string;
  }
}

/** Starts PostgreSQL once per run of vitest, unless only tests of the engine were asked for. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const asked = process.argv.slice(2).filter((argument) => argument.startsWith("test/"));
  if (asked.length > 0 && asked.every((file) => file.startsWith("test/engine"))) {
    project.provide("postgresUrl", null);
    project.provide("postgresTemplate", "");
    return () => Promise.resolve();
  }
  const postgres = await startPostgres({ durable: false });
  const template = postgres.url === null ? null : await migratedPostgres(postgres.url);
  project.provide("postgresUrl", postgres.url);
  project.provide("postgresTemplate", template?.name ?? "");
  if (postgres.url !== null) {
    return async () => {
      await template?.remove();
      await postgres.stop();
    };
  }
  process.stderr.write(`Tests on PostgreSQL are left out. ${postgres.reason}\n`);
  return () => Promise.resolve();
}
