import { describe, expect, it } from "vitest";
import { compile } from "../../../engine/language/compile.ts";
import type { Expectations, Scenario } from "../../../engine/language/scenario-kinds.ts";
import { runScenario, type ScenarioResult } from "../../../engine/scenario/run-scenario.ts";
import type { ScriptLine } from "../../../engine/simulate/script.ts";
import { after, definitionsOf, releaseOf, task } from "../../support/release-of.ts";

const release = releaseOf({ DEMO: { tasks: [task("first"), task("second", "keyed-work", after("first")), task("decide", "approval", after("second"))], milestones: [{ key: "done", reachedBy: ["second"] }] } });

function scenario(script: readonly ScriptLine[], expectations: Expectations, more: Partial<Scenario> = {}): Scenario {
  return {
    kind: "scenario", key: "s", version: 1, title: "S", description: "S.", startAt: "2026-11-02T09:00:00Z",
    order: { items: [{ id: "1", action: "ADD", offering: "DEMO", charges: [{ key: "fee" }] }] }, script, expect: expectations, ...more,
  };
}

const run = (script: readonly ScriptLine[], expectations: Expectations): Promise<ScenarioResult> => runScenario(scenario(script, expectations), release);

const SLOW: readonly ScriptLine[] = [{ task: "1/first", does: "SUCCEED", after: "PT30S" }];
const REFUSED: readonly ScriptLine[] = [{ at: "PT0S", do: "CANCEL", reason: "r" }];
const TAKEN: readonly ScriptLine[] = [{ task: "1/second", does: "FAIL", code: "PERMANENT", message: "No." }];

describe("A22 a scenario that is met", () => {
  it("passes, whatever of it is said", async () => {
    const result = await run(SLOW, {
      path: { exactly: ["1/first", "1/second", "1/decide"], inOrder: [["1/first", "1/decide"]] }, order: "COMPLETED", items: { "1": "COMPLETED" }, tasks: { "1/second": "SUCCEEDED" },
      milestones: [{ milestone: "1/done", after: "PT30S", by: "PT1M" }], billing: [], customerStatus: { "1": ["IN_PROGRESS", "DONE"] }, messages: [],
      duration: { exactly: "PT30S", atMost: "PT1M" }, cases: [], commands: { "keyed.work": 2 }, effects: { "keyed.work": 2 }, refused: [],
      never: [{ task: "1/third" }, { task: "1/first", state: "OUTCOME_UNKNOWN" }, { milestone: "1/other" }, { command: "blind.work" }, { status: "DELAYED" }, { message: "done" }],
    });
    expect(result.unmet).toEqual([]);
    expect(result.passed).toBe(true);
  });
});

describe("A22 each expectation that is not met says what came instead, and where it stands", () => {
  it.each<[string, readonly ScriptLine[], Expectations, string, string]>([
    ["another task first", SLOW, { path: { exactly: ["1/second", "1/first", "1/decide"] } }, "/expect/path/exactly/0", "expected 1/second to begin as number 1, got 1/first"],
    ["a task too many", SLOW, { path: { exactly: ["1/first", "1/second"] } }, "/expect/path/exactly/2", "expected no further task, got 1/decide"],
    ["a task too few", SLOW, { path: { exactly: ["1/first", "1/second", "1/decide", "1/first"] } }, "/expect/path/exactly/3", "expected 1/first to begin as number 4, got no further task"],
    ["tasks in another order", SLOW, { path: { inOrder: [["1/second", "1/first"]] } }, "/expect/path/inOrder/0/1", "expected 1/first to begin after 1/second has ended well, got 1/first begun before 1/second had ended"],
    ["a predecessor that fails", TAKEN, { path: { inOrder: [["1/second", "1/decide"]] }, cases: [{}] }, "/expect/path/inOrder/0/1", "expected 1/decide to begin after 1/second has ended well, got 1/second that never ended well"],
    ["another order state", SLOW, { order: "CANCELLED" }, "/expect/order", "expected the order CANCELLED, got COMPLETED"],
    ["another item state", SLOW, { items: { "1": "FAILED" } }, "/expect/items/1", "expected item 1 FAILED, got COMPLETED"],
    ["a task that is not there", SLOW, { tasks: { "1/third": "SUCCEEDED" } }, "/expect/tasks/1~1third", "expected task 1/third SUCCEEDED, got no such task"],
    ["a milestone at another time", SLOW, { milestones: [{ milestone: "1/done", after: "PT1M" }] }, "/expect/milestones/0/after", "expected milestone 1/done reached after PT1M, got PT30S"],
    ["a milestone too late", SLOW, { milestones: [{ milestone: "1/done", by: "PT1S" }] }, "/expect/milestones/0/by", "expected milestone 1/done reached within PT1S, got PT30S"],
    ["a milestone that is not reached", TAKEN, { milestones: [{ milestone: "1/done" }] }, "/expect/milestones/0", "expected milestone 1/done REACHED, got OPEN"],
    ["no charge", SLOW, { billing: [{ charge: "1/fee" }] }, "/expect/billing/0", "expected charge 1/fee to be handed over once, got never"],
    ["other statuses", SLOW, { customerStatus: { "1": ["DONE"] } }, "/expect/customerStatus/1", "expected the customer to see DONE of item 1, got IN_PROGRESS, DONE"],
    ["no message", SLOW, { messages: [{ item: "1", about: "done" }] }, "/expect/messages/0", "expected a message about done of item 1, got none"],
    ["a longer run", SLOW, { duration: { atMost: "PT1S" } }, "/expect/duration/atMost", "expected the order to end within PT1S, got PT30S"],
    ["a run without end", TAKEN, { duration: { exactly: "PT1S" } }, "/expect/duration/exactly", "expected the order to end after exactly PT1S, got an order that is IN_PROGRESS"],
    ["a case nobody expects", TAKEN, { cases: [] }, "/expect/cases", "expected no case, got one of 1/second because of PERMANENT of severity P2 for support that is OPEN at the end"],
    ["another case", TAKEN, { cases: [{ code: "TIMEOUT" }] }, "/expect/cases/0", "expected a case because of TIMEOUT, got one of 1/second because of PERMANENT of severity P2 for support that is OPEN at the end"],
    ["other commands", SLOW, { commands: { "keyed.work": 1 } }, "/expect/commands/keyed.work", "expected keyed.work to be sent once, got twice"],
    ["other effects", TAKEN, { effects: { "keyed.work": 2 } }, "/expect/effects/keyed.work", "expected keyed.work to take effect twice, got once"],
    ["a refusal nobody expects", REFUSED, {}, "/expect/refused", "expected RequestCancellation to be taken, got a refusal: Its plan has no change policy (change-refused)"],
    ["no refusal", SLOW, { refused: [{ input: "RequestCancellation", code: "change-refused" }] }, "/expect/refused/0", "expected RequestCancellation to be refused with change-refused, got no refusal"],
    ["a task that must not be", SLOW, { never: [{ task: "1/first" }] }, "/expect/never/0", "expected task 1/first to be begun never, got a run in which it is"],
    ["a state that must not be", SLOW, { never: [{ task: "1/first", state: "DISPATCHED" }] }, "/expect/never/0", "expected task 1/first to be DISPATCHED never, got a run in which it is"],
    ["a line that decides nothing", [{ task: "1/third", does: "FAIL" }], {}, "/script/0", "expected this line to decide something, got a run in which what it is about never came"],
  ])("%s", async (_title, script, expectations, pointer, message) => {
    const { passed, unmet } = await run(script, expectations);
    expect({ passed, unmet }).toEqual({ passed: false, unmet: [{ pointer, message }] });
  });
});

describe("A22 the order of a scenario", () => {
  const base = scenario([], {}, { key: "base" });
  const { order: _order, startAt: _startAt, ...without } = base;
  const derived = (more: Partial<Scenario>): Scenario => ({ ...without, key: "derived", extends: "base", ...more });
  const files = (...scenarios: readonly Scenario[]) => [...definitionsOf({ DEMO: { tasks: [task("first", "keyed-work", { with: { label: "=item.characteristics.label" } })] } }), ...scenarios.map((content) => ({ path: `scenario/${content.key}.json`, content }))];

  it("may be another scenario's, with what is different in it", async () => {
    const compiled = compile(files(base, derived({ set: { "items.1.characteristics.label": "B" } })), { name: "test" });
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
    const result = await runScenario(compiled.release.scenarios.get("derived") as Scenario, compiled.release);
    expect(result.run?.simulation.order.tasks[0]?.request).toMatchObject({ label: "B" });
    expect(result.run?.simulation.order.acceptedAt).toBe("2026-11-02T09:00:00.000Z");
  });

  it("is no part of what runs: the digest is the same with and without scenarios", () => {
    const [bare, tested] = [compile(files(), { name: "test" }), compile(files(base), { name: "test" })];
    if (!bare.ok || !tested.ok) throw new Error("It must compile.");
    expect(tested.release.digest).toBe(bare.release.digest);
    expect(tested.release.definitions).toEqual(bare.release.definitions);
    expect([...tested.release.scenarios.keys()]).toEqual(["base"]);
  });
});
