import { useStoreApi } from "@xyflow/react";
import { useLayoutEffect } from "react";

/** The part of the plan that is seen: a point of the plan stands at `point * zoom + (x, y)` of a pane of this size, in pixels. */
export interface Sight {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Calls `draw` now and once a frame while the sight changes, past React: panning a large plan must render nothing.
 * `draw` must be the same function as long as it would draw the same.
 */
export function useSight(draw: (sight: Sight) => void): void {
  const store = useStoreApi();
  useLayoutEffect(() => {
    let frame = 0;
    let last = "";
    const look = (): void => {
      frame = 0;
      const { transform: [x, y, zoom], width, height } = store.getState();
      const now = [x, y, zoom, width, height].join();
      if (now !== last) draw({ x, y, zoom, width, height });
      last = now;
    };
    look();
    const stop = store.subscribe(() => {
      if (frame === 0) frame = requestAnimationFrame(look);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [store, draw]);
}
