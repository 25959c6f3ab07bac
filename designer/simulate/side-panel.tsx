import { Check, CircleSlash, Undo2 } from "lucide-react";
import { useState } from "react";
import type { JournalEntry, OrderEvent } from "../../engine/order/events.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";
import { formatInstant, readable } from "../look/format.ts";
import { Instant } from "../look/parts.tsx";
import { StateMark } from "../look/state-mark.tsx";
import { ORDER_LOOKS, TASK_LOOKS } from "../look/state-look.ts";
import type { Lookup } from "../plan/plan-view.ts";
import { readValue } from "../form/value-text.ts";
import { simulate as words } from "../strings/simulate.ts";
import type { Look, RunAnswer } from "../worker/simulation-service.ts";
import { answer, ask, decide, timesSent, type Answer } from "./interventions.ts";
import { change, takeBack, useRun } from "./run-state.ts";
import type { OrderTask } from "./standings.ts";

interface SidePanelProps {
  readonly look: Look;
  readonly journal: readonly JournalEntry[];
  readonly step: number;
  readonly goTo: (step: number) => void;
  readonly selected: OrderTask | null;
  readonly find: Lookup;
  readonly rejections: Extract<RunAnswer, { ok: true }>["rejections"];
}

/** Why the order, or the selected task, stands where it stands; what can be done to it now; and what has happened. */
export function SidePanel({ look, journal, step, goTo, selected, find, rejections }: SidePanelProps) {
  const before = useRun(({ before }) => before);
  return (
    <aside className="pane right side">
      <div className="side-body" role="group" aria-label={words.standing} tabIndex={0}>
        {selected === null ? <OrderWhy look={look} /> : <TaskWhy look={look} selected={selected} />}
        {selected === null ? <OrderActs look={look} /> : <TaskActs look={look} journal={journal.slice(0, step)} selected={selected} find={find} />}
        {before.length === 0 ? null : (
          <section>
            <p className="line">
              <span>{words.changes(before.length)}</span>
              <button type="button" className="btn small push" onClick={() => void takeBack()}>
                <Undo2 aria-hidden="true" />
                {words.undoChange}
              </button>
            </p>
          </section>
        )}
        <Reached look={look} />
      </div>
      <Events journal={journal} step={step} goTo={goTo} look={look} rejections={rejections} />
    </aside>
  );
}

function OrderWhy({ look: { order, explanation } }: { readonly look: Look }) {
  return (
    <section>
      <h2>{words.order}</h2>
      <p className="sentence">{readable(explanation.sentence)}</p>
      <StateMark look={ORDER_LOOKS[order.state]} />
    </section>
  );
}

function TaskWhy({ look, selected: { planned, task } }: { readonly look: Look; readonly selected: OrderTask }) {
  const explanation = look.explanation.tasks.find(({ taskId }) => taskId === task.id);
  return (
    <section>
      <h2>{words.why(planned.title)}</h2>
      <p className="sentence">{readable(explanation?.sentence ?? "")}</p>
      <StateMark look={TASK_LOOKS[task.state]} />
      {explanation === undefined || explanation.waitsFor.length === 0 ? null : (
        <>
          <h3 className="list-head">{words.waitsFor}</h3>
          <ul className="reasons">
            {explanation.waitsFor.map((reason) => (
              <li key={reason}>{readable(reason)}</li>
            ))}
          </ul>
        </>
      )}
      <h3 className="list-head">{words.exists}</h3>
      <p className="text-2">{readable(explanation?.exists ?? "")}</p>
    </section>
  );
}

const ANSWERS = ["SUCCEED", "failRetryable", "failFinal", "TIME_OUT_WITHOUT_EFFECT", "TAKE_EFFECT_THEN_TIME_OUT", "LATE", "DUPLICATE", "REORDER"] as const satisfies readonly Answer[];

/** What the outside can do to one task: its system answers somehow, or its person decides. */
function TaskActs({ look: { order }, journal, selected: { planned, task }, find }: { readonly look: Look; readonly journal: readonly JournalEntry[]; readonly selected: OrderTask; readonly find: Lookup }) {
  const script = useRun(({ script }) => script);
  const [data, setData] = useState("");
  const type = find("task-type", planned.type);
  const name = `${planned.itemId}/${planned.key}`;
  const manualKey = task.state === "AWAITING_MANUAL_ACTION" ? task.manual.manualTask : order.cases.find(({ state, taskId }) => state === "OPEN" && taskId === task.id)?.manualTask;
  const manual = find("manual-task", manualKey ?? undefined);
  const underWay = task.state === "DISPATCHED" || task.state === "WAITING" || task.state === "OUTCOME_UNKNOWN";
  const open = underWay || ["PENDING", "READY", "RETRY_SCHEDULED"].includes(task.state);
  const give = (does: Answer, result?: Json): void => {
    const sent = timesSent(journal, order, planned.itemId, planned.key);
    void change(answer(script, name, underWay ? Math.max(sent, 1) : sent + 1, does, result));
  };
  if (manual !== undefined) {
    return (
      <section>
        <h3 className="list-head">{words.person(manual.role)}</h3>
        <div className="acts">
          {manual.outcomes.map(({ key, title }) => (
            <button key={key} type="button" className="btn small" onClick={() => void change(decide(script, name, key))}>
              {title ?? readable(key)}
            </button>
          ))}
        </div>
      </section>
    );
  }
  if (!open || type?.work.by !== "system") return null;
  return (
    <section>
      <h3 className="list-head">{words.answer(find("target-system", type.targetSystem)?.title ?? type.targetSystem ?? "")}</h3>
      <div className="acts">
        {ANSWERS.map((does) => (
          <button key={does} type="button" className="btn small" onClick={() => give(does)}>
            {words.answerAs[does]}
          </button>
        ))}
      </div>
      <details>
        <summary>{words.withData}</summary>
        <textarea className="input mono" rows={4} aria-label={words.data} value={data} onChange={(event) => setData(event.currentTarget.value)} placeholder='{ "reference": "R-1" }' />
        <button type="button" className="btn small" disabled={data.trim() === ""} onClick={() => give("SUCCEED", readValue(data))}>
          {words.give}
        </button>
      </details>
    </section>
  );
}

/** What people can ask of the whole order. */
function OrderActs({ look: { order } }: { readonly look: Look }) {
  const script = useRun(({ script }) => script);
  const [path, setPath] = useState("");
  const [value, setValue] = useState("");
  const approval = order.approvals.find(({ state }) => state === "PENDING");
  const ended = ["COMPLETED", "CANCELLED", "FAILED", "REJECTED"].includes(order.state);
  const item = order.items[0]?.id ?? "";
  const amend = (): void => void change(ask(script, order, { do: "AMEND", item, set: { [path]: readValue(value) } satisfies JsonObject }));
  return (
    <section>
      {approval === undefined ? null : (
        <>
          <h3 className="list-head">{words.approvals(approval.role)}</h3>
          <div className="acts">
            <button type="button" className="btn small" onClick={() => void change(ask(script, order, { do: "APPROVE" }))}>
              <Check aria-hidden="true" />
              {words.approve}
            </button>
            <button type="button" className="btn small" onClick={() => void change(ask(script, order, { do: "REFUSE" }))}>
              {words.refuse}
            </button>
          </div>
        </>
      )}
      {ended ? null : (
        <>
          <button type="button" className="btn small" onClick={() => void change(ask(script, order, { do: "CANCEL" }))}>
            <CircleSlash aria-hidden="true" />
            {words.cancelOrder}
          </button>
          <details>
            <summary>{words.amendOrder}</summary>
            <input className="input mono" aria-label={words.amendPath} placeholder="characteristics.speed" value={path} onChange={(event) => setPath(event.currentTarget.value)} />
            <input className="input mono" aria-label={words.amendValue} placeholder="500M" value={value} onChange={(event) => setValue(event.currentTarget.value)} />
            <button type="button" className="btn small" disabled={path.trim() === ""} onClick={amend}>
              {words.amendOrder}
            </button>
          </details>
        </>
      )}
    </section>
  );
}

/** Milestones, charges and messages so far, with their times. */
function Reached({ look: { order } }: { readonly look: Look }) {
  const reached = order.milestones.filter(({ reachedAt }) => reachedAt !== null);
  const generated = (order.plan?.graph.tasks ?? []).flatMap((planned, position) => {
    const task = order.tasks[position];
    return task !== undefined && task.state === "SUCCEEDED" ? [{ planned, task }] : [];
  });
  const lists = [
    { title: words.milestones, lines: reached.map(({ id, reachedAt }) => ({ id, title: order.plan?.graph.milestones.find((milestone) => milestone.id === id)?.title ?? id, at: reachedAt })) },
    { title: words.billing, lines: generated.filter(({ planned }) => planned.source.by === "billing-trigger").map(({ planned, task }) => ({ id: planned.id, title: planned.title, at: task.finishedAt })) },
    { title: words.messages, lines: generated.filter(({ planned }) => planned.source.by === "milestone-message" || planned.source.by === "status-message").map(({ planned, task }) => ({ id: planned.id, title: planned.title, at: task.finishedAt })) },
  ];
  return (
    <>
      {lists.filter(({ lines }) => lines.length > 0).map(({ title, lines }) => (
        <section key={title}>
          <h3 className="list-head">
            {title} <span className="count">{lines.length}</span>
          </h3>
          <ul className="reached">
            {lines.map(({ id, title: name, at }) => (
              <li key={id}>
                <span className="trunc">{name}</span>
                <span className="push meta">
                  <Instant at={at} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** The event log; a click goes to where the order stood then. */
function Events({ journal, step, goTo, look: { order }, rejections }: Pick<SidePanelProps, "journal" | "step" | "goTo" | "look" | "rejections">) {
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
          {words.refused} {formatInstant(at)}: {readable(message)} <span className="mono">{code}</span>
        </p>
      ))}
      {rows.length === 0 ? <p className="muted pad">{words.noEvents}</p> : null}
      <ol>
        {rows.map(({ id, step: at, event }) => (
          <li key={id} className={at === step ? "now" : ""}>
            <button type="button" onClick={() => goTo(at)}>
              <span className="meta nowrap">{formatInstant(event.at)}</span>
              <span className="mono trunc">{event.type}</span>
              <span className="meta trunc">{subject(event, order)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function subject(event: OrderEvent, order: Look["order"]): string {
  if ("taskId" in event) return order.plan?.graph.tasks.find(({ id }) => id === event.taskId)?.title ?? "";
  if ("milestoneId" in event) return order.plan?.graph.milestones.find(({ id }) => id === event.milestoneId)?.title ?? event.milestoneId;
  return "itemId" in event ? event.itemId : "";
}
