import { useMemo, useState } from "react";
import type { JournalEntry } from "../../engine/order/events.ts";
import { outcomeOf } from "../../engine/order/machines.ts";
import type { Order } from "../../engine/order/order.ts";
import type { ScriptLine } from "../../engine/simulate/script.ts";
import { formatDay, formatFull, formatTime } from "../look/format.ts";
import { humanMs } from "../look/human-duration.ts";
import { TASK_LOOKS } from "../look/state-look.ts";
import { simulate as words } from "../strings/simulate.ts";
import { change, useRun } from "./run-state.ts";
import { titleOf } from "./standings.ts";
import { taskSpans, type Stretch } from "./task-spans.ts";
import { stepScale, timeScale, type TimeScale } from "./time-scale.ts";

interface TimelineProps {
  readonly order: Order;
  readonly journal: readonly JournalEntry[];
  /** Entries shown; later ones are not there yet. */
  readonly step: number;
  readonly selected: string | null;
  readonly select: (taskId: string) => void;
}

/** Who worked when, by the virtual clock with idle time compressed, or entry by entry. */
export function Timeline({ order, journal, step, selected, select }: TimelineProps) {
  const shown = useMemo(() => journal.slice(0, step), [journal, step]);
  const script = useRun(({ script }) => script);
  const usual = script.some((line) => "pace" in line);
  const idle = useMemo(() => takesNoTime(journal), [journal]);
  const [chosen, setBy] = useState<"time" | "steps" | null>(null);
  const by = chosen ?? (idle ? "steps" : "time");
  const now = shown.at(-1)?.at ?? order.acceptedAt;
  const spans = useMemo(() => taskSpans(shown), [shown]);
  const scale = useMemo(() => (by === "time" ? timeScale([order.acceptedAt, now, ...turnsOf(spans)]) : stepScale(shown.map(({ at }) => at))), [by, shown, spans, order.acceptedAt, now]);
  const rows = [...spans].flatMap(([id, stretches]) => {
    const position = order.tasks.findIndex((task) => task.id === id);
    const planned = order.plan?.graph.tasks[position];
    const task = order.tasks[position];
    return planned === undefined || task === undefined ? [] : [{ id, planned, task, stretches }];
  });
  return (
    <section className="timeline" aria-label={words.timeline}>
      <header className="pane-head">
        {words.timeline} <span className="count">{words.started(rows.length, order.tasks.length)}</span>
        <span className="segmented small push" role="group" aria-label={words.pace}>
          {(["none", "usual"] as const).map((choice) => (
            <button key={choice} type="button" aria-pressed={usual === (choice === "usual")} title={words.paceHint[choice]} onClick={() => void change(withPace(script, choice === "usual"))}>
              {words.paceOf[choice]}
            </button>
          ))}
        </span>
        <span className="segmented small" role="group" aria-label={words.scale}>
          {(["time", "steps"] as const).map((way) => (
            <button key={way} type="button" aria-pressed={by === way} onClick={() => setBy(way)}>
              {words.by[way]}
            </button>
          ))}
        </span>
      </header>
      <Axis scale={scale} />
      <ol className="timeline-rows">
        {rows.map(({ id, planned, task, stretches }) => (
          <li key={id} className={selected === id ? "selected" : ""}>
            <button type="button" className="timeline-row" onClick={() => select(id)}>
              <span className="trunc">{titleOf(planned)}</span>
              <span className="timeline-bars" role="img" aria-label={spoken(stretches, now)}>
                {stretches.map((stretch) => <Bar key={stretch.fromStep + stretch.state} stretch={stretch} scale={scale} now={now} step={step} done={outcomeOf(task.state) === "SUCCESS"} />)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function withPace(script: readonly ScriptLine[], usual: boolean): readonly ScriptLine[] {
  const rest = script.filter((line) => !("pace" in line));
  return usual ? [{ pace: "USUAL" }, ...rest] : rest;
}

/** The instants at which work begins, ends or turns; what else is in the log would only fill the axis. */
function turnsOf(spans: ReadonlyMap<string, readonly Stretch[]>): readonly string[] {
  return [...spans.values()].flatMap((stretches) => stretches.flatMap(({ from, to }) => (to === null ? [from] : [from, to])));
}

/** When most work takes no time, its order says more than its time. */
function takesNoTime(journal: readonly JournalEntry[]): boolean {
  const spans = [...taskSpans(journal).values()];
  return spans.filter((stretches) => stretches[0]?.from === stretches.at(-1)?.to).length > spans.length / 2;
}

function spoken(stretches: readonly Stretch[], now: string): string {
  return stretches.map(({ state, from, to }) => `${TASK_LOOKS[state].word}: ${formatTime(from)} – ${formatTime(to ?? now)}`).join("; ");
}

/** Labels further right than this stand left of their tick, or they would be cut off. */
const LAST_TICK = 88;

function Axis({ scale }: { readonly scale: TimeScale }) {
  return (
    <div className="timeline-axis" aria-hidden="true">
      <div>
        {scale.ticks.map(({ at, place, gapMs }, index) => (
          <span key={`${at}${place}`} style={{ left: `${place}%` }} title={gapMs === null ? formatFull(at) : words.afterGap(formatFull(at), humanMs(gapMs))} className={`${gapMs === null ? "" : "gap"}${place > LAST_TICK ? " end" : ""}`}>
            {formatDay(at) === formatDay(scale.ticks[index - 1]?.at ?? scale.ticks[0]?.at ?? at) ? formatTime(at) : `${formatDay(at)}, ${formatTime(at)}`}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Work that is over and went well is done in all its stretches; what went wrong on the way stays visible. */
function Bar({ stretch: { state, from, fromStep, to, toStep }, scale, now, step, done }: { readonly stretch: Stretch; readonly scale: TimeScale; readonly now: string; readonly step: number; readonly done: boolean }) {
  const { family, word } = TASK_LOOKS[state];
  const left = scale.place(from, fromStep);
  const width = scale.place(to ?? now, toStep ?? step) - left;
  const calm = family === "active" && done;
  return <i className={`bar-${state === "WAITING" && !calm ? "striped" : "solid"} f-${calm ? "done" : family}`} style={{ left: `${left}%`, width: `max(${width}%, 4px)` }} title={`${word} ${formatTime(from)} – ${formatTime(to ?? now)}`} />;
}
