import { useEffect, useRef, useState, type MouseEvent } from "react";
import type { Box } from "./pick-tasks.ts";

/** Less than this, in pixels, is a click and no drag. */
const DRAG_MIN = 4;

/** Dragging over the empty canvas with Shift: the rectangle in pixels of the window while it lasts, and what is to be told once it ends. */
export function useMarquee(done: (box: Box) => void): { readonly box: Box | null; readonly onMouseDownCapture: (event: MouseEvent) => void } {
  const [box, setBox] = useState<Box | null>(null);
  const latest = useRef({ box, done });
  latest.current = { box, done };
  const dragging = box !== null;
  useEffect(() => {
    if (!dragging) return;
    const move = ({ clientX: x, clientY: y }: globalThis.MouseEvent): void => setBox((before) => (before === null ? null : { from: before.from, to: { x, y } }));
    const end = (): void => {
      const { box: last, done: tell } = latest.current;
      setBox(null);
      if (last !== null && Math.abs(last.to.x - last.from.x) + Math.abs(last.to.y - last.from.y) >= DRAG_MIN) tell(last);
    };
    window.addEventListener("mousemove", move);
    window.addEventListener("mouseup", end);
    return () => {
      window.removeEventListener("mousemove", move);
      window.removeEventListener("mouseup", end);
    };
  }, [dragging]);
  const onMouseDownCapture = (event: MouseEvent): void => {
    if (!event.shiftKey || event.button !== 0 || !(event.target instanceof Element) || !event.target.matches(".react-flow__pane")) return;
    // Otherwise the same drag would move the plan and mark text.
    event.stopPropagation();
    event.preventDefault();
    const start = { x: event.clientX, y: event.clientY };
    setBox({ from: start, to: start });
  };
  return { box, onMouseDownCapture };
}
