import type { Knex } from "knex";
import { GUARD_NAMES, type GuardName, type SqlValue, type Statement } from "./sql.ts";

/** One row as the driver returns it. */
export type Row = { readonly [column: string]: SqlValue };

/** What a schema step may not write itself. */
export interface SchemaWords {
  /** A text compared by code unit, so that ids and instants sort alike on every machine. */
  readonly text: string;
  /** Rows live in the primary key itself. */
  readonly clustered: string;
  /** Rows are written many times and their new versions find room beside the old ones. */
  readonly rewritten: string;
  /** Statements after which the database itself refuses to change or delete a row of the table. */
  readonly frozen: (table: string) => readonly string[];
}

/** Everything the two databases do differently. The rest of the server speaks the SQL they share. */
export interface Dialect {
  readonly name: "sqlite" | "postgresql";
  readonly words: SchemaWords;
  /** True when one process owns the database: then there is one writer at a time, and what a process remembers is true. */
  readonly singleWriter: boolean;
  /** Locks selected rows until the commit and leaves out those someone else holds. */
  readonly lockFree: string;
  /** Locks selected rows until the commit and waits for those someone else holds. */
  readonly lock: string;
  /** A member of a JSON column as text; null where there is none. The path is ours, never a caller's. */
  readonly member: (column: string, ...path: readonly string[]) => string;
  readonly configure: (url: string) => Knex.Config;
  readonly begin: string;
  /** Begins a read-only transaction that sees one state of the database. */
  readonly beginSnapshot: string;
  /** The statement; fails when it touches another number of rows than its guard says. */
  readonly guarded: (statement: Statement) => string;
  /** Runs a script whose rows nobody wants, in one round trip. */
  readonly execute: (connection: unknown, script: string) => Promise<void>;
  /** Runs queries and returns the rows of each; `first` are statements without rows before them. */
  readonly select: (connection: unknown, first: string | null, queries: readonly string[]) => Promise<Row[][]>;
}

const POOL = { sqlite: { min: 1, max: 4 }, postgresql: { min: 0, max: 10 } } as const;
const BUSY_TIMEOUT_MS = 5_000;
/** How long a commit waits for a connection before it says that the database is away. */
const ACQUIRE_TIMEOUT_MS = 10_000;

/**
 * Pages of the log (4 KB each) after which SQLite copies them into the database file, within a commit. An order rewrites its rows
 * many times in its life: the later they are copied, the fewer copies. SQLite's own 1,000 copy after every eighth commit of a busy
 * process. The price is a log of 64 MB beside the file.
 */
const WAL_PAGES = 16_000;

/** Full durability: the log is flushed at every commit. */
const SQLITE_PRAGMAS =
  `PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=${WAL_PAGES}; PRAGMA busy_timeout=${BUSY_TIMEOUT_MS}; PRAGMA foreign_keys=ON;`;

interface SqliteConnection {
  exec(sql: string, done: (error: Error | null) => void): void;
  all(sql: string, done: (error: Error | null, rows: Row[]) => void): void;
}

export const SQLITE: Dialect = {
  name: "sqlite",
  words: {
    text: "TEXT",
    clustered: " WITHOUT ROWID",
    rewritten: "",
    frozen: (table) =>
      ["UPDATE", "DELETE"].map((change) => `CREATE TRIGGER ${table}_no_${change.toLowerCase()} BEFORE ${change} ON ${table} BEGIN SELECT RAISE(ABORT, 'rows of ${table} never change'); END`),
  },
  singleWriter: true,
  lockFree: "",
  lock: "",
  member: (column, ...path) => `json_extract(${column},'$.${path.join(".")}')`,
  begin: "BEGIN IMMEDIATE",
  beginSnapshot: "BEGIN",
  configure: (url) => ({
    client: "sqlite3",
    connection: { filename: url.replace(/^(?:sqlite|file):(?:\/\/)?/, "") },
    useNullAsDefault: true,
    acquireConnectionTimeout: ACQUIRE_TIMEOUT_MS,
    pool: {
      ...POOL.sqlite,
      afterCreate(connection: SqliteConnection, done: (error: Error | null, connection: SqliteConnection) => void) {
        connection.exec(SQLITE_PRAGMAS, (error) => done(error, connection));
      },
    },
  }),
  guarded: ({ sql, guard }) => (guard ? `${sql};INSERT INTO write_guard ${refuse(guard.name)} WHERE changes()<>${guard.rows}` : sql),
  execute: (connection, script) =>
    new Promise((resolve, reject) => {
      (connection as SqliteConnection).exec(script, (error) => (error ? reject(error) : resolve()));
    }),
  async select(connection, first, queries) {
    if (first !== null) await SQLITE.execute(connection, first);
    const results: Row[][] = [];
    for (const query of queries) {
      results.push(
        await new Promise((resolve, reject) => {
          (connection as SqliteConnection).all(query, (error, rows) => (error ? reject(error) : resolve(rows)));
        }),
      );
    }
    return results;
  },
};

interface PostgresConnection {
  query(sql: string): Promise<{ readonly rows: Row[] } | readonly { readonly rows: Row[] }[]>;
}

export const POSTGRESQL: Dialect = {
  name: "postgresql",
  words: {
    text: 'TEXT COLLATE "C"',
    clustered: "",
    rewritten: " WITH (fillfactor = 60)",
    frozen: (table) => [
      "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME; END $$",
      `CREATE TRIGGER ${table}_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
    ],
  },
  singleWriter: false,
  lockFree: " FOR UPDATE SKIP LOCKED",
  lock: " FOR UPDATE",
  member: (column, ...path) => `(${column}::json#>>'{${path.join(",")}}')`,
  begin: "BEGIN",
  beginSnapshot: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
  configure: (url) => ({
    client: "pg",
    connection: { connectionString: url, options: "-c standard_conforming_strings=on" },
    acquireConnectionTimeout: ACQUIRE_TIMEOUT_MS,
    pool: { ...POOL.postgresql },
  }),
  guarded: ({ sql, guard }) =>
    guard
      ? `WITH touched AS (${sql} RETURNING 1) INSERT INTO write_guard ${refuse(guard.name)} WHERE (SELECT count(*) FROM touched)<>${guard.rows}`
      : sql,
  async execute(connection, script) {
    await (connection as PostgresConnection).query(script);
  },
  async select(connection, first, queries) {
    const script = [...(first === null ? [] : [first]), ...queries].join(";");
    const answer = await (connection as PostgresConnection).query(script);
    const results = Array.isArray(answer) ? (answer as readonly { readonly rows: Row[] }[]) : [answer as { readonly rows: Row[] }];
    return results.slice(first === null ? 0 : results.length - queries.length).map(({ rows }) => rows);
  },
};

/** The dialect an address asks for. */
export function dialectOf(url: string): Dialect {
  return /^postgres(?:ql)?:/.test(url) ? POSTGRESQL : SQLITE;
}

/** A row that `write_guard` does not take: the value that is missing names the reason. */
function refuse(name: GuardName): string {
  return `SELECT ${GUARD_NAMES.map((column) => (column === name ? "CAST(NULL AS INTEGER)" : "0")).join(",")}`;
}
