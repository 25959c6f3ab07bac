import { Plus, SplitSquareVertical } from "lucide-react";
import { columnName, isOutput } from "../../engine/sheet/column-side.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { TableInput } from "../../engine/table/analyze-table.ts";
import { textOf } from "../form/value-text.ts";
import { grid as words } from "../strings/grid.ts";
import type { TableFindings } from "../worker/table-book.ts";
import type { RowMarks } from "./cell-marks.ts";
import { CellRow } from "./cell-row.tsx";
import { firstOutput, HEAD_HEIGHT, type ColumnLayout } from "./column-layout.ts";
import type { Lines } from "./display-rows.ts";
import type { Range } from "./grid-model.ts";
import { allRanges, mainRange, selectedIn, type Selection } from "./selection.ts";
import type { CellsInView } from "./use-cells-in-view.ts";
import type { Drag } from "./use-grid-pointer.ts";

interface CellLinesProps {
  readonly gridId: string;
  readonly table: DecisionTable;
  readonly layout: ColumnLayout;
  readonly lines: Lines;
  readonly view: CellsInView;
  readonly rowHeight: number;
  readonly wrap: boolean;
  readonly selection: Selection;
  readonly marks: ReadonlyMap<number, RowMarks>;
  readonly lit: ReadonlyMap<string, "fires" | "matches">;
  readonly hits: ReadonlyMap<string, number> | null;
  readonly findings: TableFindings | null;
  readonly addGapRow: (gap: number) => void;
  readonly openOtherwise: () => void;
  readonly drag: Drag | null;
}

/** The lines in view: rows, gaps between them, the answer of no row at the end; and what is being dragged. */
export function CellLines({ gridId, table, layout, lines, view, rowHeight, wrap, selection, marks, lit, hits, findings, addGapRow, openOtherwise, drag }: CellLinesProps) {
  const ranges = allRanges(selection);
  const main = mainRange(selection);
  const firstOut = firstOutput(table);
  const span = { from: Math.min(view.lines.from, lines.count), to: Math.min(view.lines.to, lines.count) };
  const outline = ({ from, to }: Range): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } => {
    const right = (layout.lefts[to.column] ?? 0) + (layout.widths[to.column] ?? 0);
    const [top, bottom] = [lines.lineOf(from.row), lines.lineOf(to.row) + 1].map((line) => line * rowHeight + HEAD_HEIGHT);
    return { left: layout.lefts[from.column] ?? 0, top: top ?? 0, width: right - (layout.lefts[from.column] ?? 0), height: (bottom ?? 0) - (top ?? 0) };
  };
  return (
    <>
      {lines.within(span).map((line, index) => {
        const top = (span.from + index) * rowHeight + HEAD_HEIGHT;
        if (line.kind === "gap") {
          const gap = findings?.gaps[line.gap];
          return gap === undefined ? null : <GapLine key={`gap ${line.gap}`} table={table} layout={layout} gap={gap} top={top} line={span.from + index} firstOut={firstOut} add={() => addGapRow(line.gap)} />;
        }
        const row = table.rows[line.row];
        return row === undefined ? null : (
          <CellRow
            key={row.id} gridId={gridId} row={row} index={line.row} line={span.from + index} top={top} columns={table.columns} layout={layout} firstOut={firstOut} from={view.columns.from} to={view.columns.to}
            active={selection.active.row === line.row ? selection.active.column : -1} selected={selectedIn(ranges, line.row)} marks={marks.get(line.row)} lit={lit.get(row.id)} hits={hits === null ? undefined : hits.get(row.id) ?? 0} wrap={wrap}
          />
        );
      })}
      {table.otherwise === undefined ? null : (
        <div className="cells-row otherwise" role="row" aria-rowindex={lines.count + 2} style={{ transform: `translateY(${lines.count * rowHeight + HEAD_HEIGHT}px)`, width: layout.total }}>
          <div className="box number" role="rowheader" title={words.otherwiseHint}>∗</div>
          <div role="gridcell" aria-colindex={2} className="box" style={{ width: (layout.lefts[firstOut] ?? layout.total) - (layout.lefts[0] ?? 0) }}>
            <button type="button" tabIndex={-1} className="otherwise-cell" onClick={openOtherwise} title={words.otherwiseHint}>{words.otherwise}</button>
          </div>
          {table.columns.map((column, position) => isOutput(column) && (layout.widths[position] ?? 0) > 0 ? (
            <div key={columnName(column)} role="gridcell" aria-colindex={position + 2} className={`box cell${position === firstOut ? " first-out" : ""}`} style={{ width: layout.widths[position] }}>{textOf(table.otherwise?.[column.out])}</div>
          ) : null)}
        </div>
      )}
      {table.rows.length === 0 || selection.active.column < layout.frozen ? null : <span className="fill-handle" data-fill="" style={{ left: outline(main).left + outline(main).width - 4, top: outline(main).top + outline(main).height - 4 }} />}
      {drag?.kind === "fill" ? <div className="drag-outline" style={outline(drag.target)} /> : null}
      {drag?.kind === "moveRows" ? <div className="drag-line" style={{ left: 0, width: layout.total, height: 2, top: lines.lineOf(drag.target) * rowHeight + HEAD_HEIGHT - 1 }} /> : null}
      {drag?.kind === "moveColumns" ? <div className="drag-line" style={{ top: 0, width: 2, height: lines.count * rowHeight + HEAD_HEIGHT, left: (layout.lefts[drag.target] ?? layout.total) - 1 }} /> : null}
    </>
  );
}

interface GapLineProps {
  readonly table: DecisionTable;
  readonly layout: ColumnLayout;
  readonly gap: TableInput;
  readonly top: number;
  readonly line: number;
  readonly firstOut: number;
  readonly add: () => void;
}

/** The place of a gap, with an input that falls into it. */
function GapLine({ table, layout, gap, top, line, firstOut, add }: GapLineProps) {
  return (
    <div className="cells-row gap f-failed" role="row" aria-rowindex={line + 2} style={{ transform: `translateY(${top}px)`, width: layout.total }}>
      <div className="box number" role="rowheader" title={words.gap}><SplitSquareVertical aria-hidden="true" /></div>
      {table.columns.map((column, position) => isOutput(column) || (layout.widths[position] ?? 0) === 0 ? null : (
        <div key={column.key} role="gridcell" aria-colindex={position + 2} className="box cell" style={{ width: layout.widths[position] }}>{gap[column.key] === undefined || gap[column.key] === null ? words.any : textOf(gap[column.key])}</div>
      ))}
      <div role="gridcell" aria-colindex={firstOut + 2} className="box cell gap-act first-out" style={{ width: Math.max(220, layout.total - (layout.lefts[firstOut] ?? 0)) }}>
        <span>{words.gapLine}</span>
        <button type="button" tabIndex={-1} className="btn small" onPointerDown={(event) => event.stopPropagation()} onClick={add}>
          <Plus aria-hidden="true" />
          {words.row}
        </button>
      </div>
    </div>
  );
}
