/** What a key of the grid does, beside walking (`walk-cells.ts`). */
export type GridAction =
  | "edit" | "cancel" | "next" | "previous" | "down" | "up" | "menu" | "selectAll" | "selectColumn" | "selectRow"
  | "widen" | "narrow" | EditAction;

/** An action that changes the table; see `perform`. */
export type EditAction =
  | "clear" | "fillDown" | "fillRight" | "insertAbove" | "insertBelow" | "duplicateRows" | "removeRows" | "moveRowsUp" | "moveRowsDown"
  | "moveColumnsLeft" | "moveColumnsRight" | "removeColumns" | "sortUp" | "sortDown";

/** The keys of spreadsheet programs, and what they do here. */
export const GRID_KEYS: readonly (readonly [keys: string, action: GridAction])[] = [
  ["F2", "edit"], ["Escape", "cancel"], ["Tab", "next"], ["Shift+Tab", "previous"], ["Enter", "down"], ["Shift+Enter", "up"],
  ["Mod+a", "selectAll"], ["Mod+Space", "selectColumn"], ["Shift+Space", "selectRow"],
  ["Delete", "clear"], ["Backspace", "clear"], ["Mod+d", "fillDown"], ["Mod+r", "fillRight"],
  ["Mod+=", "insertAbove"], ["Mod++", "insertAbove"], ["Mod+Shift++", "insertAbove"], ["Mod+Enter", "insertBelow"], ["Mod+-", "removeRows"],
  ["Mod+Shift+d", "duplicateRows"], ["Alt+ArrowUp", "moveRowsUp"], ["Alt+ArrowDown", "moveRowsDown"],
  ["Alt+ArrowLeft", "moveColumnsLeft"], ["Alt+ArrowRight", "moveColumnsRight"],
  ["Alt+Shift+ArrowRight", "widen"], ["Alt+Shift+ArrowLeft", "narrow"], ["Shift+F10", "menu"], ["ContextMenu", "menu"],
];

const BY_KEYS = new Map(GRID_KEYS);

/** A key as it was pressed. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** What a key does; null when it means nothing here. */
export function actionOf({ key, ctrlKey, metaKey, altKey, shiftKey }: PressedKey): GridAction | null {
  const name = key === " " ? "Space" : key.length === 1 ? key.toLowerCase() : key;
  return BY_KEYS.get([ctrlKey || metaKey ? "Mod" : null, altKey ? "Alt" : null, shiftKey ? "Shift" : null, name].filter((part) => part !== null).join("+")) ?? null;
}

const ARROWS = { Up: "↑", Down: "↓", Left: "←", Right: "→" } as const;

/** The first key of an action in the notation of commands, for menus; undefined for an action without one. */
export function keysOfAction(action: GridAction): string | undefined {
  return GRID_KEYS.find(([, candidate]) => candidate === action)?.[0].replace(/\b[a-z]$/, (letter) => letter.toUpperCase()).replace(/Arrow(\w+)$/, (_, side: keyof typeof ARROWS) => ARROWS[side]);
}

/** The text that a key begins to type into a cell; null for a key that types nothing. */
export function typedBy({ key, ctrlKey, metaKey, altKey }: PressedKey): string | null {
  return key.length === 1 && !ctrlKey && !metaKey && !altKey ? key : null;
}
