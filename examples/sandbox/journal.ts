import { existsSync, readFileSync, truncateSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import type { JsonObject } from "../../engine/support/json.ts";
import type { PlannedMessage } from "./message-sender.ts";
import type { Outcome } from "./command-store.ts";

/** One request for an action, whatever became of it. `effect` is what tests count. */
export interface RequestEntry {
  readonly kind: "request";
  readonly at: string;
  readonly system: string;
  readonly action: string;
  readonly key: string;
  readonly commandId: string | null;
  readonly attempt: number | null;
  readonly orderId: string | null;
  readonly itemId: string | null;
  readonly effect: boolean;
  readonly fault: string | null;
  readonly request: JsonObject;
  /** What status queries will tell; null when nothing was taken on. */
  readonly settled: { readonly outcome: Outcome; readonly requestHash: string; readonly at: string; readonly visibleAt: string; readonly effects: number } | null;
  /** What will be sent later. */
  readonly messages: readonly PlannedMessage[];
}

/** One question about a command. */
export interface QueryEntry {
  readonly kind: "query";
  readonly at: string;
  readonly system: string;
  readonly key: string;
  readonly fault: string | null;
  readonly answer: string;
}

/** A message that was delivered or given up. */
export interface MessageEntry {
  readonly kind: "message";
  readonly at: string;
  readonly system: string;
  readonly key: string;
  readonly messageId: string;
  readonly label: string;
  readonly deliveries: number;
  /** Status of the last answer; null when there was none. */
  readonly status: number | null;
}

export type JournalEntry = RequestEntry | QueryEntry | MessageEntry;

/** The sandbox's own witness: what it was asked and what it did, in order. */
export interface Journal {
  /** Resolves when the line is on the disk; several waiting lines share one fsync. */
  readonly append: (entry: JournalEntry) => Promise<void>;
  readonly entries: () => readonly JournalEntry[];
  readonly close: () => Promise<void>;
}

/** Opens a journal of JSON lines and reads what it holds; without a path it lives in memory. A torn last line is cut off. */
export function openJournal(path: string | undefined): Journal {
  const entries: JournalEntry[] = path === undefined ? [] : readEntries(path);
  if (path === undefined) {
    return { append: (entry) => Promise.resolve(void entries.push(entry)), entries: () => entries, close: () => Promise.resolve() };
  }

  let waiting: { line: string; done: () => void; failed: (error: unknown) => void }[] = [];
  let writing: Promise<void> | null = null;
  let handle: FileHandle | null = null;

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        handle ??= await open(path as string, "a");
        await handle.appendFile(batch.map((each) => each.line).join(""));
        await handle.datasync();
        for (const each of batch) each.done();
      } catch (error) {
        for (const each of batch) each.failed(error);
      }
    }
    writing = null;
  }

  return {
    append: (entry) =>
      new Promise((done, failed) => {
        entries.push(entry);
        waiting.push({ line: `${JSON.stringify(entry)}\n`, done, failed });
        writing ??= write();
      }),
    entries: () => entries,
    async close() {
      await writing;
      await handle?.close();
      handle = null;
    },
  };
}

function readEntries(path: string): JournalEntry[] {
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf("\n") + 1;
  if (end < bytes.length) truncateSync(path, end);
  return bytes.subarray(0, end).toString("utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as JournalEntry);
}
