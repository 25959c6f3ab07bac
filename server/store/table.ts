import { literal, tuples, type SqlValue, type Statement } from "./sql.ts";

/** What set-based writing must know of a table. */
export interface Table<C extends string> {
  readonly name: string;
  readonly columns: readonly C[];
  readonly key: readonly C[];
  /** Columns of which an upsert with NULL leaves what is there. */
  readonly kept: readonly C[];
}

export type RowOf<T> = T extends Table<infer C> ? { readonly [column in C]: SqlValue } : never;

/** Describes a table; `key` columns identify a row. */
export function table<const C extends string>(name: string, key: readonly NoInfer<C>[], columns: readonly C[], kept: readonly NoInfer<C>[] = []): Table<C> {
  return { name, columns, key, kept };
}

/** One INSERT for all rows; none when there are none. */
export function insertInto<C extends string>(into: Table<C>, rows: readonly { readonly [column in C]: SqlValue }[]): Statement[] {
  return rows.length === 0 ? [] : [{ sql: insertSql(into, rows) }];
}

/** One INSERT for all rows that overwrites those with the same key, or with `onlyWhen` those of them that fulfill it. */
export function upsertInto<C extends string>(into: Table<C>, rows: readonly { readonly [column in C]: SqlValue }[], onlyWhen = ""): Statement[] {
  if (rows.length === 0) return [];
  const updates = into.columns.filter((column) => !into.key.includes(column)).map((column) => `${column}=${into.kept.includes(column) ? `COALESCE(excluded.${column},${into.name}.${column})` : `excluded.${column}`}`);
  const where = onlyWhen === "" ? "" : ` WHERE ${onlyWhen}`;
  return [{ sql: `${insertSql(into, rows)} ON CONFLICT (${into.key.join(",")}) DO UPDATE SET ${updates.join(",")}${where}` }];
}

/** One INSERT for all rows that leaves those alone whose key is there already. */
export function insertMissing<C extends string>(into: Table<C>, rows: readonly { readonly [column in C]: SqlValue }[]): Statement[] {
  return rows.length === 0 ? [] : [{ sql: `${insertSql(into, rows)} ON CONFLICT (${into.key.join(",")}) DO NOTHING` }];
}

/** One DELETE for all rows with these values in the named columns. */
export function deleteFrom<C extends string>(from: Table<C>, columns: readonly NoInfer<C>[], keys: readonly (readonly SqlValue[])[]): Statement[] {
  if (keys.length === 0) return [];
  const [only] = columns;
  const where =
    columns.length === 1 && only !== undefined
      ? `${only} IN (${keys.map(([key]) => literal(key ?? null)).join(",")})`
      : `(${columns.join(",")}) IN (VALUES ${tuples(keys)})`;
  return [{ sql: `DELETE FROM ${from.name} WHERE ${where}` }];
}

function insertSql<C extends string>(into: Table<C>, rows: readonly { readonly [column in C]: SqlValue }[]): string {
  const { columns } = into;
  const values = rows.map((row) => {
    let text = "(";
    for (let position = 0; position < columns.length; position++) {
      text += (position === 0 ? "" : ",") + literal(row[columns[position] as C]);
    }
    return `${text})`;
  });
  return `INSERT INTO ${into.name} (${columns.join(",")}) VALUES ${values.join(",")}`;
}
