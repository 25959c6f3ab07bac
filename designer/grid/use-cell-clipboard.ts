import type { ClipboardEvent } from "react";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { grid as words } from "../strings/grid.ts";
import { fromTsv, pasteWrites, toHtml, toTsv } from "./clipboard.ts";
import { writeCells, type WriteResult } from "./grid-model.ts";
import type { EditTable } from "./grid-view.tsx";
import { allRanges, joinRanges, mainRange, type Selection } from "./selection.ts";

interface CellClipboard {
  readonly table: DecisionTable;
  readonly selection: Selection;
  readonly edit: EditTable;
  readonly setSelection: (selection: Selection) => void;
  /** Shows what does not fit, before anything is written. */
  readonly reject: (result: WriteResult) => void;
  /** Tells what was done to those who do not see it. */
  readonly say: (text: string) => void;
}

/** Copying, cutting and pasting between the grid and spreadsheet programs. */
export function useCellClipboard({ table, selection, edit, setSelection, reject, say }: CellClipboard): { readonly onCopy: (event: ClipboardEvent) => void; readonly onPaste: (event: ClipboardEvent) => void } {
  const range = mainRange(selection);
  const onCopy = (event: ClipboardEvent): void => {
    event.preventDefault();
    const cells = joinRanges(allRanges(selection));
    if (cells === null) return say(words.cannotCopy);
    const count = cells.rows.length * cells.columns.length;
    event.clipboardData.setData("text/plain", toTsv(table, cells));
    event.clipboardData.setData("text/html", toHtml(table, cells));
    say(words.copied(count));
    if (event.type === "cut") edit(writeCells(table, cells.rows.flatMap((row) => cells.columns.map((column) => ({ row, column, text: "" })))).table, words.cut(count));
  };
  const onPaste = (event: ClipboardEvent): void => {
    event.preventDefault();
    const writes = pasteWrites(fromTsv(event.clipboardData.getData("text/plain")), range);
    const [inside, beside] = [writes.filter(({ column }) => column < table.columns.length), writes.filter(({ column, text }) => column >= table.columns.length && text !== "")];
    const result = writeCells(table, inside);
    const refused = [...result.rejected, ...beside.map((one) => ({ ...one, message: words.noColumn }))];
    if (refused.length > 0) reject({ ...result, rejected: refused });
    else edit(result.table, words.paste(inside.length));
    const last = inside.at(-1);
    if (last !== undefined) setSelection({ anchor: range.from, active: { row: last.row, column: last.column }, others: [] });
  };
  return { onCopy, onPaste };
}
