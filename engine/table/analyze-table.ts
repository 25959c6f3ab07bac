import { isFeel } from "../feel/compile-value.ts";
import type { CompiledCell } from "../feel/unary-test.ts";
import { LIMITS } from "../language/limits.ts";
import type { DecisionTable, HitPolicy, InputColumn, TableRow } from "../language/table-kinds.ts";
import { jsonEqual } from "../rules/operators.ts";
import type { Json } from "../support/json.ts";
import { Axis, type CellSet, type ColumnValues } from "./axis.ts";
import { groupColumns } from "./group-columns.ts";
import { sweep, type PlacedRows, type SampleInput, type SweepTask } from "./sweep.ts";
import { compileCells } from "./table-cells.ts";
import { createPriority } from "./table-outputs.ts";

/** An input by column. */
export type TableInput = { readonly [column: string]: Json };

/** A row as findings name it. */
export interface NamedRow {
  readonly id: string;
  readonly position: number;
}

/**
 * What can be said of a table without an order. Everything listed is certain, and each finding has an input that shows it;
 * cells that cannot be reasoned about are in `leftOut`, and nothing is guessed about them.
 */
export interface TableAnalysis {
  /** Inputs that no row matches. Empty where `otherwise` answers, or where no answer is an answer. */
  readonly gaps: readonly TableInput[];
  /** Rows that match the same input: a mistake under UNIQUE, and under ANY when they answer differently; else information. */
  readonly overlaps: readonly { readonly rows: readonly [NamedRow, NamedRow]; readonly input: TableInput }[];
  readonly overlapsAreWrong: boolean;
  /** Rows that match, but always behind another one; `by` names some of those, for the first hundred. */
  readonly shadowed: readonly (NamedRow & { readonly by: readonly NamedRow[] })[];
  /** Rows that match nothing, and a column whose cell no value fits. */
  readonly dead: readonly (NamedRow & { readonly column: string })[];
  /** Values that an output lists and no row answers. */
  readonly unusedOutputs: readonly { readonly output: string; readonly value: Json }[];
  /** True when rows match every input, an absent one too, so that `otherwise` never answers. */
  readonly otherwiseUnused: boolean;
  readonly leftOut: readonly { readonly column: string; readonly rows: number; readonly reason: string }[];
  /** False when the table is too intricate to look at every region; then something may have been missed. */
  readonly complete: boolean;
}

export interface AnalysisOptions {
  /** The input cells, when they are compiled already. */
  readonly cells?: readonly (readonly CompiledCell[])[];
  /** What is known of columns beyond their `values`, by key. */
  readonly known?: { readonly [column: string]: ColumnValues };
  /** False leaves out overlaps that are no mistake, which take time to find. */
  readonly information?: boolean;
}

const ORDERED_BY_ROW: ReadonlySet<HitPolicy> = new Set(["FIRST"]);
const SINGLE: ReadonlySet<HitPolicy> = new Set(["UNIQUE", "FIRST", "PRIORITY", "ANY"]);
/** Rows that are named as those that shadow one, and how many shadowed rows get that far. */
const SHADOWS_NAMED = 3;
const SHADOWED_EXPLAINED = 100;

/** Finds gaps, overlaps, rows that never answer and answers that never come. See `TableAnalysis`. */
export function analyzeTable(table: DecisionTable, { cells, known = {}, information = true }: AnalysisOptions = {}): TableAnalysis {
  const inputs = table.columns.filter((column): column is InputColumn => "key" in column);
  const compiled = cells ?? compileCells(table.rows, inputs, () => undefined);
  const groups = groupColumns(inputs);
  const axes = groups.map(({ members, correlated }) => {
    const columns = members.map((member) => inputs[member] as InputColumn);
    const distinct = new Set(compiled.flatMap((row) => members.map((member) => row[member] as CompiledCell)));
    return new Axis(columns, distinct, valuesOf(columns, known), correlated);
  });
  const placed = place(compiled, groups.map(({ members }) => members), axes);
  const inputOf = (sample: SampleInput): TableInput =>
    Object.fromEntries(axes.flatMap((axis, index) => axis.columns.map(({ key }) => [key, sample[index] ?? null])));
  const named = (row: number): NamedRow => ({ id: (table.rows[row] as TableRow).id, position: row });

  const dead = placed.flatMap((row, position) => {
    const axis = row.findIndex((cell) => typeof cell !== "string" && cell.length === 0);
    return axis < 0 ? [] : [{ ...named(position), column: axes[axis]?.columns[0]?.key ?? "" }];
  });
  const isDead = new Set(dead.map(({ position }) => position));
  const order = rowsInOrder(table).filter((row) => !isDead.has(row));
  const rows: PlacedRows = { axes, cells: order.map((row) => placed[row] as readonly CellSet[]) };

  const single = SINGLE.has(table.hitPolicy);
  const hasWinner = ORDERED_BY_ROW.has(table.hitPolicy) || table.hitPolicy === "PRIORITY";
  const wrong = table.hitPolicy === "UNIQUE" || table.hitPolicy === "ANY";
  const mayOverlap = table.hitPolicy === "ANY" ? differ(table, order) : () => true;
  const task: SweepTask = {
    gapsMax: single ? (table.otherwise ? 1 : LIMITS.tableFindings) : 0,
    everyGap: table.otherwise !== undefined,
    overlapsMax: wrong ? LIMITS.tableFindings : 0,
    mayOverlap,
    winners: hasWinner,
    stepsMax: LIMITS.tableAnalysisSteps,
  };
  const found = sweep(rows, task);
  const told = hasWinner && information
    ? sweep(rows, { ...task, gapsMax: 0, winners: false, overlapsMax: LIMITS.tableFindings, stepsMax: LIMITS.tableAnalysisSteps / 10 })
    : found;
  const shadowed = hasWinner && found.complete ? order.filter((_, place) => found.wins[place] !== true) : [];
  return {
    gaps: table.otherwise ? [] : found.gaps.map(inputOf),
    overlaps: told.overlaps.map(({ left, right, input }) => ({ rows: [named(order[left] ?? 0), named(order[right] ?? 0)], input: inputOf(input) })),
    overlapsAreWrong: wrong,
    shadowed: shadowed.map((row, count) => ({ ...named(row), by: count < SHADOWED_EXPLAINED ? shadowsOf(row, order, placed).map(named) : [] })),
    dead,
    unusedOutputs: unusedOutputs(table, isDead),
    otherwiseUnused: single && table.otherwise !== undefined && found.complete && found.gaps.length === 0,
    leftOut: leftOutOf(axes, placed),
    complete: found.complete,
  };
}

function valuesOf(columns: readonly InputColumn[], known: { readonly [column: string]: ColumnValues }): ColumnValues {
  const lists = columns.flatMap(({ key, values }) => [values, known[key]?.values].filter((list) => list !== undefined && list !== null));
  const bounds = columns.map(({ key }) => known[key]).find((each) => each !== undefined) ?? {};
  const [first, ...others] = lists;
  return { ...bounds, values: first ? first.filter((value) => others.every((list) => list.some((each) => jsonEqual(each, value)))) : null };
}

/** `[row][axis]`; equal cells are placed once. */
function place(compiled: readonly (readonly CompiledCell[])[], groups: readonly (readonly number[])[], axes: readonly Axis[]): readonly (readonly CellSet[])[] {
  const known = axes.map(() => new Map<CompiledCell, CellSet>());
  return compiled.map((row) => axes.map((axis, index) => {
    const cells = (groups[index] ?? []).map((member) => row[member] as CompiledCell);
    const [only] = cells;
    if (cells.length !== 1 || !only) return axis.place(cells);
    const before = known[index]?.get(only);
    if (before !== undefined) return before;
    const found = axis.place(cells);
    known[index]?.set(only, found);
    return found;
  }));
}

/** Rows in the order in which they win: as written, or by the priority of their outputs. */
function rowsInOrder(table: DecisionTable): readonly number[] {
  const order = table.rows.map((_, row) => row);
  if (table.hitPolicy !== "PRIORITY") return order;
  const columns = table.columns.filter((column) => "out" in column);
  const byPriority = createPriority(columns);
  // What FEEL will answer is not known, so no order can be told.
  if (table.rows.some((row) => columns.some(({ out, values }) => values !== undefined && isFeel(row[out])))) return order;
  return order.sort((left, right) => byPriority(table.rows[left] as TableRow, table.rows[right] as TableRow) || left - right);
}

/** Whether two rows certainly answer differently. */
function differ(table: DecisionTable, order: readonly number[]): SweepTask["mayOverlap"] {
  const outs = table.columns.flatMap((column) => ("out" in column ? [column.out] : []));
  return (left, right) => {
    const [one, other] = [table.rows[order[left] ?? 0] as TableRow, table.rows[order[right] ?? 0] as TableRow];
    return outs.some((out) => !isFeel(one[out]) && !isFeel(other[out]) && !jsonEqual(one[out] ?? null, other[out] ?? null));
  };
}

function shadowsOf(row: number, order: readonly number[], placed: readonly (readonly CellSet[])[]): readonly number[] {
  const own = placed[row] ?? [];
  const found: number[] = [];
  for (const other of order) {
    if (other === row || found.length >= SHADOWS_NAMED) break;
    if (own.every((cell, axis) => meet(cell, placed[other]?.[axis] ?? "any"))) found.push(other);
  }
  return found;
}

function meet(left: CellSet, right: CellSet): boolean {
  if (typeof left === "string" || typeof right === "string") return true;
  return left.some(([from, to]) => right.some(([low, high]) => Math.max(from, low) <= Math.min(to, high)));
}

function unusedOutputs(table: DecisionTable, isDead: ReadonlySet<number>): TableAnalysis["unusedOutputs"] {
  const answers: readonly { readonly [output: string]: Json }[] = [...table.rows.filter((_, row) => !isDead.has(row)), ...(table.otherwise ? [table.otherwise] : [])];
  return table.columns.flatMap((column) => {
    if (!("out" in column) || !column.values || answers.some((row) => isFeel(row[column.out]))) return [];
    const given = answers.flatMap((row): readonly Json[] => {
      const cell = row[column.out] ?? null;
      return column.type === "list" && Array.isArray(cell) ? (cell as readonly Json[]) : [cell];
    });
    return column.values.filter((value) => !given.some((cell) => jsonEqual(cell, value))).map((value) => ({ output: column.out, value }));
  });
}

function leftOutOf(axes: readonly Axis[], placed: readonly (readonly CellSet[])[]): TableAnalysis["leftOut"] {
  return axes.flatMap((axis, index) => {
    const rows = placed.filter((row) => row[index] === "unknown").length;
    return rows === 0 ? [] : axis.columns.map(({ key }) => ({ column: key, rows, reason: axis.leftOut ?? "it asks about ? in FEEL" }));
  });
}
