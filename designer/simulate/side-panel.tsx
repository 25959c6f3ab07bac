import { Undo2 } from "lucide-react";
import type { Item } from "../../engine/order/order.ts";
import type { ScriptLine } from "../../engine/simulate/script.ts";
import { simulate as words } from "../strings/simulate.ts";
import type { Look, RunAnswer } from "../worker/simulation-service.ts";
import { EventList } from "./event-list.tsx";
import type { Standpoint } from "./interventions.ts";
import { OrderActs } from "./order-acts.tsx";
import { Reached } from "./reached.tsx";
import { change, takeBack, useRun } from "./run-state.ts";
import type { OrderTask } from "./standings.ts";
import { TaskActs } from "./task-acts.tsx";
import { OrderWhy, TaskWhy } from "./why-panel.tsx";

interface SidePanelProps {
  readonly look: Look;
  readonly answer: Extract<RunAnswer, { ok: true }>;
  readonly step: number;
  readonly goTo: (step: number) => void;
  readonly at: Standpoint;
  readonly item: Item | undefined;
  readonly selected: OrderTask | null;
}

/** Why the order, or the selected task, stands where it stands; what can be done to it now; and what has happened. */
export function SidePanel({ look, answer: { journal, rejections }, step, goTo, at, item, selected }: SidePanelProps) {
  const before = useRun(({ before }) => before);
  const act = async (script: readonly ScriptLine[]): Promise<void> => {
    const first = await change(script);
    if (first !== null && first <= step) goTo(first);
  };
  const give = (script: readonly ScriptLine[]): void => void act(script);
  return (
    <aside className="pane right side">
      <div className="side-body" role="group" aria-label={words.standing} tabIndex={0}>
        {selected === null ? <OrderWhy look={look} /> : <TaskWhy look={look} selected={selected} find={at.find} />}
        {selected === null ? null : <TaskActs at={at} selected={selected} act={give} />}
        <OrderActs at={at} item={item} act={give} />
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
      <EventList look={look} journal={journal} step={step} goTo={goTo} rejections={rejections} />
    </aside>
  );
}
