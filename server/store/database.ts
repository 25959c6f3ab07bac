import knexModule, { type Knex } from "knex";
import { dialectOf, type Dialect, type Row } from "./dialect.ts";
import { migrationSource } from "./migration-source.ts";
import type { Statement } from "./sql.ts";
import { createTurnstile } from "./turnstile.ts";

/** The one database of a deployment. */
export interface Database {
  readonly dialect: Dialect;
  /** For queries of the edges. Writes of the edges go through `write`, so that SQLite sees one writer at a time. */
  readonly knex: Knex;
  /** Runs queries outside a transaction and returns the rows of each. */
  readonly select: Select;
  /** Runs queries that all see one state of the database. */
  readonly snapshot: <T>(read: (select: Select) => Promise<T>) => Promise<T>;
  /** Runs statements in one transaction and one round trip. */
  readonly write: (statements: readonly Statement[]) => Promise<void>;
  /** Reads, decides, writes: see `Session`. What `work` returns as `write` is written together with the commit. */
  readonly transaction: <T>(work: (session: Session) => Promise<{ readonly write: readonly Statement[]; readonly result: T }>) => Promise<T>;
  /** Brings the schema to the newest step. */
  readonly migrate: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export type Select = (...queries: readonly string[]) => Promise<Row[][]>;

/** An open transaction. It begins with the first query, so that begin and query share a round trip where they can. */
export interface Session {
  readonly select: Select;
}

interface Connections {
  acquireConnection(): Promise<unknown>;
  releaseConnection(connection: unknown): Promise<void>;
}

/** Opens the database at an address: `postgres://…`, or the path of a SQLite file. */
export function openDatabase(url: string): Database {
  const dialect = dialectOf(url);
  const knex = knexModule.knex(dialect.configure(url));
  const connections = knex.client as Connections;
  const turnstile = createTurnstile();

  async function withConnection<T>(use: (connection: unknown) => Promise<T>): Promise<T> {
    const connection = await connections.acquireConnection();
    try {
      return await use(connection);
    } finally {
      await connections.releaseConnection(connection);
    }
  }

  async function rollBack(connection: unknown): Promise<void> {
    try {
      await dialect.execute(connection, "ROLLBACK");
    } catch {
      // The connection is gone, or nothing had begun: there is nothing left to undo.
    }
  }

  async function transact<T>(work: Parameters<Database["transaction"]>[0]): Promise<T> {
    return withConnection(async (connection) => {
      let begun = false;
      const session: Session = {
        async select(...queries) {
          const first = begun ? null : dialect.begin;
          begun = true;
          return dialect.select(connection, first, queries);
        },
      };
      try {
        const { write, result } = await work(session);
        const script = write.map(dialect.guarded);
        if (begun || script.length > 0) await dialect.execute(connection, [...(begun ? [] : [dialect.begin]), ...script, "COMMIT"].join(";\n"));
        return result as T;
      } catch (error) {
        await rollBack(connection);
        throw error;
      }
    });
  }

  const database: Database = {
    dialect,
    knex,
    select: (...queries) => withConnection((connection) => dialect.select(connection, null, queries)),
    snapshot: (read) =>
      withConnection(async (connection) => {
        try {
          await dialect.execute(connection, dialect.beginSnapshot);
          return await read((...queries) => dialect.select(connection, null, queries));
        } finally {
          await rollBack(connection);
        }
      }),
    write: async (statements) => {
      if (statements.length > 0) await database.transaction(() => Promise.resolve({ write: statements, result: undefined }));
    },
    transaction: (work) => (dialect.singleWriter ? turnstile(() => transact(work)) : transact(work)),
    migrate: async () => {
      await knex.migrate.latest({ migrationSource: migrationSource(dialect.words) });
    },
    close: () => knex.destroy(),
  };
  return database;
}
