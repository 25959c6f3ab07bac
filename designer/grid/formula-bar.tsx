import { EyeOff } from "lucide-react";
import { isOutput } from "../../engine/sheet/column-side.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { grid as words } from "../strings/grid.ts";
import type { Mark } from "./cell-marks.ts";
import { cellWords } from "./cell-words.ts";
import { columnTitle } from "./clipboard.ts";
import type { CellAt, Range } from "./grid-model.ts";

interface FormulaBarProps {
  readonly table: DecisionTable;
  readonly active: CellAt;
  readonly text: string;
  readonly mark: Mark | undefined;
  readonly range: Range;
  readonly hidden: number;
  readonly showHidden: () => void;
}

/** The active cell in full: where it is, what it holds, what that means in words, and what is wrong with it. */
export function FormulaBar({ table, active, text, mark, range, hidden, showHidden }: FormulaBarProps) {
  const column = table.columns[active.column];
  const [rows, columns] = [range.to.row - range.from.row + 1, range.to.column - range.from.column + 1];
  const said = column === undefined ? "" : cellWords(text, column);
  return (
    <div className="formula-bar">
      <span className="trunc">{column === undefined ? "" : words.place(active.row + 1, columnTitle(column))}</span>
      <span className="mono trunc" title={text}>{text === "" ? (column !== undefined && isOutput(column) ? words.nothing : words.any) : text}</span>
      {mark === undefined ? <span className="text-2 trunc">{said}</span> : <span className={`note trunc f-${mark.family}`} role="status" title={mark.message}>{mark.message}</span>}
      <span className="push meta nowrap">{rows * columns > 1 ? words.selected(rows, columns) : words.counted(table.rows.length, table.columns.length)}</span>
      {hidden === 0 ? null : (
        <button type="button" className="btn small quiet" onClick={showHidden}>
          <EyeOff aria-hidden="true" />
          {words.hiddenColumns(hidden)}
        </button>
      )}
    </div>
  );
}
