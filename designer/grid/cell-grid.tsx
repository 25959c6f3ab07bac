import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { columnName } from "../../engine/sheet/column-side.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { grid as words } from "../strings/grid.ts";
import { currentFiles } from "../workspace/workspace.ts";
import { choicesOf } from "./cell-choices.ts";
import { CellEditor, type Onward } from "./cell-editor.tsx";
import { CellLines } from "./cell-lines.tsx";
import type { RowMarks } from "./cell-marks.ts";
import { columnTitle } from "./clipboard.ts";
import { ColumnHeads } from "./column-heads.tsx";
import { moveColumnsTo } from "./column-edits.ts";
import { cellOf, firstOutput, HEAD_HEIGHT, ROW_HEIGHT, WIDTH, WRAPPED_HEIGHT, type ColumnLayout } from "./column-layout.ts";
import { arrangeLines } from "./display-rows.ts";
import { FormulaBar } from "./formula-bar.tsx";
import type { GridLook } from "./grid-look.ts";
import { GridMenu, type LookAction } from "./grid-menu.tsx";
import { cellText, isInside, writeCells, type CellAt, type CellWrite, type Range, type WriteResult } from "./grid-model.ts";
import type { EditTable } from "./grid-view.tsx";
import { actionOf, typedBy, type EditAction, type GridAction } from "./key-map.ts";
import { perform } from "./perform.ts";
import { RejectedCells } from "./rejected-cells.tsx";
import { fillFrom, moveRowsTo } from "./row-edits.ts";
import { allRanges, clampSelection, mainRange, selectCell, selectRange, skipHidden, type Selection } from "./selection.ts";
import type { TableFindings } from "../worker/table-book.ts";
import { useCellClipboard } from "./use-cell-clipboard.ts";
import { useCellsInView } from "./use-cells-in-view.ts";
import { useGridPointer } from "./use-grid-pointer.ts";
import { walkCells } from "./walk-cells.ts";

/** The address follows the selection this long after the last move. */
const ADDRESS_MS = 200;

interface CellGridProps {
  readonly table: DecisionTable;
  readonly edit: EditTable;
  readonly pane: RefObject<HTMLDivElement | null>;
  readonly layout: ColumnLayout;
  readonly look: GridLook;
  readonly setLook: (change: Partial<GridLook>) => void;
  /** How rows fare in the case that is looked at, by id. */
  readonly lit: ReadonlyMap<string, "fires" | "matches">;
  /** Row tests each row answers, by id; null while there are none. */
  readonly hits: ReadonlyMap<string, number> | null;
  readonly findings: TableFindings | null;
  readonly marks: ReadonlyMap<number, RowMarks>;
  readonly addGapRow: (gap: number) => void;
  readonly at: string;
  readonly select: (pointer: string) => void;
  readonly openColumn: (column: number) => void;
}

/** The cells themselves: only what is in view is in the page, and every key of a spreadsheet does what it does there. */
export function CellGrid({ table, edit, pane, layout, look, setLook, lit, hits, findings, marks, addGapRow, at, select, openColumn }: CellGridProps) {
  const [chosen, setChosen] = useState<Selection>(() => selectCell(cellOf(table, at) ?? { row: 0, column: 0 }));
  const [editing, setEditing] = useState<{ readonly text: string; readonly begun: boolean } | null>(null);
  const [rejected, setRejected] = useState<WriteResult | null>(null);
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number; readonly of: "cells" | "column" } | null>(null);
  const [said, setSaid] = useState("");
  const inner = useRef<HTMLDivElement>(null);
  const id = useId();
  const focusGrid = (): void => inner.current?.focus({ preventScroll: true });

  const rowHeight = look.wrap ? WRAPPED_HEIGHT : ROW_HEIGHT;
  const lines = useMemo(() => arrangeLines(table.rows.length, findings?.gapsAfter ?? []), [table.rows.length, findings]);
  const view = useCellsInView(pane, layout, rowHeight, lines.count);
  const size = { rows: table.rows.length, columns: table.columns.length };
  const selection = useMemo(() => clampSelection(chosen, size.rows, size.columns), [chosen, size.rows, size.columns]);
  const { active } = selection;
  const range = mainRange(selection);
  const told = useRef(at);
  const first = useRef(chosen);
  const commits = useRef(0);

  useEffect(() => {
    const wanted = at === told.current ? null : cellOf(table, at);
    told.current = at;
    if (wanted !== null) setChosen(selectCell(wanted));
  }, [at]);
  useEffect(() => {
    const column = table.columns[active.column];
    const pointer = size.rows === 0 || column === undefined ? "" : `/rows/${active.row}/${columnName(column)}`;
    if (chosen === first.current || pointer === told.current) return;
    const timer = setTimeout(() => {
      told.current = pointer;
      select(pointer);
    }, ADDRESS_MS);
    return () => clearTimeout(timer);
  }, [chosen]);
  useLayoutEffect(() => scrollTo(pane.current, active), [active.row, active.column]);
  const scrollTo = (element: HTMLElement | null, cell: CellAt): void => {
    if (element === null) return;
    const [top, left, width] = [lines.lineOf(cell.row) * rowHeight, layout.lefts[cell.column] ?? 0, layout.widths[cell.column] ?? 0];
    const height = element.clientHeight - HEAD_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + height) element.scrollTop = top + rowHeight - height;
    if (cell.column < layout.frozen) return;
    if (left - layout.frozenWidth < element.scrollLeft) element.scrollLeft = left - layout.frozenWidth;
    else if (left + width > element.scrollLeft + element.clientWidth) element.scrollLeft = Math.min(left - layout.frozenWidth, left + width - element.clientWidth);
  };

  const textAt = ({ row, column }: CellAt): string => {
    const [line, head] = [table.rows[row], table.columns[column]];
    return line === undefined || head === undefined ? "" : cellText(line, head);
  };
  const titleAt = (cell: CellAt): string => {
    const column = table.columns[cell.column];
    return column === undefined ? "" : columnTitle(column);
  };
  const go = (to: CellAt, extend: boolean): void => {
    const seen = skipHidden(active, to, layout);
    setChosen(extend ? { ...selection, active: seen } : selectCell(seen));
  };
  const take = (ranged: Range): void => setChosen(selectRange(ranged));
  const write = (writes: readonly CellWrite[], label: string): void => {
    const result = writeCells(table, writes);
    if (result.rejected.length > 0) setRejected(result);
    else edit(result.table, label);
  };
  const commit = (text: string, then: Onward): void => {
    commits.current += 1;
    setEditing(null);
    focusGrid();
    if (text !== textAt(active)) write([{ ...active, text }], words.edit(titleAt(active), active.row + 1));
    const [down, right] = then === "down" ? [1, 0] : then === "up" ? [-1, 0] : then === "right" ? [0, 1] : then === "left" ? [0, -1] : [0, 0];
    // Enter in the last row goes on to a row that does not exist yet only when something is typed there.
    go({ row: Math.max(0, Math.min(active.row + down, size.rows - 1)), column: active.column + right }, false);
  };
  const act = (action: EditAction): void => {
    const done = perform(action, table, range);
    if (done === null) return;
    edit(done.table, done.label, `/rows/${done.range.from.row}`);
    setSaid(done.label);
    take(done.range);
  };
  const keyed = (action: GridAction, key: { readonly shiftKey: boolean }): boolean => {
    const all: Range = { from: { row: 0, column: 0 }, to: { row: size.rows - 1, column: size.columns - 1 } };
    const width = layout.widths[active.column] ?? WIDTH.least;
    switch (action) {
      case "edit": setEditing({ text: textAt(active), begun: false }); return true;
      case "cancel": setChosen(selectCell(active)); return true;
      // At the end of a row Tab leaves the grid: nobody is caught in it.
      case "next": case "previous": {
        const to = skipHidden(active, { ...active, column: active.column + (key.shiftKey ? -1 : 1) }, layout);
        if (to.column === active.column) return false;
        setChosen(selectCell(to));
        return true;
      }
      case "down": go({ ...active, row: Math.min(active.row + 1, size.rows - 1) }, false); return true;
      case "up": go({ ...active, row: Math.max(active.row - 1, 0) }, false); return true;
      case "menu": openMenu("cells"); return true;
      case "selectAll": take(all); return true;
      case "selectColumn": take({ from: { row: 0, column: range.from.column }, to: { row: size.rows - 1, column: range.to.column } }); return true;
      case "selectRow": take({ from: { row: range.from.row, column: 0 }, to: { row: range.to.row, column: size.columns - 1 } }); return true;
      case "widen": setWidth(active.column, width + WIDTH.step); return true;
      case "narrow": setWidth(active.column, Math.max(WIDTH.least / 2, width - WIDTH.step)); return true;
      default: act(action); return true;
    }
  };
  const setWidth = (column: number, width: number): void => {
    const head = table.columns[column];
    if (head !== undefined) setLook({ widths: { ...look.widths, [columnName(head)]: Math.round(width) } });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (editing !== null || event.nativeEvent.isComposing) return;
    const page = Math.max(1, Math.floor(((pane.current?.clientHeight ?? 300) - HEAD_HEIGHT) / rowHeight) - 1);
    const to = event.altKey ? null : walkCells(active, { key: event.key, ctrl: event.ctrlKey || event.metaKey }, { ...size, page }, (cell) => textAt(cell) === "");
    const action = actionOf(event);
    const typed = typedBy(event);
    if (to !== null) go(to, event.shiftKey);
    else if (action !== null) {
      if (!keyed(action, event)) return;
    } else if (typed !== null) setEditing({ text: typed, begun: true });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const { onCopy, onPaste } = useCellClipboard({ table, selection, edit, setSelection: setChosen, reject: setRejected, say: setSaid });
  const fill = (source: Range, target: Range): void => {
    edit(fillFrom(table, source, target), words.fill);
    take(target);
  };
  const { drag, onPointerDown } = useGridPointer({
    pane, layout, lines, rowHeight, size, selection, setSelection: setChosen, fill,
    moveRows: (moved, target) => {
      const next = moveRowsTo(table, moved.from.row, moved.to.row, target);
      if (next === table) return;
      edit(next, words.moveRows(moved.to.row - moved.from.row + 1));
      const by = (target > moved.to.row ? target - (moved.to.row - moved.from.row + 1) : target) - moved.from.row;
      take({ from: { ...moved.from, row: moved.from.row + by }, to: { ...moved.to, row: moved.to.row + by } });
    },
    moveColumns: (moved, target) => {
      const next = moveColumnsTo(table, moved.from.column, moved.to.column, target);
      if (next === table) return setSaid(words.staysOnItsSide);
      edit(next, words.moveColumns(moved.to.column - moved.from.column + 1));
      const by = (target > moved.to.column ? target - (moved.to.column - moved.from.column + 1) : target) - moved.from.column;
      take({ from: { ...moved.from, column: moved.from.column + by }, to: { ...moved.to, column: moved.to.column + by } });
    },
    resize: setWidth,
  });
  const openMenu = (of: "cells" | "column"): void => {
    const box = pane.current?.getBoundingClientRect();
    if (box === undefined || pane.current === null) return;
    const left = box.left + (layout.lefts[active.column] ?? 0) - (active.column < layout.frozen ? 0 : pane.current.scrollLeft);
    setMenu({ x: left + 8, y: of === "column" ? box.top + HEAD_HEIGHT : box.top + HEAD_HEIGHT + (lines.lineOf(active.row) + 1) * rowHeight - pane.current.scrollTop, of });
  };
  const setLooks: { readonly [action in LookAction]: () => void } = {
    hide: () => setLook({ hidden: [...look.hidden, ...table.columns.slice(range.from.column, range.to.column + 1).map(columnName)] }),
    showAll: () => setLook({ hidden: [] }),
    freeze: () => setLook({ frozen: active.column + 1 }),
    unfreeze: () => setLook({ frozen: 0 }),
    wrap: () => setLook({ wrap: !look.wrap }),
    fit: () => setLook({ widths: {} }),
    column: () => openColumn(active.column),
  };
  const offered: readonly LookAction[] = ["column", "hide", ...(look.hidden.length > 0 ? (["showAll"] as const) : []), "freeze", ...(look.frozen > 0 ? (["unfreeze"] as const) : []), "wrap", "fit"];
  const head = table.columns[active.column];
  const place = (cell: CellAt): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } => ({
    left: (layout.lefts[cell.column] ?? 0) + (cell.column < layout.frozen ? pane.current?.scrollLeft ?? 0 : 0), top: lines.lineOf(cell.row) * rowHeight + HEAD_HEIGHT,
    width: layout.widths[cell.column] ?? WIDTH.least, height: rowHeight,
  });
  /** Ends the editor unless the event is in it; true when it ended. */
  const leaveEditor = (target: EventTarget): boolean => {
    if (target instanceof Element && target.closest(".cell-editor") !== null) return false;
    const before = commits.current;
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    return commits.current !== before;
  };
  /** A menu is about what is selected; opened elsewhere, about the cell it is opened at. */
  const selectFor = (target: EventTarget): void => {
    const [row, column] = (target instanceof Element ? target.closest("[role=gridcell]")?.id : undefined)?.split("-").slice(-2).map(Number) ?? [];
    if (row !== undefined && column !== undefined && Number.isInteger(row) && !allRanges(selection).some((one) => isInside({ row, column }, one))) setChosen(selectCell({ row, column }));
  };
  const closeMenu = (): void => {
    setMenu(null);
    focusGrid();
  };
  return (
    <>
      <FormulaBar table={table} active={active} text={textAt(active)} mark={head === undefined ? undefined : marks.get(active.row)?.cells.get(columnName(head)) ?? marks.get(active.row)?.row ?? undefined} range={range} hidden={look.hidden.length} showHidden={setLooks.showAll} />
      <div
        ref={pane} className="cells" tabIndex={-1} onKeyDown={onKeyDown} onCopy={(event) => editing === null && onCopy(event)} onCut={(event) => editing === null && onCopy(event)} onPaste={(event) => editing === null && onPaste(event)}
        onPointerDown={(event) => {
          // Going elsewhere writes what is typed; what does not fit stays where it is.
          if (editing !== null && !leaveEditor(event.target)) return;
          onPointerDown(event);
          focusGrid();
        }}
        onDoubleClick={(event) => {
          if (!(event.target instanceof Element)) return;
          if (event.target.closest("[data-resize]") !== null) setLook({ widths: Object.fromEntries(Object.entries(look.widths).filter(([name]) => head === undefined || name !== columnName(head))) });
          else if (event.target.closest("[role=gridcell]") !== null) setEditing({ text: textAt(active), begun: false });
          else if (event.target.closest("[data-column]") !== null) openColumn(active.column);
        }}
        onContextMenu={(event) => {
          event.preventDefault();
          selectFor(event.target);
          setMenu({ x: event.clientX, y: event.clientY, of: event.target instanceof Element && event.target.closest("[data-column]") !== null ? "column" : "cells" });
        }}
      >
        <div
          ref={inner} className="cells-inner" role="grid" tabIndex={0} aria-label={words.table(table.title)} aria-rowcount={lines.count + 1} aria-colcount={size.columns + (hits === null ? 1 : 2)} aria-multiselectable="true"
          aria-activedescendant={size.rows === 0 ? undefined : `${id}-${active.row}-${active.column}`} style={{ height: (lines.count + (table.otherwise === undefined ? 0 : 1)) * rowHeight + HEAD_HEIGHT, width: layout.total }}
        >
          <ColumnHeads
            table={table} layout={layout} span={view.columns} firstOut={firstOutput(table)} tested={hits !== null}
            chosen={range.from.row === 0 && range.to.row === size.rows - 1 ? { from: range.from.column, to: range.to.column + 1 } : { from: 0, to: 0 }}
            openMenu={(column) => {
              setChosen({ anchor: { row: 0, column }, active: { row: size.rows - 1, column }, others: [] });
              const box = pane.current?.getBoundingClientRect();
              setMenu({ x: (box?.left ?? 0) + (layout.lefts[column] ?? 0) - (column < layout.frozen ? 0 : pane.current?.scrollLeft ?? 0), y: (box?.top ?? 0) + HEAD_HEIGHT, of: "column" });
            }}
          />
          <CellLines gridId={id} table={table} layout={layout} lines={lines} view={view} rowHeight={rowHeight} wrap={look.wrap} selection={selection} marks={marks} lit={lit} hits={hits} findings={findings} addGapRow={addGapRow} openOtherwise={() => select("/otherwise")} drag={drag} />
        </div>
        {editing === null || head === undefined ? null : (
          <CellEditor key={`${active.row} ${active.column}`} column={head} {...editing} offered={choicesOf(table, head, currentFiles())} place={place(active)} commit={commit} cancel={() => {
            setEditing(null);
            focusGrid();
          }} />
        )}
        {size.rows > 0 ? null : <p className="muted pad">{words.noRows}</p>}
      </div>
      <p className="hidden" role="status">{said}</p>
      {menu === null ? null : <GridMenu at={menu} of={menu.of} looks={offered} close={closeMenu} act={(action) => { closeMenu(); act(action); }} look={(action) => { closeMenu(); setLooks[action](); }} />}
      {rejected === null ? null : <RejectedCells result={rejected} table={table} paste={() => edit(rejected.table, words.pasteSome(rejected.rejected.length))} close={() => setRejected(null)} />}
    </>
  );
}
