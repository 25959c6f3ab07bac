import type { JournalEntry, OrderEvent } from "../../engine/order/events.ts";
import { formatDay, formatFull, formatTime, readable, words as inWords } from "../look/format.ts";
import { simulate as words } from "../strings/simulate.ts";
import type { Look, RunAnswer } from "../worker/simulation-service.ts";
import { titleOf } from "./standings.ts";

interface EventListProps {
  readonly look: Look;
  readonly journal: readonly JournalEntry[];
  readonly step: number;
  readonly goTo: (step: number) => void;
  readonly rejections: Extract<RunAnswer, { ok: true }>["rejections"];
}

/** The event log, the newest first, by day; a click goes to where the order stood then. */
export function EventList({ journal, step, goTo, look: { order }, rejections }: EventListProps) {
  const rows = journal.slice(0, step).flatMap((entry, index) => entry.events.map((event, position) => ({ id: entry.firstVersion + position, step: index + 1, event }))).toReversed();
  const now = journal[step - 1]?.at ?? "";
  const refused = rejections.filter(({ at }) => at <= now);
  return (
    <section className="events" aria-label={words.events}>
      <header className="pane-head">
        {words.events} <span className="count">{rows.length}</span>
      </header>
      {refused.map(({ at, code, message }) => (
        <p key={`${at}${code}`} className="refused f-failed">
          {words.refused} {formatTime(at)}: {readable(message)} <span className="mono">{code}</span>
        </p>
      ))}
      {rows.length === 0 ? <p className="muted pad">{words.noEvents}</p> : null}
      <ol>
        {rows.map(({ id, step: at, event }, index) => {
          const day = formatDay(event.at);
          return (
            <li key={id} className={at === step ? "now" : ""}>
              {index === 0 || day !== formatDay(rows[index - 1]?.event.at ?? "") ? <p className="event-day">{day}</p> : null}
              <button type="button" onClick={() => goTo(at)} title={formatFull(event.at)}>
                <span className="meta nowrap">{formatTime(event.at)}</span>
                <span className="event-what">
                  <span className="trunc">{inWords(event.type)}</span>
                  <span className="event-about">
                    <span className="trunc text-2">{subject(event, order)}</span>
                    <span className="mono muted">{event.type}</span>
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function subject(event: OrderEvent, order: Look["order"]): string {
  if ("taskId" in event) {
    const planned = order.plan?.graph.tasks.find(({ id }) => id === event.taskId);
    return planned === undefined ? "" : titleOf(planned);
  }
  if ("milestoneId" in event) return order.plan?.graph.milestones.find(({ id }) => id === event.milestoneId)?.title ?? event.milestoneId;
  return "itemId" in event ? `${words.item} ${event.itemId ?? ""}` : "";
}
