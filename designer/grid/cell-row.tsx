import { CircleSlash2, Layers2 } from "lucide-react";
import { memo } from "react";
import { columnName, isOutput } from "../../engine/sheet/column-side.ts";
import type { DecisionTable, TableRow } from "../../engine/language/table-kinds.ts";
import { grid as words } from "../strings/grid.ts";
import type { RowMarks } from "./cell-marks.ts";
import { isCondition, type ColumnLayout } from "./column-layout.ts";
import { cellText } from "./grid-model.ts";

interface CellRowProps {
  readonly gridId: string;
  readonly row: TableRow;
  readonly index: number;
  readonly line: number;
  readonly top: number;
  readonly columns: DecisionTable["columns"];
  readonly layout: ColumnLayout;
  readonly firstOut: number;
  /** The columns that are drawn beside the frozen ones. */
  readonly from: number;
  readonly to: number;
  /** The active column, when this is its row; else -1. */
  readonly active: number;
  /** Selected columns as `from-to`, several between spaces: a text, so that equal ones are equal. */
  readonly selected: string;
  readonly marks: RowMarks | undefined;
  /** How it fares in the case that is looked at. */
  readonly lit: "fires" | "matches" | undefined;
  /** How many row tests it answers; undefined when nothing is tested. */
  readonly hits: number | undefined;
  readonly wrap: boolean;
}

/** One row of cells. Drawn anew only when something of it changed. */
export const CellRow = memo(function CellRow({ gridId, row, index, line, top, columns, layout, firstOut, from, to, active, selected, marks, lit, hits, wrap }: CellRowProps) {
  const ranges = selected === "" ? [] : selected.split(" ").map((range) => range.split("-").map(Number));
  const isSelected = (column: number): boolean => ranges.some(([first = 0, last = -1]) => column >= first && column <= last);
  const wholeRow = ranges.some(([first, last]) => first === 0 && last === columns.length - 1);
  const drawn = [...Array.from({ length: layout.frozen }, (_, column) => column), ...Array.from({ length: Math.max(0, to - from) }, (_, column) => from + column)].filter((column) => (layout.widths[column] ?? 0) > 0);
  return (
    <div role="row" aria-rowindex={line + 2} className={`cells-row${wrap ? " wrap" : ""}${lit === undefined ? "" : ` ${lit}`}${marks?.row ? " marked" : ""}`} style={{ transform: `translateY(${top}px)`, width: layout.total + (hits === undefined ? 0 : HITS_WIDTH) }}>
      <div className={`box number${wholeRow ? " chosen" : ""}`} role="rowheader" aria-colindex={1} data-row={index} title={marks?.row?.message}>
        {marks?.row ? <RowIcon family={marks.row.family} /> : null}
        {index + 1}
      </div>
      {drawn.map((position, place) => {
        const column = columns[position];
        if (column === undefined) return null;
        const text = cellText(row, column);
        const mark = marks?.cells.get(columnName(column));
        const frozen = position < layout.frozen;
        const gap = place === layout.frozen ? (layout.lefts[position] ?? 0) - layout.frozenWidth : 0;
        const look = [
          "box cell", isSelected(position) ? "in-range" : "", active === position ? "active" : "", position === firstOut ? "first-out" : "", frozen ? "frozen" : "",
          column.type === "number" && isOutput(column) ? "num" : "", isCondition(text) ? "mono" : "", mark === undefined ? "" : `noted f-${mark.family}`,
        ].filter(Boolean).join(" ");
        return (
          <div
            key={position} id={`${gridId}-${index}-${position}`} role="gridcell" className={look} aria-colindex={position + 2} aria-selected={isSelected(position)} aria-invalid={mark?.family === "failed" || undefined}
            title={mark?.message ?? (text.length > 24 ? text : undefined)} style={{ width: layout.widths[position], marginLeft: gap, ...(frozen ? { left: layout.lefts[position] } : {}) }}
          >
            {text === "" ? <span className="muted">{isOutput(column) ? "" : words.any}</span> : <span className="cell-text">{text}</span>}
          </div>
        );
      })}
      {hits === undefined ? null : <div className={hits === 0 ? "box hits none" : "box hits"} role="gridcell" aria-colindex={columns.length + 2} style={{ marginLeft: restOf(layout, drawn) }}>{hits === 0 ? "–" : hits}</div>}
    </div>
  );
});

/** Width of the column that counts row tests. */
export const HITS_WIDTH = 72;

/** What is left between the last column that is drawn and the end of the row. */
export function restOf(layout: ColumnLayout, drawn: readonly number[]): number {
  const last = drawn.at(-1);
  return last === undefined ? 0 : layout.total - (layout.lefts[last] ?? 0) - (layout.widths[last] ?? 0);
}

function RowIcon({ family }: { readonly family: "failed" | "attention" }) {
  return <span className={`row-icon f-${family}`}>{family === "failed" ? <CircleSlash2 aria-hidden="true" /> : <Layers2 aria-hidden="true" />}</span>;
}
