import type { OrderExplanation } from "../../engine/explain/explain.ts";
import type { OrderView } from "../../server/api/order-view.ts";
import type { StepView } from "../../server/api/step-view.ts";
import { readable } from "../look/format.ts";
import { stepName, systemName, withTables, type Titles } from "./names.ts";
import { Instant, Nothing } from "../look/parts.tsx";
import { TASK_LOOKS } from "../look/state-look.ts";
import { StateMark } from "../look/state-mark.tsx";
import { operate as words } from "../strings/operate.ts";

interface TasksProps {
  readonly view: OrderView;
  readonly explanation: OrderExplanation;
  readonly titles: Titles;
}

/** Every task of the plan, in its order: state, who does it, how often it was tried, and why it is not further. */
export function Tasks({ view, explanation, titles }: TasksProps) {
  const sentences = new Map(explanation.tasks.map(({ taskId, sentence }) => [taskId, sentence]));
  return (
    <section className="card" aria-labelledby="tasks">
      <h2 id="tasks">
        {words.tasks} <span className="count">{view.steps.length}</span>
      </h2>
      {view.steps.length === 0 ? <p className="muted">{words.withThePlan}</p> : null}
      {view.steps.length === 0 ? null : (
        <table className="tasks">
          <thead>
            <tr>
              <th scope="col">{words.taskColumns.task}</th>
              <th scope="col">{words.taskColumns.state}</th>
              <th scope="col">{words.taskColumns.system}</th>
              <th scope="col" className="num">
                {words.taskColumns.tries}
              </th>
              <th scope="col">{words.taskColumns.since}</th>
              <th scope="col">{words.taskColumns.why}</th>
            </tr>
          </thead>
          {view.items.map((item) => (
            <tbody key={item.id}>
              {view.items.length === 1 ? null : (
                <tr>
                  <th scope="rowgroup" colSpan={6} className="group">
                    {words.itemHeading(item.id, titles.get(`plan-template/${item.decomposition?.template ?? ""}`) ?? item.offering, item.customerVisibleStatus.title)}
                  </th>
                </tr>
              )}
              {view.steps
                .filter(({ itemId }) => itemId === item.id)
                .map((step) => (
                  <Task key={step.taskId} step={step} steps={view.steps} sentence={sentences.get(step.taskId) ?? ""} titles={titles} blocking={step.id === view.currentBlockingStep} />
                ))}
            </tbody>
          ))}
        </table>
      )}
    </section>
  );
}

interface TaskProps {
  readonly step: StepView;
  readonly steps: readonly StepView[];
  readonly sentence: string;
  readonly titles: Titles;
  readonly blocking: boolean;
}

function Task({ step, steps, sentence, titles, blocking }: TaskProps) {
  const look = TASK_LOOKS[step.state];
  const system = systemName(step.targetSystem, titles);
  const name = stepName(step, steps);
  const why = step.state === "SUCCEEDED" ? null : withoutName(withTables(readable(sentence), titles), step.title);
  return (
    <tr className={blocking ? `blocking f-${look.family}` : undefined}>
      <th scope="row">
        {name}
        {step.mandatory ? null : <span className="muted"> {words.optional}</span>}
      </th>
      <td>
        <StateMark look={look} detail={step.state === "AWAITING_MANUAL_ACTION" && step.manual?.cause === "HOLD" ? words.needsCustomer : look.word} />
      </td>
      <td>{system ?? <Nothing />}</td>
      <td className="num">{step.attempts === 0 ? <Nothing /> : step.attempts}</td>
      <td className="nowrap">
        <Instant at={step.finishedAt ?? step.lastUpdated} />
      </td>
      <td>{why ?? <Nothing />}</td>
    </tr>
  );
}

/** The row names the task already: its sentence goes on from there. */
function withoutName(sentence: string, title: string): string {
  const rest = sentence.startsWith(`"${title}" `) ? sentence.slice(title.length + 3) : sentence;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
