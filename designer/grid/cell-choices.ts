import { columnName, isOutput, type TableColumn } from "../../engine/sheet/column-side.ts";
import { OUTPUT_REFERENCES } from "../../engine/language/references-of.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { Json } from "../../engine/support/json.ts";
import { textOf } from "../form/value-text.ts";
import { grid as words } from "../strings/grid.ts";
import type { Files } from "../workspace/history.ts";
import { isDefinition } from "../workspace/workspace.ts";

/** Something that can be chosen for a cell. */
export interface CellChoice {
  /** What is written into the cell. */
  readonly text: string;
  /** What it means, where the text alone does not say it. */
  readonly detail: string;
}

/** Choices that are offered at most. */
const CHOICES_MAX = 200;

/**
 * What a column offers: its allowed values, true and false, the definitions it names, else what other cells of it hold.
 * `only` says that nothing else fits.
 */
export function choicesOf(table: DecisionTable, column: TableColumn, files: Files): { readonly choices: readonly CellChoice[]; readonly only: boolean } {
  const any: readonly CellChoice[] = isOutput(column) ? [] : [{ text: "-", detail: words.anyChoice }];
  const kind = isOutput(column) ? OUTPUT_REFERENCES[column.out] : undefined;
  if (kind !== undefined) {
    const named = [...files.values()].flatMap(({ content }) => (isDefinition(content) && content.kind === kind ? [{ text: content.key, detail: content.title }] : []));
    return { choices: named.toSorted((a, b) => (a.text < b.text ? -1 : 1)), only: true };
  }
  if (column.values !== undefined) return { choices: [...any, ...column.values.map((value) => ({ text: textOf(value), detail: "" }))], only: true };
  if (column.type === "boolean") return { choices: [...any, { text: "true", detail: words.yes }, { text: "false", detail: words.no }], only: true };
  return { choices: [...any, ...valuesIn(table, column)], only: false };
}

function valuesIn({ rows }: DecisionTable, column: TableColumn): readonly CellChoice[] {
  const name = columnName(column);
  const found = new Set<string>();
  for (const row of rows) {
    const value = Object.hasOwn(row, name) ? row[name] : undefined;
    for (const one of Array.isArray(value) ? (value as readonly Json[]) : isOutput(column) && value !== undefined ? [value] : []) found.add(textOf(one));
    if (found.size >= CHOICES_MAX) break;
  }
  return [...found].map((text) => ({ text, detail: "" }));
}

/** The choices that go on with what is typed last, after a comma; all of them while nothing is typed there. */
export function matchingChoices(choices: readonly CellChoice[], typed: string): readonly CellChoice[] {
  const last = lastPart(typed).toLowerCase();
  if (last === "") return choices;
  const begins = choices.filter(({ text }) => text.toLowerCase().startsWith(last));
  const holds = choices.filter(({ text, detail }) => !text.toLowerCase().startsWith(last) && `${text} ${detail}`.toLowerCase().includes(last));
  return [...begins, ...holds];
}

/** What is typed with the part behind the last comma replaced. */
export function withChoice(typed: string, choice: string): string {
  const comma = typed.lastIndexOf(",");
  return comma < 0 || choice === "-" ? choice : `${typed.slice(0, comma)}, ${choice}`;
}

function lastPart(typed: string): string {
  return typed.slice(typed.lastIndexOf(",") + 1).trim();
}
