import type { JournalEntry } from "../../engine/order/events.ts";
import { describeEvent } from "./describe-event.ts";
import { formatSpan } from "./format-span.ts";
import type { OrderNames } from "./order-names.ts";
import type { Terminal } from "./terminal.ts";

/** Prints the journal as a timeline: the time since the start where it changes, a mark, what happened. */
export function printTimeline(journal: readonly JournalEntry[], names: OrderNames, startAt: string, terminal: Terminal): void {
  const start = Date.parse(startAt);
  const span = (at: string): string => formatSpan(Date.parse(at) - start);
  const lines = journal.flatMap(({ at, events }) => events.flatMap((event) => {
    const line = describeEvent(event, names, (instant) => `after ${span(instant)}`);
    return line === null ? [] : [{ ...line, since: span(at) }];
  }));
  const width = Math.max(...lines.map(({ since }) => since.length), 0);
  let last = "";
  for (const { since, mark, text, tone } of lines) {
    terminal.print(`  ${(since === last ? "" : since).padStart(width)}  ${terminal.paint(tone, `${mark} ${text}`)}`);
    last = since;
  }
}
