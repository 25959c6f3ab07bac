import type { Simulation } from "../../engine/simulate/simulate.ts";
import { describeEvent } from "./describe-event.ts";
import { describeRejection } from "./describe-rejection.ts";
import { formatSpan } from "../../engine/support/format-span.ts";
import type { OrderNames } from "./order-names.ts";
import type { Terminal } from "./terminal.ts";

/** Prints the journal as a timeline: the time since the start where it changes, a mark, what happened, and what people were refused. */
export function printTimeline({ journal, rejections }: Pick<Simulation, "journal" | "rejections">, names: OrderNames, startAt: string, terminal: Terminal): void {
  const start = Date.parse(startAt);
  const span = (at: string): string => formatSpan(Date.parse(at) - start);
  const happened = journal.flatMap(({ at, events }) => events.flatMap((event) => {
    const line = describeEvent(event, names, (instant) => `after ${span(instant)}`);
    return line === null ? [] : [{ ...line, at }];
  }));
  const refused = rejections.filter(({ input }) => "actor" in input).map(({ input, rejection }) => ({ at: input.at, ...describeRejection(input, rejection) }));
  const lines = [...happened, ...refused].map((line, position) => ({ ...line, position, since: span(line.at) })).sort((x, y) => (x.at < y.at ? -1 : x.at > y.at ? 1 : x.position - y.position));
  const width = Math.max(...lines.map(({ since }) => since.length), 0);
  let last = "";
  for (const { since, mark, text, tone } of lines) {
    terminal.print(`  ${(since === last ? "" : since).padStart(width)}  ${terminal.paint(tone, `${mark} ${text}`)}`);
    last = since;
  }
}
