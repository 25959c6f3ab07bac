import { useLayoutEffect, useState, type RefObject } from "react";

/** Lines of a list: from the first to before the last. */
export interface LinesInView {
  readonly from: number;
  readonly to: number;
}

/** So many lines more at both ends, so that scrolling does not show an empty edge. */
const MORE = 10;
/** Shown before the height of the list is known. */
const AT_FIRST = 40;

/** Which lines of equal height are in view of a list that scrolls; changes only when others come into view. */
export function useLinesInView(list: RefObject<HTMLElement | null>, lineHeight: number, count: number): LinesInView {
  const [view, setView] = useState<LinesInView>({ from: 0, to: Math.min(count, AT_FIRST) });
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const look = (): void => {
      const from = Math.max(0, Math.floor(element.scrollTop / lineHeight) - MORE);
      const to = Math.min(count, Math.ceil((element.scrollTop + element.clientHeight) / lineHeight) + MORE);
      setView((before) => (before.from === from && before.to === to ? before : { from, to }));
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      sizes.disconnect();
    };
  }, [list, lineHeight, count]);
  return view;
}

/** Scrolls a list as little as it takes to show one of its lines. */
export function scrollToLine(list: HTMLElement, lineHeight: number, line: number): void {
  const [top, bottom] = [line * lineHeight, (line + 1) * lineHeight];
  if (top < list.scrollTop) list.scrollTop = top;
  else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
}
