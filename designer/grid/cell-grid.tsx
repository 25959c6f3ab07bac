import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useId, useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent, type MouseEvent } from "react";
import { columnName, isOutput } from "../../engine/sheet/column-side.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { TableAnalysis } from "../../engine/table/analyze-table.ts";
import { Dialog } from "../look/dialog.tsx";
import { grid as words } from "../strings/grid.ts";
import { columnTitle, fromTsv, pasteWrites, toTsv } from "./clipboard.ts";
import { CellEditor } from "./cell-editor.tsx";
import { cellText, fill, insertRows, moveRows, rangeOf, removeRows, writeCells, type CellAt, type Range, type WriteResult } from "./grid-model.ts";
import type { EditTable } from "./grid-view.tsx";
import { walkCells } from "./walk-cells.ts";

const ROW_HEIGHT = 28;
const HEAD_HEIGHT = 68;
const NUMBER_WIDTH = 44;
const WIDTH = { least: 84, most: 300, character: 7.2, padding: 26, sampled: 200 } as const;

interface CellGridProps {
  readonly table: DecisionTable;
  readonly edit: EditTable;
  /** Ids of rows that fire for what is being tried. */
  readonly lit: ReadonlySet<string>;
  readonly analysis: TableAnalysis | null;
  readonly at: string;
  readonly selectCell: (row: number, column: string) => void;
  readonly openColumn: (column: number) => void;
}

/** The cells themselves: only what is in view is in the page, and every key of a spreadsheet does what it does there. */
export function CellGrid({ table, edit, lit, analysis, at, selectCell, openColumn }: CellGridProps) {
  const [anchor, setAnchor] = useState<CellAt>(() => cellOf(table, at) ?? { row: 0, column: 0 });
  const [active, setActive] = useState<CellAt>(anchor);
  const [editing, setEditing] = useState<{ readonly text: string } | null>(null);
  const [rejected, setRejected] = useState<WriteResult | null>(null);
  const pane = useRef<HTMLDivElement>(null);
  const id = useId();
  const widths = useMemo(() => columnWidths(table), [table.columns, table.key]);
  const lefts = useMemo(() => widths.reduce<number[]>((all, width) => [...all, (all.at(-1) ?? NUMBER_WIDTH) + width], [NUMBER_WIDTH]), [widths]);
  const rows = useVirtualizer({ count: table.rows.length, getScrollElement: () => pane.current, estimateSize: () => ROW_HEIGHT, overscan: 8 });
  const columns = useVirtualizer({ horizontal: true, count: table.columns.length, getScrollElement: () => pane.current, estimateSize: (index) => widths[index] ?? WIDTH.least, overscan: 3, paddingStart: NUMBER_WIDTH });
  const range = rangeOf(anchor, active);
  const marks = useMemo(() => marksOf(table, analysis), [table, analysis]);

  useEffect(() => {
    const wanted = cellOf(table, at);
    if (wanted === null || (wanted.row === active.row && wanted.column === active.column)) return;
    setActive(wanted);
    setAnchor(wanted);
    rows.scrollToIndex(wanted.row);
  }, [at]);
  useEffect(() => {
    rows.scrollToIndex(active.row, { align: "auto" });
    columns.scrollToIndex(active.column, { align: "auto" });
  }, [active]);

  const go = (to: CellAt, extend: boolean): void => {
    setActive(to);
    if (!extend) setAnchor(to);
    const column = table.columns[to.column];
    if (!extend && column !== undefined) selectCell(to.row, columnName(column));
  };
  const take = ({ from, to }: Range): void => {
    setAnchor(from);
    setActive(to);
  };
  const textAt = ({ row, column }: CellAt): string => {
    const [line, head] = [table.rows[row], table.columns[column]];
    return line === undefined || head === undefined ? "" : cellText(line, head);
  };
  const label = (cell: CellAt): string => {
    const column = table.columns[cell.column];
    return words.edit(column === undefined ? "" : columnTitle(column), cell.row + 1);
  };
  const write = (writes: Parameters<typeof writeCells>[1], what: string): void => {
    const result = writeCells(table, writes);
    if (result.rejected.length > 0) setRejected(result);
    else edit(result.table, what);
  };
  const commit = (text: string, then: "down" | "up" | "right" | "left" | null): void => {
    setEditing(null);
    pane.current?.focus();
    const result = writeCells(table, [{ ...active, text }]);
    if (result.rejected.length > 0) setRejected(result);
    else if (text !== textAt(active)) edit(result.table, label(active));
    if (then !== null) go({ row: clamp(active.row + (then === "down" ? 1 : then === "up" ? -1 : 0), table.rows.length), column: clamp(active.column + (then === "right" ? 1 : then === "left" ? -1 : 0), table.columns.length) }, false);
  };
  const cells = function* (): Generator<CellAt> {
    for (let row = range.from.row; row <= range.to.row; row += 1) for (let column = range.from.column; column <= range.to.column; column += 1) yield { row, column };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (editing !== null || event.nativeEvent.isComposing) return;
    const ctrl = event.ctrlKey || event.metaKey;
    const size = { rows: table.rows.length, columns: table.columns.length, page: Math.max(1, Math.floor((pane.current?.clientHeight ?? 300) / ROW_HEIGHT) - 3) };
    const to = walkCells(active, { key: event.key, ctrl }, size, (cell) => textAt(cell) === "");
    const all = { from: { row: 0, column: 0 }, to: { row: size.rows - 1, column: size.columns - 1 } };
    if (to !== null && !event.altKey) go(to, event.shiftKey);
    else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      const by = event.key === "ArrowUp" ? -1 : 1;
      const next = moveRows(table, range.from.row, range.to.row, by);
      if (next !== table) {
        edit(next, by < 0 ? words.moveUp : words.moveDown);
        setAnchor({ ...anchor, row: anchor.row + by });
        setActive({ ...active, row: active.row + by });
      }
    } else if (event.key === "Tab" && active.column === (event.shiftKey ? 0 : size.columns - 1)) return; // At the end of a row Tab leaves the grid: nobody is caught in it.
    else if (event.key === "Tab") go({ ...active, column: clamp(active.column + (event.shiftKey ? -1 : 1), size.columns) }, false);
    else if (event.key === "Enter") go({ ...active, row: clamp(active.row + (event.shiftKey ? -1 : 1), size.rows) }, false);
    else if (event.key === "F2") setEditing({ text: textAt(active) });
    else if (event.key === "Delete" || event.key === "Backspace") write([...cells()].map((cell) => ({ ...cell, text: "" })), words.clear([...cells()].length));
    else if (ctrl && event.key === "a") take(all);
    else if (ctrl && event.key === "d") edit(fill(table, range, "down"), words.fillDown);
    else if (ctrl && event.key === "r") edit(fill(table, range, "right"), words.fillRight);
    else if (ctrl && event.key === " ") take({ from: { ...all.from, column: range.from.column }, to: { ...all.to, column: range.to.column } });
    else if (event.shiftKey && event.key === " ") take({ from: { ...all.from, row: range.from.row }, to: { ...all.to, row: range.to.row } });
    else if (ctrl && (event.key === "+" || event.key === "=")) edit(insertRows(table, range.from.row, range.to.row - range.from.row + 1), words.insertAbove);
    else if (ctrl && event.key === "-") {
      edit(removeRows(table, range.from.row, range.to.row), words.removeRows(range.to.row - range.from.row + 1));
      go({ row: clamp(range.from.row, size.rows - 1), column: active.column }, false);
    } else if (event.key === "Escape") go(active, false);
    else if (event.key.length === 1 && !ctrl && !event.altKey) setEditing({ text: event.key });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onCopy = (event: ClipboardEvent): void => {
    if (editing !== null) return;
    event.clipboardData.setData("text/plain", toTsv(table, range));
    event.preventDefault();
    if (event.type === "cut") write([...cells()].map((cell) => ({ ...cell, text: "" })), words.cut([...cells()].length));
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (editing !== null) return;
    event.preventDefault();
    const writes = pasteWrites(fromTsv(event.clipboardData.getData("text/plain")), range).filter(({ column }) => column < table.columns.length);
    write(writes, words.paste(writes.length));
    const last = writes.at(-1);
    if (last !== undefined) setActive({ row: last.row, column: last.column });
  };
  const pointed = (event: MouseEvent): CellAt | null => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-cell]") : null;
    const [row = "", column = ""] = cell?.dataset["cell"]?.split(" ") ?? [];
    return cell === null ? null : { row: Number(row), column: Number(column) };
  };
  const first = table.columns[active.column];
  return (
    <>
      <div className="formula-bar">
        <span className="trunc">{first === undefined ? "" : words.place(active.row + 1, columnTitle(first))}</span>
        <span className="mono trunc">{textAt(active) === "" ? words.any : textAt(active)}</span>
        <span className="push meta nowrap">{words.counted(table.rows.length, table.columns.length)}</span>
      </div>
      <div
        ref={pane} className="cells" role="grid" tabIndex={0} aria-label={words.table(table.title)} aria-rowcount={table.rows.length + 1} aria-colcount={table.columns.length + 1} aria-multiselectable="true"
        aria-activedescendant={`${id}-${active.row}-${active.column}`} onKeyDown={onKeyDown} onCopy={onCopy} onCut={onCopy} onPaste={onPaste}
        onMouseDown={(event) => {
          const cell = pointed(event);
          if (cell !== null && editing === null) go(cell, event.shiftKey);
        }}
        onMouseMove={(event) => {
          const cell = event.buttons === 1 && editing === null ? pointed(event) : null;
          if (cell !== null) setActive(cell);
        }}
        onDoubleClick={(event) => pointed(event) !== null && setEditing({ text: textAt(active) })}
      >
        <div className="cells-inner" role="presentation" ref={(element) => { if (element !== null) Object.assign(element.style, { height: `${rows.getTotalSize() + HEAD_HEIGHT}px`, width: `${lefts.at(-1) ?? 0}px` }); }}>
          <div className="cells-head" role="row" aria-rowindex={1}>
            <Box left={0} width={NUMBER_WIDTH} className="head number">#</Box>
            {columns.getVirtualItems().map(({ index }) => {
              const column = table.columns[index];
              return column === undefined ? null : (
                <Box key={index} left={lefts[index] ?? 0} width={widths[index] ?? WIDTH.least} className={`head${isOutput(column) ? " out" : ""}${firstOutput(table) === index ? " first-out" : ""}`} role="columnheader">
                  <button type="button" tabIndex={-1} title={"in" in column ? column.in : column.out} onClick={() => openColumn(index)}>
                    <span className="meta">{isOutput(column) ? words.outputs : words.inputs}</span>
                    <b className="trunc">{columnTitle(column)}</b>
                    <span className="meta trunc">{column.values === undefined ? column.type : `${column.values.length} values`}{column.unit === undefined ? "" : `, ${column.unit}`}</span>
                  </button>
                </Box>
              );
            })}
          </div>
          {rows.getVirtualItems().map(({ index, start }) => {
            const row = table.rows[index];
            return row === undefined ? null : (
              <div key={row.id} role="row" aria-rowindex={index + 2} className={`cells-row${lit.has(row.id) ? " lit" : ""}${marks.rows.has(index) ? " marked" : ""}`} ref={(element) => { if (element !== null) element.style.transform = `translateY(${start + HEAD_HEIGHT}px)`; }}>
                <Box left={0} width={NUMBER_WIDTH} className="number" role="rowheader">{index + 1}</Box>
                {columns.getVirtualItems().map(({ index: c }) => {
                  const column = table.columns[c];
                  if (column === undefined) return null;
                  const isActive = active.row === index && active.column === c;
                  const inRange = index >= range.from.row && index <= range.to.row && c >= range.from.column && c <= range.to.column;
                  const text = cellText(row, column);
                  const className = `cell${inRange ? " in-range" : ""}${isActive ? " active" : ""}${firstOutput(table) === c ? " first-out" : ""}${column.type === "number" ? " num" : ""}${marks.cells.has(`${index} ${columnName(column)}`) ? " marked" : ""}`;
                  return (
                    <Box key={c} left={lefts[c] ?? 0} width={widths[c] ?? WIDTH.least} className={className} role="gridcell" id={`${id}-${index}-${c}`} cell={`${index} ${c}`} selected={inRange}>
                      {isActive && editing !== null ? <CellEditor column={column} text={editing.text} commit={commit} cancel={() => {
                        setEditing(null);
                        pane.current?.focus();
                      }} /> : text === "" ? <span className="muted">{isOutput(column) ? "" : words.any}</span> : text}
                    </Box>
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
      {rejected === null ? null : <Rejected result={rejected} table={table} paste={() => edit(rejected.table, words.paste(1))} close={() => setRejected(null)} />}
    </>
  );
}

interface BoxProps {
  readonly left: number;
  readonly width: number;
  readonly className: string;
  readonly role?: string;
  readonly id?: string;
  readonly cell?: string;
  readonly selected?: boolean;
  readonly children: React.ReactNode;
}

/** One cell at its place. */
function Box({ left, width, className, role, id, cell, selected, children }: BoxProps) {
  return (
    <div className={`box ${className}`} role={role ?? "presentation"} id={id} data-cell={cell} aria-selected={selected} ref={(element) => { if (element !== null) Object.assign(element.style, { left: `${left}px`, width: `${width}px` }); }}>
      {children}
    </div>
  );
}

/** Cells that do not fit their columns, before anything is written. */
function Rejected({ result, table, paste, close }: { readonly result: WriteResult; readonly table: DecisionTable; readonly paste: () => void; readonly close: () => void }) {
  return (
    <Dialog onClose={close} title={words.rejectedTitle(result.rejected.length)}>
      <p>{words.rejectedText}</p>
      <ul className="reasons">
        {result.rejected.slice(0, 20).map(({ row, column, text, message }) => {
          const head = table.columns[column];
          return (
            <li key={`${row} ${column}`}>
              <b>{head === undefined ? "" : words.place(row + 1, columnTitle(head))}</b>: <span className="mono">{text}</span> {message}
            </li>
          );
        })}
      </ul>
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

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(value, count - 1));
}

function firstOutput({ columns }: DecisionTable): number {
  return columns.findIndex(isOutput);
}

/** The cell of a place in the table; null for other places. */
function cellOf(table: DecisionTable, at: string): CellAt | null {
  const [, row, column] = /^\/rows\/(\d+)(?:\/([^/]+))?$/.exec(at) ?? [];
  if (row === undefined || Number(row) >= table.rows.length) return null;
  return { row: Number(row), column: Math.max(0, table.columns.findIndex((candidate) => columnName(candidate) === column)) };
}

function columnWidths({ columns, rows }: DecisionTable): readonly number[] {
  return columns.map((column) => {
    const longest = Math.max(columnTitle(column).length, ...rows.slice(0, WIDTH.sampled).map((row) => cellText(row, column).length));
    return Math.round(Math.max(WIDTH.least, Math.min(WIDTH.most, longest * WIDTH.character + WIDTH.padding)));
  });
}

function marksOf(table: DecisionTable, analysis: TableAnalysis | null): { readonly rows: ReadonlySet<number>; readonly cells: ReadonlySet<string> } {
  const rows = new Set<number>();
  const cells = new Set<string>();
  for (const { position } of analysis?.shadowed ?? []) rows.add(position);
  for (const { position, column } of analysis?.dead ?? []) cells.add(`${position} ${column}`);
  if (analysis?.overlapsAreWrong === true) for (const { rows: pair } of analysis.overlaps) for (const { position } of pair) rows.add(position);
  return { rows, cells };
}
