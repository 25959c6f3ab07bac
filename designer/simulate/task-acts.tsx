import { useState } from "react";
import { sampleValue } from "../../engine/simulate/sample-value.ts";
import type { ScriptLine } from "../../engine/simulate/script.ts";
import { parseDurationMs } from "../../engine/support/duration.ts";
import { isJsonObject, type JsonObject } from "../../engine/support/json.ts";
import { words as inWords } from "../look/format.ts";
import { simulate as words } from "../strings/simulate.ts";
import { DataForm } from "./data-form.tsx";
import { failuresOf } from "./failures.ts";
import { ANSWERS, answer, answerQuestion, decide, whyNot, type Answer, type Standpoint } from "./interventions.ts";
import { useRun } from "./run-state.ts";
import type { OrderTask } from "./standings.ts";

interface TaskActsProps {
  readonly at: Standpoint;
  readonly selected: OrderTask;
  readonly act: (script: readonly ScriptLine[]) => void;
}

/** What the outside can do to one task: its person decides, its system answers. */
export function TaskActs({ at, selected, act }: TaskActsProps) {
  const { planned, task } = selected;
  const type = at.find("task-type", planned.type);
  const openCase = at.order.cases.find(({ state, taskId }) => state === "OPEN" && taskId === task.id);
  const manual = at.find("manual-task", (task.state === "AWAITING_MANUAL_ACTION" ? task.manual.manualTask : openCase?.manualTask) ?? undefined);
  return (
    <>
      {manual === undefined ? null : <PersonActs key={`${manual.key}${task.state}`} at={at} selected={selected} act={act} role={manual.role} outcomes={manual.outcomes} form={manual.form} />}
      {type?.work.by === "system" ? <SystemActs key={planned.id} at={at} selected={selected} act={act} /> : null}
    </>
  );
}

interface PersonActsProps extends TaskActsProps {
  readonly role: string;
  readonly outcomes: readonly { readonly key: string; readonly title?: string }[];
  readonly form: JsonObject;
}

function PersonActs({ at, selected, act, role, outcomes, form }: PersonActsProps) {
  const script = useRun(({ script }) => script);
  const [filled, setFilled] = useState<JsonObject>(() => sampleOf(form, selected.planned.key, at.now));
  return (
    <section>
      <h3 className="list-head">{words.person(inWords(role.replaceAll("-", "_")))}</h3>
      <DataForm schema={form} value={filled} change={setFilled} />
      <div className="acts">
        {outcomes.map(({ key, title }) => (
          <button key={key} type="button" className="btn small" onClick={() => act(decide(script, at, selected, key, filled))}>
            {title ?? inWords(key)}
          </button>
        ))}
      </div>
    </section>
  );
}

function SystemActs({ at, selected, act }: TaskActsProps) {
  const script = useRun(({ script }) => script);
  const { planned, task } = selected;
  const type = at.find("task-type", planned.type);
  const system = at.find("target-system", type?.targetSystem);
  const failures = failuresOf(selected, at.find);
  const [code, setCode] = useState(failures[0]?.code ?? "");
  const [delay, setDelay] = useState("");
  const [data, setData] = useState<JsonObject>(() => sampleOf(type?.evidence ?? {}, planned.key, at.now));
  const failure = failures.find((choice) => choice.code === code);
  const afterMs = delay === "" ? null : parseDurationMs(delay);
  if (type === undefined) return null;
  const give = (does: Answer, result?: JsonObject): void => {
    const { meaning: _, ...failing } = failure ?? { code: "REJECTED", httpStatus: 422, message: words.refusedBySystem, meaning: "" };
    act(answer(script, at, selected, does, { ...(result && { result }), ...(does === "FAIL" && { failure: failing }), ...(afterMs !== null && { afterMs }) }));
  };
  const off = (does: Answer) => whyNot(does, selected, system?.completion === "callback", at.now);
  const over = off("SUCCEED") !== null && off("LATE") !== null;
  return (
    <section>
      <h3 className="list-head">{words.answer(system?.title ?? "")}</h3>
      {over ? <p className="muted">{off("SUCCEED")}</p> : null}
      {over ? null : (
        <>
          <div className="acts">
            {ANSWERS.filter((does) => does !== "FAIL").map((does) => <ActButton key={does} title={words.answerAs[does]} off={off(does)} run={() => give(does)} />)}
          </div>
          <div className="line">
            <select className="input" aria-label={words.failure} value={code} onChange={(event) => setCode(event.currentTarget.value)}>
              {failures.map((choice) => <option key={choice.code} value={choice.code}>{words.failureChoice(choice.code, inWords(choice.meaning))}</option>)}
            </select>
            <ActButton title={words.answerAs.FAIL} off={off("FAIL")} run={() => give("FAIL")} />
          </div>
          <div className="line">
            <label className="text-2" htmlFor="simulate-delay">{words.delay}</label>
            <input id="simulate-delay" className="input mono" placeholder={words.delayExample} value={delay} aria-invalid={delay !== "" && afterMs === null} onChange={(event) => setDelay(event.currentTarget.value)} />
          </div>
          {delay !== "" && afterMs === null ? <p className="f-failed field-trouble">{words.noDuration}</p> : null}
          <details>
            <summary>{words.withData}</summary>
            <DataForm schema={type.evidence ?? {}} value={data} change={setData} />
            <ActButton title={words.give} off={off("SUCCEED")} run={() => give("SUCCEED", data)} />
          </details>
        </>
      )}
      {task.state === "OUTCOME_UNKNOWN" ? (
        <>
          <h3 className="list-head">{words.whenAsked}</h3>
          <div className="acts">
            {(["FOUND_SUCCEEDED", "NOT_FOUND", "IN_PROGRESS", "NO_ANSWER"] as const).map((does) => (
              <ActButton key={does} title={words.answersQuestion[does]} off={system?.effects.class === "queryable" ? null : words.not.cannotBeAsked} run={() => act(answerQuestion(script, at, type, does))} />
            ))}
          </div>
        </>
      ) : null}
    </section>
  );
}

/** A button that stays when it cannot act, and says why. */
export function ActButton({ title, off, run }: { readonly title: string; readonly off: string | null; readonly run: () => void }) {
  return (
    <button type="button" className="btn small" aria-disabled={off === null ? undefined : true} title={off ?? undefined} onClick={off === null ? run : undefined}>
      {title}
    </button>
  );
}

function sampleOf(schema: JsonObject, seed: string, at: string): JsonObject {
  const sample = sampleValue(schema, { at, seed });
  return isJsonObject(sample) ? sample : {};
}
