import { useMemo } from "react";
import type { JournalEntry } from "../../engine/order/events.ts";
import type { Order } from "../../engine/order/order.ts";
import { formatInstant } from "../look/format.ts";
import { TASK_LOOKS } from "../look/state-look.ts";
import { simulate as words } from "../strings/simulate.ts";

interface TimelineProps {
  readonly order: Order;
  readonly journal: readonly JournalEntry[];
  /** Entries shown; later ones are not there yet. */
  readonly step: number;
  readonly selected: string | null;
  readonly select: (taskId: string) => void;
}

/** Who worked when. Idle time is compressed: what took days stands beside what took seconds. */
export function Timeline({ order, journal, step, selected, select }: TimelineProps) {
  const shown = journal.slice(0, step);
  const scale = useMemo(() => timeScale(journal.slice(0, step).map(({ at }) => at)), [journal, step]);
  const now = shown.at(-1)?.at ?? order.acceptedAt;
  const planned = order.plan?.graph.tasks ?? [];
  const rows = order.tasks.flatMap((task, position) => {
    const plan = planned[position];
    return plan === undefined || task.startedAt === null ? [] : [{ task, plan, startedAt: task.startedAt, end: task.finishedAt ?? now }];
  }).toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0));
  return (
    <section className="timeline" aria-label={words.timeline}>
      <header className="pane-head">
        {words.timeline} <span className="count">{words.started(rows.length, order.tasks.length)}</span>
        <span className="push meta">{formatInstant(now)}</span>
      </header>
      <ol className="timeline-rows">
        {rows.map(({ task, plan, startedAt, end }) => {
          const left = scale(startedAt);
          const width = Math.max(scale(end) - left, 0.6);
          return (
            <li key={task.id} className={selected === task.id ? "selected" : ""}>
              <button type="button" className="timeline-row" onClick={() => select(task.id)}>
                <span className="trunc">{plan.title}</span>
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label={`${formatInstant(startedAt)} – ${formatInstant(end)}`}>
                  <rect x={left} y="1" width={width} height="8" rx="0.4" className={`f-${TASK_LOOKS[task.state].family}${task.finishedAt === null ? " open" : ""}`} />
                </svg>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** Maps instants to 0…100; a gap counts by the logarithm of its length. */
function timeScale(instants: readonly string[]): (at: string) => number {
  const stops = [...new Set(instants)].toSorted();
  const weights = [0];
  for (let index = 1; index < stops.length; index += 1) {
    const seconds = (Date.parse(stops[index] ?? "") - Date.parse(stops[index - 1] ?? "")) / 1_000;
    weights.push((weights[index - 1] ?? 0) + 1 + Math.log2(1 + seconds));
  }
  const total = weights.at(-1) ?? 0;
  return (at) => {
    const index = stops.findLastIndex((stop) => stop <= at);
    return total === 0 ? 0 : ((weights[Math.max(index, 0)] ?? 0) / total) * 100;
  };
}
