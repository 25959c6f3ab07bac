import type { JsonObject } from "../../engine/support/json.ts";
import type { JournalEntry } from "./journal.ts";

/** How a command ended, in the words of the wire contract. */
export type Outcome =
  | { readonly status: "succeeded"; readonly result: JsonObject }
  | { readonly status: "failed"; readonly failure: { readonly code: string; readonly message: string; readonly effect?: "PARTIAL" } };

/** What a system remembers about a command. */
export interface StoredCommand {
  readonly outcome: Outcome;
  readonly requestHash: string;
  /** Until then it is in progress. */
  readonly settledAtMs: number;
  /** Until then status queries do not find it. */
  readonly visibleAtMs: number;
  /** Effects it has had. */
  readonly effects: number;
}

export interface CommandStore {
  readonly get: (system: string, key: string) => StoredCommand | undefined;
  readonly set: (system: string, key: string, command: StoredCommand) => void;
}

/** The memory of all systems, refilled from the journal after a restart. */
export function createCommandStore(entries: readonly JournalEntry[]): CommandStore {
  const commands = new Map<string, StoredCommand>();
  const id = (system: string, key: string): string => `${system}\n${key}`;
  for (const entry of entries) {
    if (entry.kind !== "request" || entry.settled === null) continue;
    const { outcome, requestHash, at, visibleAt, effects } = entry.settled;
    commands.set(id(entry.system, entry.key), { outcome, requestHash, effects, settledAtMs: Date.parse(at), visibleAtMs: Date.parse(visibleAt) });
  }
  return {
    get: (system, key) => commands.get(id(system, key)),
    set: (system, key, command) => commands.set(id(system, key), command),
  };
}
