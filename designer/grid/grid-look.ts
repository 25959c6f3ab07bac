import { useState } from "react";
import { isJsonObject } from "../../engine/support/json.ts";

/** How one person looks at a table. No part of the definition: it stays in this browser. */
export interface GridLook {
  /** Widths that were dragged, by column name. */
  readonly widths: { readonly [column: string]: number };
  readonly hidden: readonly string[];
  /** So many columns at the left stay in view while scrolling. */
  readonly frozen: number;
  /** Long texts take several lines. */
  readonly wrap: boolean;
}

export const PLAIN_LOOK: GridLook = { widths: {}, hidden: [], frozen: 0, wrap: false };

/** The look of the table in a file, remembered. */
export function useGridLook(path: string): readonly [GridLook, (change: Partial<GridLook>) => void] {
  const key = `orderloom-grid:${path}`;
  const [look, setLook] = useState(() => readLook(localStorage.getItem(key)));
  const change = (part: Partial<GridLook>): void => {
    const next = { ...look, ...part };
    setLook(next);
    localStorage.setItem(key, JSON.stringify(next));
  };
  return [look, change];
}

/** A kept look; the plain one where nothing usable was kept. */
export function readLook(kept: string | null): GridLook {
  if (kept === null) return PLAIN_LOOK;
  try {
    const read: unknown = JSON.parse(kept);
    return isJsonObject(read) ? { ...PLAIN_LOOK, ...read } : PLAIN_LOOK;
  } catch {
    return PLAIN_LOOK;
  }
}
