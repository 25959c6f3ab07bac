import { beforeAll, describe, expect, it } from "vitest";
import { answer, ask, decide, firstDifference, timesSent } from "../../designer/simulate/interventions.ts";
import { SimulationService, type RunAnswer } from "../../designer/worker/simulation-service.ts";
import type { DefinitionFile } from "../../engine/language/definition-file.ts";
import type { Scenario } from "../../engine/language/scenario-kinds.ts";
import { loadDefinitions } from "../support/load-definitions.ts";

const files = loadDefinitions();
const scenarios = files.flatMap(({ content }) => ((content as { kind?: string }).kind === "scenario" ? [content as Scenario] : []));

/** The simulator as the page has it, without the worker between. */
async function openRun(script: Scenario["script"] = [], definitions: readonly DefinitionFile[] = files) {
  const service = new SimulationService();
  service.setDefinitions("draft", definitions);
  const scenario = scenarios.find(({ key }) => key === "home-fiber-add");
  if (scenario === undefined) throw new Error("There is a scenario home-fiber-add");
  const given = service.orderOf(scenario, scenarios);
  if (typeof given === "string") throw new Error(given);
  const run = (lines: Scenario["script"]): Promise<RunAnswer> => service.run("draft", { ...given, script: lines });
  const first = await run(script);
  if (!first.ok) throw new Error(first.reason);
  return { service, run, journal: first.journal };
}

describe("the simulator of the designer", () => {
  let whole: Awaited<ReturnType<typeof openRun>>;
  beforeAll(async () => {
    whole = await openRun();
  });

  it("shows the order after each entry, with the engine's own explanation", () => {
    const { service, journal } = whole;
    expect(service.look("draft", 0)).toBeNull();
    expect(service.look("draft", 1)?.order.state).toBe("SUBMITTED");
    const end = service.look("draft", journal.length);
    expect(end?.order.state).toBe("COMPLETED");
    expect(end?.explanation.sentence).toContain("completed");
  });

  it("an answer given in the middle changes what follows, and nothing before", async () => {
    const { service, run, journal } = await openRun();
    const sent = journal.findIndex(({ events }) => events.some((event) => event.type === "TaskDispatched" && event.taskId.endsWith("/book-installation")));
    const order = service.look("draft", sent + 1)?.order;
    if (order === undefined) throw new Error("The task is sent");
    const attempt = timesSent(journal.slice(0, sent + 1), order, "1", "book-installation");
    expect(attempt).toBe(1);
    const script = answer([], "1/book-installation", attempt, "failRetryable");
    const changed = await run(script);
    if (!changed.ok) throw new Error(changed.reason);
    expect(changed.journal.slice(0, sent + 1)).toEqual(journal.slice(0, sent + 1));
    expect(changed.journal.flatMap(({ events }) => events).some(({ type }) => type === "TaskRetryScheduled")).toBe(true);
    expect(firstDifference(journal, changed.journal)).toBeGreaterThan(sent + 1);
  });

  it("an order is cancelled exactly where one stands", async () => {
    const { service, run, journal } = await openRun();
    const step = Math.floor(journal.length / 3);
    const order = service.look("draft", step)?.order;
    if (order === undefined) throw new Error("The run is that long");
    const cancelled = await run(ask([], order, { do: "CANCEL" }));
    if (!cancelled.ok) throw new Error(cancelled.reason);
    expect(cancelled.journal.slice(0, step)).toEqual(journal.slice(0, step));
    expect(cancelled.journal.length).toBeGreaterThan(step);
  });

  it("what is answered last about the same command counts", () => {
    const first = answer([], "1/a", 1, "failFinal");
    expect(answer(first, "1/a", 1, "SUCCEED", { id: "x" })).toEqual([{ task: "1/a", attempt: 1, does: "SUCCEED", result: { id: "x" } }]);
    expect(answer(first, "1/a", 2, "LATE")).toHaveLength(2);
    expect(decide([], "1/a", "APPROVED")).toEqual([{ manual: "1/a", outcome: "APPROVED", times: 1 }]);
  });

  it("a run saved as a scenario passes on the definitions it was seen on", async () => {
    const { service, run } = await openRun();
    await run(answer([], "1/activate-network", 1, "TAKE_EFFECT_THEN_TIME_OUT"));
    const scenario = service.scenario("draft", { key: "seen", title: "Seen", description: "Seen in the simulator." });
    expect(scenario).not.toBeNull();
    const { compile } = await import("../../engine/language/compile.ts");
    const { runScenario } = await import("../../engine/scenario/run-scenario.ts");
    const compilation = compile(files, { name: "test" });
    if (!compilation.ok || scenario === null) throw new Error("The shipped definitions compile");
    expect((await runScenario(scenario, compilation.release)).unmet).toEqual([]);
  });

  it("says what is wrong when the draft does not compile", async () => {
    const service = new SimulationService();
    service.setDefinitions("draft", [{ path: "retry-policy/x.json", content: { kind: "retry-policy", key: "x" } }]);
    const { run } = whole;
    expect((await run([])).ok).toBe(true);
    const answered = await service.run("draft", { order: {} as never, startAt: "2026-01-01T00:00:00.000Z", script: [] });
    expect(answered.ok ? [] : answered.diagnostics.length).toBeGreaterThan(0);
  });
});
