import type { Json } from "../support/json.ts";
import type { Head } from "./kinds.ts";

export type TablePurpose =
  | "decomposition" | "failure" | "fallout" | "authority" | "customer-status" | "change" | "change-task" | "general";

export type HitPolicy = "UNIQUE" | "FIRST" | "PRIORITY" | "ANY" | "COLLECT" | "RULE_ORDER" | "OUTPUT_ORDER";

export type ColumnType = "string" | "number" | "boolean" | "date" | "duration" | "list";

export interface InputColumn {
  readonly key: string;
  /** Dotted fact path such as `item.characteristics.speed`, or FEEL marked by `=`. */
  readonly in: string;
  readonly type: ColumnType;
  readonly values?: readonly Json[];
  readonly unit?: string;
}

export interface OutputColumn {
  /** Name of the output. */
  readonly out: string;
  readonly type: ColumnType;
  /** Allowed values; their order is the priority of PRIORITY and OUTPUT_ORDER, highest first. */
  readonly values?: readonly Json[];
  readonly unit?: string;
}

/** `id` first, then one cell per column by its key or output name. An input cell left out matches anything. */
export type TableRow = { readonly id: string } & { readonly [column: string]: Json };

export interface DecisionTable extends Head<"decision-table"> {
  readonly purpose: TablePurpose;
  readonly hitPolicy: HitPolicy;
  readonly aggregate?: "SUM" | "MIN" | "MAX" | "COUNT";
  readonly columns: readonly (InputColumn | OutputColumn)[];
  readonly rows: readonly TableRow[];
  readonly otherwise?: { readonly [output: string]: Json };
}
