import { Clock, FastForward, Pause, Play, SkipBack, StepBack, StepForward, TimerReset } from "lucide-react";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import type { JournalEntry } from "../../engine/order/events.ts";
import { msBetween } from "../../engine/support/instant.ts";
import { useCommands, type Command } from "../app/commands.ts";
import { CommandButton } from "../app/parts.tsx";
import { formatDay, formatFull, formatTime } from "../look/format.ts";
import { humanMs } from "../look/human-duration.ts";
import { simulate as words } from "../strings/simulate.ts";
import { stepAfter, stepAt } from "./interventions.ts";
import { titleOf, type OrderTask } from "./standings.ts";
import { taskSpans } from "./task-spans.ts";

const HOUR_MS = 3_600_000;

/** Entries of the log shown in a second while it plays. */
const SPEEDS = [2, 8, 32] as const;

interface RunBarProps {
  readonly journal: readonly JournalEntry[];
  readonly startAt: string;
  readonly step: number;
  readonly goTo: (step: number) => void;
  readonly selected: OrderTask | null;
  readonly children: ReactNode;
}

/** The virtual clock, and going through the run. */
export function RunBar({ journal, startAt, step, goTo, selected, children }: RunBarProps) {
  const now = journal[step - 1]?.at ?? startAt;
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>(SPEEDS[1]);
  const [playing, setPlaying] = useState(false);
  const end = journal.length;
  useEffect(() => {
    if (!playing) return undefined;
    if (step >= end) {
      setPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => goTo(step + 1), 1_000 / speed);
    return () => clearTimeout(timer);
  }, [playing, step, end, speed, goTo]);
  const commands = useRunCommands({ journal, step, now, goTo, selected, playing, setPlaying });
  return (
    <div className="bar clock">
      <Clock aria-hidden="true" />
      <b className="clock-now" title={formatFull(now)}>{words.clock(formatDay(now), formatTime(now))}</b>
      <span className="meta nowrap">{words.virtual(humanMs(msBetween(startAt, now)))}</span>
      <span className="divider" />
      <CommandButton command={commands.start} className="btn small icon"><SkipBack aria-hidden="true" /></CommandButton>
      <CommandButton command={commands.back} className="btn small icon"><StepBack aria-hidden="true" /></CommandButton>
      <CommandButton command={commands.play} className="btn small" showKeys>{playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}{commands.play.title}</CommandButton>
      <CommandButton command={commands.step} className="btn small" showKeys><StepForward aria-hidden="true" />{words.step}</CommandButton>
      <span className="segmented small" role="group" aria-label={words.speed}>
        {SPEEDS.map((choice) => (
          <button key={choice} type="button" aria-pressed={speed === choice} onClick={() => setSpeed(choice)}>
            {words.times(choice / SPEEDS[0])}
          </button>
        ))}
      </span>
      <CommandButton command={commands.timer} className="btn small"><TimerReset aria-hidden="true" />{commands.timer.title}</CommandButton>
      <CommandButton command={commands.hour} className="btn small">{words.hour}</CommandButton>
      <CommandButton command={commands.end} className="btn small icon"><FastForward aria-hidden="true" /></CommandButton>
      {commands.task.disabled === undefined ? <CommandButton command={commands.task} className="btn small trunc">{commands.task.title}</CommandButton> : null}
      <input className="input to-date" type="datetime-local" step="1" aria-label={words.toDate} title={words.toDate} value={localTime(now)} min={localTime(startAt)} onChange={(event) => goTo(stepAt(journal, new Date(event.currentTarget.value).toISOString()))} />
      {children}
    </div>
  );
}

/** An instant as fields for dates hold it: local time without zone. */
function localTime(at: string): string {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

interface CommandsOf extends Pick<RunBarProps, "journal" | "step" | "goTo" | "selected"> {
  readonly now: string;
  readonly playing: boolean;
  readonly setPlaying: (playing: boolean) => void;
}

function useRunCommands({ journal, step, now, goTo, selected, playing, setPlaying }: CommandsOf) {
  const commands = useMemo(() => {
    const later = journal.findIndex(({ at }) => at > now);
    const hour = stepAfter(journal, step, HOUR_MS);
    const group = words.group;
    const atStart = step <= 1 ? words.noEvents : undefined;
    const atEnd = step >= journal.length ? words.nothing : undefined;
    const begins = selected === null ? undefined : taskSpans(journal).get(selected.task.id)?.find(({ fromStep }) => fromStep > step)?.fromStep;
    return {
      start: { id: "simulate.start", title: words.start, group, keys: "Home", disabled: atStart, run: () => goTo(1) },
      back: { id: "simulate.back", title: words.back, group, keys: "F9", disabled: atStart, run: () => goTo(step - 1) },
      play: { id: "simulate.play", title: playing ? words.pause : words.play, group, keys: "P", disabled: playing ? undefined : atEnd, run: () => setPlaying(!playing) },
      step: { id: "simulate.step", title: words.step, group, keys: "F10", disabled: atEnd, run: () => goTo(step + 1) },
      timer: { id: "simulate.timer", title: later < 0 ? words.nextTimerNone : words.nextTimer(humanMs(msBetween(now, journal[later]?.at ?? now))), group, keys: "J", disabled: later < 0 ? words.nextTimerNone : undefined, run: () => goTo(later + 1) },
      hour: { id: "simulate.hour", title: words.hourLong, group, disabled: hour === null ? words.quietHour : undefined, run: () => goTo(hour ?? step) },
      task: { id: "simulate.run-to", title: words.runTo(selected === null ? "" : titleOf(selected.planned)), group, disabled: begins === undefined ? words.notBegun : undefined, run: () => goTo(begins ?? step) },
      end: { id: "simulate.end", title: words.end, group, keys: "End", disabled: atEnd, run: () => goTo(journal.length) },
    } satisfies { readonly [name: string]: Command };
  }, [step, journal, now, goTo, selected, playing, setPlaying]);
  useCommands(useMemo(() => Object.values(commands), [commands]));
  return commands;
}
