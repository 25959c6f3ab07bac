import { beforeAll, describe, expect, it } from "vitest";
import { compareRuns, happenings } from "../../designer/simulate/divergences.ts";
import { failuresOf } from "../../designer/simulate/failures.ts";
import { ANSWERS, answer, answerQuestion, ask, decide, firstDifference, letCome, timesSent, whyNot, type Standpoint } from "../../designer/simulate/interventions.ts";
import { readSample } from "../../designer/simulate/read-sample.ts";
import { runCommand, runFiles } from "../../designer/simulate/run-files.ts";
import { tasksOf, type OrderTask } from "../../designer/simulate/standings.ts";
import { taskSpans } from "../../designer/simulate/task-spans.ts";
import { stepScale, timeScale } from "../../designer/simulate/time-scale.ts";
import { SimulationService } from "../../designer/worker/simulation-service.ts";
import { lookupIn } from "../../designer/plan/use-plan.ts";
import { readFiles } from "../../designer/workspace/workspace.ts";
import type { DefinitionFile } from "../../engine/language/definition-file.ts";
import type { Scenario } from "../../engine/language/scenario-kinds.ts";
import type { JournalEntry } from "../../engine/order/events.ts";
import type { ScriptLine } from "../../engine/simulate/script.ts";
import { loadDefinitions } from "../support/load-definitions.ts";

const files = loadDefinitions();
const scenarios = files.flatMap(({ content }) => ((content as { kind?: string }).kind === "scenario" ? [content as Scenario] : []));
const find = lookupIn(readFiles(files.map(({ path, content }) => ({ path, text: JSON.stringify(content) })), new Map()));

/** The simulator as the page has it, without the worker between. */
async function openRun(key: string, script?: readonly ScriptLine[], definitions: readonly DefinitionFile[] = files) {
  const service = new SimulationService();
  service.setDefinitions("draft", definitions, "2026.11.0");
  const scenario = scenarios.find((other) => other.key === key);
  const given = scenario === undefined ? "no such scenario" : service.orderOf(scenario, scenarios);
  if (scenario === undefined || typeof given === "string") throw new Error(`${key}: ${String(given)}`);
  const run = async (lines: readonly ScriptLine[]): Promise<readonly JournalEntry[]> => {
    const answered = await service.run("draft", { ...given, script: lines });
    if (!answered.ok) throw new Error(answered.reason);
    return answered.journal;
  };
  const whole = script ?? scenario.script;
  return { service, run, given, script: whole, journal: await run(whole) };
}
type Opened = Awaited<ReturnType<typeof openRun>>;

function standAt({ service, journal, given }: Pick<Opened, "service" | "journal" | "given">, step: number): Standpoint {
  const look = service.look("draft", step);
  if (look === null) throw new Error("The run is that long");
  return { order: look.order, worked: look.worked, journal: journal.slice(0, step), now: journal[step - 1]?.at ?? given.startAt, find };
}

const callsBack = (task: OrderTask) => find("target-system", find("task-type", task.planned.type)?.targetSystem)?.completion === "callback";
const isSystemWork = ({ planned }: OrderTask) => find("task-type", planned.type)?.work.by === "system";
const told = (journal: readonly JournalEntry[]) => journal.flatMap(({ events }) => events.map(({ type }) => type));

describe("the simulator of the designer", () => {
  let whole: Opened;
  beforeAll(async () => {
    whole = await openRun("home-fiber-add");
  });

  it("shows the order after each entry, with the engine's own explanation and what each task depends on", () => {
    const { service, journal } = whole;
    expect(service.look("draft", 0)).toBeNull();
    expect(service.look("draft", 1)?.order.state).toBe("SUBMITTED");
    const end = service.look("draft", journal.length);
    expect(end?.order.state).toBe("COMPLETED");
    expect(end?.explanation.sentence).toContain("completed");
    const early = service.look("draft", 2);
    const activation = early?.order.plan?.graph.tasks.find(({ key }) => key === "activate-network")?.id ?? "";
    expect(early?.dependencies[activation]?.map(({ type, met }) => [type, met])).toContainEqual(["Milestone", false]);
    expect(end?.dependencies[activation]?.every(({ met }) => met)).toBe(true);
  });

  it("what is not met is what the engine says the task waits for", () => {
    let seen = 0;
    for (let step = 2; step < whole.journal.length; step += 3) {
      const look = whole.service.look("draft", step);
      for (const { taskId, state, waitsFor } of look?.explanation.tasks ?? []) {
        const open = (look?.dependencies[taskId] ?? []).filter(({ met }) => !met);
        if (state !== "PENDING") continue;
        seen += open.length;
        open.forEach(({ source, evidence }, position) => expect(evidence.by === "clock" || waitsFor[position]?.startsWith(source)).toBe(true));
      }
    }
    expect(seen).toBeGreaterThan(10);
  });

  it("whatever an answer is given in the middle of a run, nothing of what was seen changes", async () => {
    const { run } = await openRun("home-fiber-add");
    for (let step = 3; step < whole.journal.length; step += 5) {
      const at = standAt(whole, step);
      for (const task of tasksOf(at.order, "1").filter(isSystemWork)) {
        for (const does of ANSWERS.filter((candidate) => whyNot(candidate, task, callsBack(task), at.now) === null)) {
          const failure = { code: "UNAVAILABLE", httpStatus: 503, message: "Busy." };
          const changed = await run(answer(whole.script, at, task, does, { failure }));
          const first = firstDifference(whole.journal, changed);
          expect(first === null || first > step, `${task.planned.key} ${task.task.state} ${does} at ${step}: entry ${first ?? 0} differs`).toBe(true);
        }
      }
    }
  }, 120_000);

  it("an act that cannot be done says why", () => {
    const at = standAt(whole, whole.journal.length);
    const [task] = tasksOf(at.order, "1").filter(isSystemWork);
    if (task === undefined) throw new Error("There is a task");
    for (const does of ANSWERS) expect(whyNot(does, task, true, at.now)).not.toBeNull();
  });

  it("offers the failures the definitions tell apart, with what they count as", () => {
    const at = standAt(whole, 3);
    const visit = tasksOf(at.order, "1").find(({ planned }) => planned.key === "field-installation");
    if (visit === undefined) throw new Error("There is a visit");
    const failures = failuresOf(visit, find);
    expect(failures).toContainEqual({ code: "NO_ACCESS", httpStatus: 422, message: "NO_ACCESS", meaning: "HOLD" });
    expect(failures).toContainEqual({ code: "OUT_OF_STOCK", httpStatus: 422, message: "Out of stock.", meaning: "SEMANTIC" });
    expect(failures.map(({ code }) => code)).toContain("UNAVAILABLE");
  });

  it("a question is answered as one says, from the next one on", async () => {
    const unknown = await openRun("home-fiber-add", [{ task: "1/activate-network", attempt: 1, does: "TAKE_EFFECT_THEN_TIME_OUT" }]);
    const step = unknown.journal.findIndex(({ events }) => events.some(({ type }) => type === "TaskOutcomeBecameUnknown")) + 1;
    const at = standAt(unknown, step);
    const type = find("task-type", "configure-network");
    if (type === undefined) throw new Error("There is such a type");
    const changed = await unknown.run(answerQuestion(unknown.script, at, type, "IN_PROGRESS"));
    expect(firstDifference(unknown.journal, changed)).toBeGreaterThan(step);
    expect(told(changed).filter((event) => event === "TaskStatusQueried").length).toBe(2);
  });

  it("a person decides where one stands, as often as it is their turn", async () => {
    const name = "1/bill.home-fiber-start.base-fee";
    let opened = await openRun("home-fiber-add", [{ task: name, does: "FAIL", code: "ACCOUNT_CLOSED" }]);
    for (const turn of [1, 2]) {
      const step = opened.journal.length;
      const at = standAt(opened, step);
      const task = tasksOf(at.order, "1").find(({ planned }) => `${planned.itemId}/${planned.key}` === name);
      if (task === undefined) throw new Error("There is a charge");
      expect([turn, task.task.state, timesSent(at, name)]).toEqual([turn, "AWAITING_MANUAL_ACTION", turn]);
      const script = decide(opened.script, at, task, "REPAIRED");
      const journal = await opened.run(script);
      expect(firstDifference(opened.journal, journal)).toBe(step + 1);
      opened = { ...opened, script, journal };
    }
  });

  it("an order is cancelled, held and told of the outside exactly where one stands", async () => {
    const step = Math.floor(whole.journal.length / 3);
    const at = standAt(whole, step);
    const { run } = await openRun("home-fiber-add");
    const cancelled = await run(ask(whole.script, at, { do: "CANCEL", reason: "CUSTOMER_REQUEST" }));
    expect(cancelled.slice(0, step)).toEqual(whole.journal.slice(0, step));
    expect(told(cancelled.slice(step, step + 1)).some((type) => type.includes("ancellation"))).toBe(true);
    const furniture = await openRun("furniture-add", [{ pace: "USUAL" }]);
    const end = standAt(furniture, furniture.journal.length);
    const delivered = await furniture.run(letCome(furniture.script, end, "delivery-completed", "1"));
    expect(firstDifference(furniture.journal, delivered)).toBeGreaterThan(0);
    expect(told(delivered)).toContain("OrderCompleted");
  });

  it("draft and live side by side: says what only one of them does, and from where on it is later", async () => {
    const other = await openRun("home-fiber-add", whole.script.map((line): ScriptLine => ("task" in line && "after" in line ? { ...line, after: "P5D" } : line)));
    const logOf = ({ service, journal }: Opened) => happenings(journal, standAt({ service, journal, given: whole.given }, journal.length).order);
    const slower = compareRuns(logOf(other), logOf(whole));
    const late = slower.divergences.find(({ laterMs }) => laterMs !== 0);
    expect(late?.laterMs).toBe(86_400_000);
    expect(slower.liveStepOf(other.journal.length)).toBe(whole.journal.length);
    const failed = await openRun("home-fiber-add", [{ task: "1/book-installation", attempt: 1, does: "FAIL", code: "UNAVAILABLE", httpStatus: 503 }, ...whole.script]);
    const first = compareRuns(logOf(failed), logOf(whole)).divergences[0];
    expect([...(first?.onlyDraft ?? []), ...(first?.onlyLive ?? [])].join(" ")).toContain("Book the installation visit");
    expect(compareRuns(logOf(whole), logOf(whole)).divergences).toEqual([]);
  });

  it("says in which entry two releases part", async () => {
    const changed = files.map(({ path, content }): DefinitionFile => (path === "plan-template/home-fiber-add.json" ? { path, content: JSON.parse(JSON.stringify(content).replace('"deadline":"P21D"', '"deadline":"P28D"')) as DefinitionFile["content"] } : { path, content }));
    const other = await openRun("home-fiber-add", undefined, changed);
    expect(firstDifference(whole.journal, other.journal)).toBe(2);
    expect(firstDifference(whole.journal, (await openRun("home-fiber-add")).journal)).toBeNull();
  });

  it("says why a draft that does not compile cannot be run", async () => {
    const service = new SimulationService();
    service.setDefinitions("draft", files.filter(({ path }) => path !== "retry-policy/standard.json"), "2026.11.0");
    const answered = await service.run("draft", { ...whole.given, script: [] });
    expect(answered.ok).toBe(false);
    expect(!answered.ok && answered.diagnostics.length > 0).toBe(true);
  });
});

describe("an exported run", () => {
  it("is taken back as it was", async () => {
    const { given, script, journal } = await openRun("furniture-add");
    const [order, lines] = runFiles({ ...given, script }, journal);
    expect(readSample(order?.text ?? "", lines?.text ?? "", given.startAt)).toEqual({ ...given, script });
    expect(runCommand({ ...given, script }, "definitions")).toBe(`orderloom simulate order.json --faults script.json --at ${given.startAt} --definitions definitions --json`);
  });

  it("an order without a script takes its usual time, and what cannot be used is refused in words", () => {
    const start = "2026-11-02T09:00:00Z";
    expect(readSample('{ "items": [] }', "", start).script).toEqual([{ pace: "USUAL" }]);
    expect(() => readSample("{}", "", start)).toThrow("a list of items");
    expect(() => readSample('{ "items": [] }', '[{ "task": "x" }]', start)).toThrow("Line 1 of the script");
    expect(() => readSample('{ "items": [] }', "", "soon")).toThrow("instant of acceptance");
  });
});

describe("the timeline", () => {
  it("shows each task in its states, from its beginning to its end", async () => {
    const { journal } = await openRun("home-fiber-add");
    const booking = [...taskSpans(journal)].find(([id]) => id.endsWith("/book-installation"))?.[1];
    expect(booking?.map(({ state }) => state)).toEqual(["DISPATCHED", "WAITING"]);
    expect(booking?.at(-1)?.to).toBe("2026-11-02T09:01:03.000Z");
  });

  it("places instants in order, from the left to the right end, whatever lies between", () => {
    const instants = ["2026-11-02T09:00:00.000Z", "2026-11-02T09:00:01.000Z", "2026-11-06T09:00:00.000Z", "2026-11-06T09:00:05.000Z"];
    const places = instants.map((at) => timeScale(instants).place(at, 1));
    expect([places[0], places.at(-1)]).toEqual([0, 100]);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(timeScale(instants).ticks.find(({ gapMs }) => gapMs !== null)?.at).toBe("2026-11-06T09:00:00.000Z");
    expect(instants.map((at, index) => Math.round(stepScale(instants).place(at, index + 1)))).toEqual([0, 33, 67, 100]);
  });
});
