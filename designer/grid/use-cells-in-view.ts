import { useLayoutEffect, useState, type RefObject } from "react";
import { columnsInView, HEAD_HEIGHT, rowsInView, type ColumnLayout, type Span } from "./column-layout.ts";

/** The lines and columns that are in view. */
export interface CellsInView {
  readonly lines: Span;
  readonly columns: Span;
}

/** Follows the scroll bars; changes only when other cells come into view. */
export function useCellsInView(pane: RefObject<HTMLElement | null>, layout: ColumnLayout, rowHeight: number, count: number): CellsInView {
  const [view, setView] = useState<CellsInView>({ lines: { from: 0, to: Math.min(count, 48) }, columns: { from: layout.frozen, to: layout.lefts.length } });
  useLayoutEffect(() => {
    const element = pane.current;
    if (element === null) return;
    const look = (): void => {
      const lines = rowsInView(element.scrollTop, element.clientHeight - HEAD_HEIGHT, rowHeight, count);
      const columns = columnsInView(layout, element.scrollLeft, element.clientWidth);
      setView((before) => (sameSpan(before.lines, lines) && sameSpan(before.columns, columns) ? before : { lines, columns }));
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      sizes.disconnect();
    };
  }, [pane, layout, rowHeight, count]);
  return view;
}

function sameSpan(a: Span, b: Span): boolean {
  return a.from === b.from && a.to === b.to;
}
