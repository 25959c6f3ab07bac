import type { Knex } from "knex";
import type { SchemaWords } from "./dialect.ts";
import { initialSchema } from "./migrations/0001-initial-schema.ts";
import { flowControl } from "./migrations/0002-flow-control.ts";
import { promotion } from "./migrations/0003-promotion.ts";
import { eventVersion } from "./migrations/0004-event-version.ts";
import { fewerIndexes } from "./migrations/0005-fewer-indexes.ts";
import { impactReports } from "./migrations/0006-impact-reports.ts";
import { orderLines } from "./migrations/0007-order-lines.ts";

/** One step of the schema. Its SQL is frozen once released; a change is a new step. */
export interface Migration {
  /** `NNNN-what`, numbered without a gap. */
  readonly name: string;
  readonly statements: (words: SchemaWords) => readonly string[];
}

/** All steps in order. */
export const MIGRATIONS: readonly Migration[] = [initialSchema, flowControl, promotion, eventVersion, fewerIndexes, impactReports, orderLines];

/** Gives knex the steps from code, so that the list is checked by the compiler and packaged with it. */
export function migrationSource(words: SchemaWords): Knex.MigrationSource<Migration> {
  MIGRATIONS.forEach(({ name }, position) => {
    if (!name.startsWith(`${String(position + 1).padStart(4, "0")}-`)) throw new Error(`Migration ${name} is not number ${position + 1}`);
  });
  return {
    getMigrations: () => Promise.resolve([...MIGRATIONS]),
    getMigrationName: ({ name }) => name,
    getMigration: (migration) =>
      Promise.resolve({
        async up(knex: Knex): Promise<void> {
          for (const statement of migration.statements(words)) await knex.raw(statement);
        },
        down: () => Promise.reject(new Error("Migrations only go forward")),
      }),
  };
}
