import type { JournalEntry } from "../../engine/order/events.ts";
import { canonicalJson } from "../../engine/support/canonical-json.ts";
import type { Json } from "../../engine/support/json.ts";
import type { RunRequest } from "../worker/simulation-service.ts";

/** A file of an exported run. */
export interface RunFile {
  readonly name: string;
  readonly text: string;
}

/**
 * A run as files for the command line: the order, the script, and the event log exactly as `orderloom simulate --json`
 * prints it.
 */
export function runFiles({ order, script }: RunRequest, journal: readonly JournalEntry[]): readonly RunFile[] {
  const lines = script.map((line) => `  ${JSON.stringify(line)}`);
  return [
    { name: "order.json", text: `${JSON.stringify(order, null, 2)}\n` },
    { name: "script.json", text: lines.length === 0 ? "[]\n" : `[\n${lines.join(",\n")}\n]\n` },
    { name: "events.jsonl", text: journal.map((entry) => `${canonicalJson(entry as unknown as Json)}\n`).join("") },
  ];
}

/** The command that gives the same event log, for the folder the definitions lie in. */
export function runCommand({ startAt }: RunRequest, draft: string | null): string {
  const definitions = draft === null ? "" : ` --definitions ${draft}`;
  return `orderloom simulate order.json --faults script.json --at ${startAt}${definitions} --json`;
}
