import type { CompiledCell } from "../feel/unary-test.ts";
import type { Json } from "../support/json.ts";

/** The value of every input column of one evaluation. */
export type InputValues = readonly (Json | undefined)[];

/** Rows that may match, ascending. Rows left out certainly do not. */
export type FindCandidates = (values: InputValues) => readonly number[];

/** A bucket this small is not worth another index. */
const BUCKET_SMALL = 6;
/** How many columns may be indexed one inside the other. */
const COLUMNS_MAX = 3;

/**
 * Builds an index over the cells of a table (`cells[row][column]`). At each level it takes the column whose lists of
 * literals split the rows best; rows that have something else there are candidates of every lookup.
 */
export function buildRowIndex(cells: readonly (readonly CompiledCell[])[]): FindCandidates {
  const columns = cells[0]?.map((_, column) => column) ?? [];
  return buildNode(cells.map((_, row) => row), columns, cells, COLUMNS_MAX);
}

function buildNode(
  rows: readonly number[], columns: readonly number[], cells: readonly (readonly CompiledCell[])[], levels: number,
): FindCandidates {
  const column = rows.length > BUCKET_SMALL && levels > 0 ? bestColumn(rows, columns, cells) : null;
  if (column === null) return () => rows;
  const others = columns.filter((other) => other !== column);
  const { buckets, rest } = split(rows, column, cells);
  const nodes = new Map<Json, FindCandidates>();
  for (const [key, bucket] of buckets) nodes.set(key, buildNode(bucket, others, cells, levels - 1));
  const restNode = rest.length > 0 ? buildNode(rest, others, cells, levels - 1) : null;
  return (values) => {
    const value = values[column] ?? null;
    let found: readonly number[] = restNode ? restNode(values) : [];
    if (!Array.isArray(value)) {
      const node = nodes.get(value);
      return node ? merge(node(values), found) : found;
    }
    for (const element of value as readonly Json[]) {
      const node = nodes.get(element);
      if (node) found = merge(found, node(values));
    }
    return found;
  };
}

function split(
  rows: readonly number[], column: number, cells: readonly (readonly CompiledCell[])[],
): { readonly buckets: ReadonlyMap<Json, number[]>; readonly rest: readonly number[] } {
  const buckets = new Map<Json, number[]>();
  const rest: number[] = [];
  for (const row of rows) {
    const keys = cells[row]?.[column]?.keys;
    if (!keys) {
      rest.push(row);
      continue;
    }
    for (const key of new Set(keys)) {
      const bucket = buckets.get(key);
      if (bucket) bucket.push(row);
      else buckets.set(key, [row]);
    }
  }
  return { buckets, rest };
}

/** The column that leaves the fewest candidates on average, or null when none spares a third of the work. */
function bestColumn(
  rows: readonly number[], columns: readonly number[], cells: readonly (readonly CompiledCell[])[],
): number | null {
  let best: number | null = null;
  let fewest = (rows.length * 2) / 3;
  for (const column of columns) {
    const { buckets, rest } = split(rows, column, cells);
    let entries = 0;
    let squares = 0;
    for (const bucket of buckets.values()) {
      entries += bucket.length;
      squares += bucket.length * bucket.length;
    }
    const candidates = rest.length + (entries === 0 ? 0 : squares / entries);
    if (candidates < fewest) {
      fewest = candidates;
      best = column;
    }
  }
  return best;
}

/** Both ascending lists as one, without repeats. */
function merge(left: readonly number[], right: readonly number[]): readonly number[] {
  if (left.length === 0) return right;
  if (right.length === 0) return left;
  const merged: number[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [a, b] = [left[i] ?? Infinity, right[j] ?? Infinity];
    if (a <= b) i += 1;
    if (b <= a) j += 1;
    merged.push(Math.min(a, b));
  }
  return merged;
}
