import { CircleCheck, CircleDashed } from "lucide-react";
import type { DependencyExplanation } from "../../engine/explain/explain-dependencies.ts";
import type { Order } from "../../engine/order/order.ts";
import { Link } from "../app/link.tsx";
import { definitionPath } from "../library/definition-path.ts";
import { formatDay, formatTime, readable, words as inWords } from "../look/format.ts";
import { StateMark } from "../look/state-mark.tsx";
import { ORDER_LOOKS, TASK_LOOKS } from "../look/state-look.ts";
import type { Lookup } from "../plan/plan-view.ts";
import { simulate as words } from "../strings/simulate.ts";
import type { Look } from "../worker/simulation-service.ts";
import { titleOf, type OrderTask } from "./standings.ts";

export function OrderWhy({ look: { order, explanation } }: { readonly look: Look }) {
  return (
    <section>
      <h2>{words.order}</h2>
      <p className="sentence">{readable(explanation.sentence)}</p>
      <StateMark look={ORDER_LOOKS[order.state]} />
    </section>
  );
}

/** Why a task stands where it stands: the engine's sentence, each dependency with what says so, and where the task comes from. */
export function TaskWhy({ look, selected: { planned, task }, find }: { readonly look: Look; readonly selected: OrderTask; readonly find: Lookup }) {
  const explanation = look.explanation.tasks.find(({ taskId }) => taskId === task.id);
  const dependencies = look.dependencies[task.id] ?? [];
  return (
    <section>
      <h2>{words.why(titleOf(planned))}</h2>
      <p className="sentence">{readable(explanation?.sentence ?? "")}</p>
      <StateMark look={TASK_LOOKS[task.state]} />
      {dependencies.length === 0 ? null : (
        <>
          <h3 className="list-head">{words.conditions(dependencies.filter(({ met }) => met).length, dependencies.length)}</h3>
          <ul className="dependencies">{dependencies.map((dependency, position) => <Dependency key={position} dependency={dependency} />)}</ul>
        </>
      )}
      {explanation?.waitsFor.filter((reason) => reason.startsWith("its ")).map((reason) => <p key={reason} className="text-2">{readable(reason)}</p>)}
      <Failure order={look.order} selected={{ planned, task }} find={find} />
      <h3 className="list-head">{words.exists}</h3>
      <Origin order={look.order} selected={{ planned, task }} find={find} />
    </section>
  );
}

function Dependency({ dependency: { type, source, met, evidence } }: { readonly dependency: DependencyExplanation }) {
  return (
    <li className={met ? "f-done" : "f-neutral"}>
      {met ? <CircleCheck aria-hidden="true" /> : <CircleDashed aria-hidden="true" />}
      <span>
        <span>
          {source} <b>{met ? words.isMet : words.notYet}</b>
        </span>
        <span className="meta">{[type, evidenceWords(evidence)].filter(Boolean).join(" · ")}</span>
      </span>
    </li>
  );
}

function evidenceWords(evidence: DependencyExplanation["evidence"]): string {
  const since = "at" in evidence && evidence.at !== null ? `${formatDay(evidence.at)}, ${formatTime(evidence.at)}` : null;
  switch (evidence.by) {
    case "task": return [TASK_LOOKS[evidence.state].word, since].filter(Boolean).join(", ");
    case "milestone": return evidence.outcome === "REACHED" ? words.reachedAt(since ?? "") : inWords(evidence.outcome);
    case "clock": return since === null ? "" : words.until(since);
    case "approval": return inWords(evidence.state);
  }
}

/** What the last failure was taken for, and by which row. */
function Failure({ selected: { planned, task }, find }: { readonly order: Order; readonly selected: OrderTask; readonly find: Lookup }) {
  const failure = task.lastFailure;
  if (failure === null) return null;
  const table = find("decision-table", find("target-system", find("task-type", planned.type)?.targetSystem)?.failures);
  return (
    <>
      <h3 className="list-head">{words.lastFailure}</h3>
      <p className="text-2">
        {failure.message} <span className="mono">{failure.code}</span> {words.countsAs(inWords(failure.class))} {table === undefined ? null : <Link to={definitionPath("decision-table", table.key)}>{words.byRow(failure.rule.slice(failure.rule.lastIndexOf("/") + 1), table.title)}</Link>}
      </p>
    </>
  );
}

/** Which definitions made the task, by their names. */
function Origin({ order, selected: { planned }, find }: { readonly order: Order; readonly selected: OrderTask; readonly find: Lookup }) {
  const from = order.items.find(({ id }) => id === planned.itemId)?.decomposition ?? null;
  const { source } = planned;
  const titles = new Map(order.plan?.graph.tasks.map((task) => [task.id, titleOf(task)]));
  return (
    <p className="text-2">
      {words.source(source.by)} {"of" in source ? `“${titles.get(source.of) ?? ""}”. ` : ""}
      {from === null ? null : (
        <>
          <Link to={definitionPath("plan-template", from.template)}>{find("plan-template", from.template)?.title ?? from.template}</Link>
          {words.chosenBy} <Link to={definitionPath("decision-table", from.table)}>{words.byRow(from.row, find("decision-table", from.table)?.title ?? from.table)}</Link>
        </>
      )}
    </p>
  );
}
