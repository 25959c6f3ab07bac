import { Dialog } from "../look/dialog.tsx";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { grid as words } from "../strings/grid.ts";
import { columnTitle } from "./clipboard.ts";
import type { WriteResult } from "./grid-model.ts";

/** Reasons that are listed at most. */
const LISTED_MAX = 50;

interface RejectedCellsProps {
  readonly result: WriteResult;
  readonly table: DecisionTable;
  readonly paste: () => void;
  readonly close: () => void;
}

/** Cells that do not fit their columns, before anything is written. */
export function RejectedCells({ result: { rejected }, table, paste, close }: RejectedCellsProps) {
  return (
    <Dialog onClose={close} title={words.rejectedTitle(rejected.length)} size="lg">
      <p>{words.rejectedText}</p>
      <ul className="reasons">
        {rejected.slice(0, LISTED_MAX).map(({ row, column, text, message }) => {
          const head = table.columns[column];
          return (
            <li key={`${row} ${column}`}>
              <b>{head === undefined ? words.row1(row + 1) : words.place(row + 1, columnTitle(head))}</b>: <span className="mono">{text}</span> {message}
            </li>
          );
        })}
      </ul>
      {rejected.length > LISTED_MAX ? <p className="muted">{words.andMore(rejected.length - LISTED_MAX)}</p> : null}
      <div className="acts">
        <button type="button" className="btn primary" onClick={() => {
          paste();
          close();
        }}>
          {words.pasteRest}
        </button>
        <button type="button" className="btn quiet" onClick={close}>{words.stop}</button>
      </div>
    </Dialog>
  );
}
