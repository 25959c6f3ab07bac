import { useEffect } from "react";
import { create } from "zustand";

/** A named action of the application: reachable by the palette, by its key, and by whatever button shows it. */
export interface Command {
  /** Stable name, such as `plan.add-task`. */
  readonly id: string;
  readonly title: string;
  readonly group: string;
  /** Keys as `Mod+K`, `Shift+F8`, `N`; `Mod` is Ctrl, and Command on a Mac. */
  readonly keys?: string;
  /** Works while someone types into a field; single letters never do. */
  readonly whileTyping?: boolean;
  /** The browser itself makes something of these keys, such as copying, and the page takes part in that: they are only shown. */
  readonly keysOfBrowser?: boolean;
  /** Why it cannot be done now; shown instead of doing it. */
  readonly disabled?: string | undefined;
  readonly run: () => void;
}

interface CommandState {
  /** Registered commands by owner, the latest owner last: it wins when two want the same key. */
  readonly byOwner: ReadonlyMap<symbol, readonly Command[]>;
}

export const useCommandState = create<CommandState>()(() => ({ byOwner: new Map() }));

/** All commands that can be given now; of two with the same id the latest. */
export function currentCommands({ byOwner }: CommandState): readonly Command[] {
  const byId = new Map<string, Command>();
  for (const commands of byOwner.values()) for (const command of commands) byId.set(command.id, command);
  return [...byId.values()];
}

/** Gives the command of that name, where it can be given now. */
export function giveCommand(id: string): void {
  const command = currentCommands(useCommandState.getState()).find((each) => each.id === id);
  if (command !== undefined && command.disabled === undefined) command.run();
}

/** Registers commands while a part of the page is shown. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    const owner = Symbol("commands");
    useCommandState.setState(({ byOwner }) => ({ byOwner: new Map(byOwner).set(owner, commands) }));
    return () => {
      useCommandState.setState(({ byOwner }) => ({ byOwner: new Map([...byOwner].filter(([other]) => other !== owner)) }));
    };
  }, [commands]);
}

const isMac = /mac/i.test(navigator.userAgent);

/** The keys of an event in the notation of `Command.keys`. */
function keysOf(event: KeyboardEvent): string {
  const parts = [];
  if (isMac ? event.metaKey : event.ctrlKey) parts.push("Mod");
  if (event.altKey) parts.push("Alt");
  const named = event.key.length > 1;
  const letter = /^[a-z]$/i.test(event.key);
  if (event.shiftKey && (named || letter)) parts.push("Shift");
  return [...parts, letter ? event.key.toUpperCase() : event.key].join("+");
}

/** True where keys and the clipboard belong to a text field. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select, [role=textbox]"));
}

/** Gives commands by their keys. An event somebody has handled already is left alone. */
export function listenForKeys(): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const keys = keysOf(event);
    const command = currentCommands(useCommandState.getState()).findLast((candidate) => candidate.keys === keys && candidate.keysOfBrowser !== true);
    if (command === undefined || (isTyping(event.target) && command.whileTyping !== true)) return;
    if (command.disabled !== undefined) return;
    event.preventDefault();
    command.run();
  };
  window.addEventListener("keydown", listener);
  return () => window.removeEventListener("keydown", listener);
}

/** Keys as people read them: `Ctrl K`, `⌘ K`. */
export function readableKeys(keys: string): string {
  return keys.split("+").map((key) => (key === "Mod" ? (isMac ? "⌘" : "Ctrl") : key)).join(" ");
}
