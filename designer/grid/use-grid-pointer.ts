import { useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";
import { columnAt, HEAD_HEIGHT, NUMBER_WIDTH, WIDTH, type ColumnLayout } from "./column-layout.ts";
import type { Lines } from "./display-rows.ts";
import { isInside, type CellAt, type Range } from "./grid-model.ts";
import { mainRange, selectCell, type Selection } from "./selection.ts";

/** What is being dragged, and where it would go. */
export type Drag =
  | { readonly kind: "cells" | "rows" | "columns" }
  | { readonly kind: "fill"; readonly target: Range }
  | { readonly kind: "moveRows" | "moveColumns"; readonly target: number }
  | { readonly kind: "resize"; readonly column: number; readonly from: number; readonly width: number };

interface GridPointer {
  readonly pane: RefObject<HTMLElement | null>;
  readonly layout: ColumnLayout;
  readonly lines: Lines;
  readonly rowHeight: number;
  readonly size: { readonly rows: number; readonly columns: number };
  readonly selection: Selection;
  readonly setSelection: (selection: Selection) => void;
  readonly fill: (source: Range, target: Range) => void;
  readonly moveRows: (range: Range, target: number) => void;
  readonly moveColumns: (range: Range, target: number) => void;
  readonly resize: (column: number, width: number) => void;
}

/** Selecting, filling, moving and resizing with the mouse. Each has its key or menu entry as well. */
export function useGridPointer(pointer: GridPointer): { readonly drag: Drag | null; readonly onPointerDown: (event: PointerEvent) => void } {
  const [drag, setDrag] = useState<Drag | null>(null);
  const latest = useRef({ ...pointer, drag });
  latest.current = { ...pointer, drag };
  const dragging = drag !== null;
  useEffect(() => {
    if (!dragging) return;
    const move = (event: globalThis.PointerEvent): void => {
      const now = latest.current;
      if (now.drag === null) return;
      const cell = cellAt(now, event);
      const { rows, columns } = now.size;
      switch (now.drag.kind) {
        case "cells": return now.setSelection({ ...now.selection, active: cell });
        case "rows": return now.setSelection({ ...now.selection, active: { row: cell.row, column: columns - 1 } });
        case "columns": return now.setSelection({ ...now.selection, active: { row: rows - 1, column: cell.column } });
        case "fill": return setDrag({ kind: "fill", target: fillTarget(mainRange(now.selection), cell) });
        case "moveRows": return setDrag({ kind: "moveRows", target: cell.row + (isSecondHalf(now, event, cell, "row") ? 1 : 0) });
        case "moveColumns": return setDrag({ kind: "moveColumns", target: cell.column + (isSecondHalf(now, event, cell, "column") ? 1 : 0) });
        case "resize": return now.resize(now.drag.column, Math.max(WIDTH.least / 2, now.drag.width + event.clientX - now.drag.from));
      }
    };
    const end = (): void => {
      const { drag: done, selection, fill, moveRows, moveColumns } = latest.current;
      setDrag(null);
      if (done?.kind === "fill") fill(mainRange(selection), done.target);
      else if (done?.kind === "moveRows") moveRows(mainRange(selection), done.target);
      else if (done?.kind === "moveColumns") moveColumns(mainRange(selection), done.target);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
    return () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
    };
  }, [dragging]);

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const { selection, setSelection, size, layout } = pointer;
    const range = mainRange(selection);
    const { target } = event;
    const part = (name: "resize" | "fill" | "column" | "row"): HTMLElement | null => target.closest<HTMLElement>(`[data-${name}]`);
    const [resizer, head, number] = [part("resize"), part("column"), part("row")];
    if (resizer !== null) {
      const column = Number(resizer.dataset["resize"]);
      return setDrag({ kind: "resize", column, from: event.clientX, width: layout.widths[column] ?? WIDTH.least });
    }
    if (part("fill") !== null) return setDrag({ kind: "fill", target: range });
    if (head !== null) {
      const column = Number(head.dataset["column"]);
      if (isWhole(range, size, "column") && column >= range.from.column && column <= range.to.column && !event.shiftKey) return setDrag({ kind: "moveColumns", target: column });
      const from = event.shiftKey ? selection.anchor.column : column;
      setSelection({ anchor: { row: 0, column: from }, active: { row: size.rows - 1, column }, others: event.ctrlKey || event.metaKey ? [...selection.others, range] : [] });
      return setDrag({ kind: "columns" });
    }
    if (number !== null) {
      const row = Number(number.dataset["row"]);
      if (isWhole(range, size, "row") && row >= range.from.row && row <= range.to.row && !event.shiftKey) return setDrag({ kind: "moveRows", target: row });
      const from = event.shiftKey ? selection.anchor.row : row;
      setSelection({ anchor: { row: from, column: 0 }, active: { row, column: size.columns - 1 }, others: event.ctrlKey || event.metaKey ? [...selection.others, range] : [] });
      return setDrag({ kind: "rows" });
    }
    if (target.closest("[role=gridcell]") === null) return;
    const cell = cellAt(pointer, event);
    if (event.shiftKey) setSelection({ ...selection, active: cell });
    else if (event.ctrlKey || event.metaKey) setSelection({ anchor: cell, active: cell, others: [...selection.others, range] });
    else setSelection(selectCell(cell));
    setDrag({ kind: "cells" });
  };
  return { drag, onPointerDown };
}

type Geometry = Pick<GridPointer, "pane" | "layout" | "lines" | "rowHeight" | "size">;

/** The cell under a point, the nearest one for a point beside the cells. */
function cellAt({ pane, layout, lines, rowHeight, size }: Geometry, { clientX, clientY }: { readonly clientX: number; readonly clientY: number }): CellAt {
  const box = pane.current?.getBoundingClientRect();
  const [left, top] = [clientX - (box?.left ?? 0), clientY - (box?.top ?? 0) + (pane.current?.scrollTop ?? 0) - HEAD_HEIGHT];
  return { row: Math.min(size.rows - 1, lines.rowAt(Math.floor(top / rowHeight))), column: columnAt(layout, Math.max(left, NUMBER_WIDTH), pane.current?.scrollLeft ?? 0) };
}

function isSecondHalf(geometry: Geometry, event: { readonly clientX: number; readonly clientY: number }, cell: CellAt, along: "row" | "column"): boolean {
  const before = cellAt(geometry, along === "row" ? { ...event, clientX: event.clientX, clientY: event.clientY + geometry.rowHeight / 2 } : { clientY: event.clientY, clientX: event.clientX + (geometry.layout.widths[cell.column] ?? 0) / 2 });
  return before[along] > cell[along] || (before[along] === (along === "row" ? geometry.size.rows : geometry.size.columns) - 1 && cell[along] === before[along]);
}

/** Filling goes down or right, wherever the pointer is farther away. */
function fillTarget(source: Range, cell: CellAt): Range {
  if (isInside(cell, source)) return source;
  const [down, right] = [cell.row - source.to.row, cell.column - source.to.column];
  const [up, left] = [source.from.row - cell.row, source.from.column - cell.column];
  if (Math.max(down, up) >= Math.max(right, left)) return { from: { ...source.from, row: Math.min(source.from.row, cell.row) }, to: { ...source.to, row: Math.max(source.to.row, cell.row) } };
  return { from: { ...source.from, column: Math.min(source.from.column, cell.column) }, to: { ...source.to, column: Math.max(source.to.column, cell.column) } };
}

function isWhole({ from, to }: Range, { rows, columns }: GridPointer["size"], side: "row" | "column"): boolean {
  return side === "row" ? from.column === 0 && to.column === columns - 1 : from.row === 0 && to.row === rows - 1;
}
