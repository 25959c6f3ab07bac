import type { JournalEntry, OrderEvent } from "../../engine/order/events.ts";
import type { OrderView } from "../../server/api/order-view.ts";
import { readable, words } from "../look/format.ts";
import { operate as texts } from "../strings/operate.ts";
import { stepName, type Titles } from "./names.ts";
import { Instant } from "../look/parts.tsx";

/** Rows shown at once; the rest is a request away. */
const SHOWN = 200;

interface HistoryProps {
  readonly view: OrderView;
  /** Null when the reader may see the order but not its history. */
  readonly entries: readonly JournalEntry[] | null;
  readonly titles: Titles;
}

/** What happened, newest first: every event of the journal under its own name. */
export function History({ view, entries }: HistoryProps) {
  if (entries === null) {
    return (
      <section className="card" aria-labelledby="history">
        <h2 id="history">{texts.history}</h2>
        <p className="muted">{texts.historyNotForYou}</p>
      </section>
    );
  }
  const events = entries.flatMap(({ firstVersion, events: list }) => list.map((event, position) => ({ version: firstVersion + position, event }))).toReversed();
  return (
    <section className="card" aria-labelledby="history">
      <h2 id="history">
        {texts.history} <span className="count">{events.length}</span>
      </h2>
      <ol className="history" tabIndex={0} aria-labelledby="history">
        {events.slice(0, SHOWN).map(({ version, event }) => (
          <li key={version}>
            <span className="muted">
              <Instant at={event.at} />
            </span>
            <span>
              {words(event.type)}
              {subjectOf(event, view)}
            </span>
          </li>
        ))}
      </ol>
      {events.length > SHOWN ? (
        <p className="muted">
          {texts.newest(SHOWN)} <a href={`/api/orders/${encodeURIComponent(view.productOrderId)}/history`}>{texts.allEvents}</a>
        </p>
      ) : null}
    </section>
  );
}

/** Whom an event is about, and what it says beyond its name. */
function subjectOf(event: OrderEvent, view: OrderView): string {
  const parts: string[] = [];
  if ("taskId" in event) {
    const step = view.steps.find(({ taskId }) => taskId === event.taskId);
    if (step !== undefined) parts.push(stepName(step, view.steps));
  }
  if ("milestoneId" in event) parts.push(view.milestones.find(({ id }) => id === event.milestoneId)?.title ?? event.milestoneId);
  if (event.type === "CustomerStatusChanged") parts.push(words(event.status));
  if ("attempt" in event && event.attempt > 1) parts.push(texts.attempt(event.attempt));
  if ("failure" in event) parts.push(`${event.failure.message} (${event.failure.code})`);
  if ("found" in event) parts.push(words(event.found));
  if ("reason" in event) parts.push(event.reason);
  else if ("cause" in event) parts.push(words(event.cause));
  if (event.type === "FalloutCaseOpened") parts.push(event.case.reason);
  return parts.length === 0 ? "" : `: ${readable(parts.join(", "))}`;
}
