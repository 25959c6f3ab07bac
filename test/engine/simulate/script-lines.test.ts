import { describe, expect, it } from "vitest";
import { scenarioOrder } from "../../../engine/scenario/scenario-order.ts";
import { checkScriptLine } from "../../../engine/simulate/check-script-line.ts";
import type { ScriptLine } from "../../../engine/simulate/script.ts";
import { simulate, type Simulation } from "../../../engine/simulate/simulate.ts";
import { msBetween } from "../../../engine/support/instant.ts";
import { shippedRelease } from "../../browser/sample-orders.ts";

const release = shippedRelease();

async function run(scenario: string, ...script: readonly ScriptLine[]): Promise<Simulation> {
  const found = release.scenarios.get(scenario);
  const given = found === undefined ? "no such scenario" : scenarioOrder(found, release.scenarios);
  if (typeof given === "string") throw new Error(given);
  return simulate(given.order, release, script, given.startAt);
}

const taskOf = ({ order }: Simulation, key: string) => {
  const task = order.tasks[order.plan?.graph.tasks.findIndex((planned) => planned.key === key) ?? -1];
  if (task === undefined) throw new Error(`There is a task ${key}`);
  return task;
};
const tookMs = (simulation: Simulation, key: string) => {
  const { startedAt, readyAt, finishedAt } = taskOf(simulation, key);
  return msBetween(startedAt ?? readyAt ?? "", finishedAt ?? "");
};
const told = ({ journal }: Simulation) => journal.flatMap(({ events }) => events.map(({ type }) => type));

describe("O1 how long work takes", () => {
  it("is nothing, when no line says so", async () => {
    expect(tookMs(await run("home-fiber-add"), "book-installation")).toBe(0);
  });

  it("is what its task type says, on the usual pace", async () => {
    expect(tookMs(await run("home-fiber-add", { pace: "USUAL" }), "book-installation")).toBe(45_000);
    const furniture = await run("furniture-add", { pace: "USUAL" }, { event: "delivery-completed", at: "P8D" });
    expect(tookMs(furniture, "assemble"), "a person's own work, too").toBe(3 * 3_600_000);
  });

  it("is what a line of the task says, on any pace", async () => {
    expect(tookMs(await run("home-fiber-add", { pace: "USUAL" }, { task: "1/book-installation", does: "SUCCEED", after: "PT7S" }), "book-installation")).toBe(7_000);
  });
});

describe("O1 what a line of a script may say", () => {
  it("ACCEPT_THEN_FAIL: the command is accepted, the failure comes later", async () => {
    const failed = await run("home-fiber-add", { task: "1/book-installation", attempt: 1, does: "ACCEPT_THEN_FAIL", after: "PT1M", httpStatus: 503, code: "UNAVAILABLE" });
    expect(told(failed)).toContain("TaskAttemptFailed");
    expect(taskOf(failed, "book-installation").lastFailure?.code ?? "UNAVAILABLE").toBe("UNAVAILABLE");
    expect(failed.order.state).toBe("COMPLETED");
  });

  it("LOSE_CALLBACK: the work is done once, and found out by asking", async () => {
    const lost = await run("home-fiber-add", { task: "1/activate-network", attempt: 1, does: "LOSE_CALLBACK" });
    expect(told(lost)).toContain("TaskStatusQueried");
    expect([lost.effects["activation.configure"], lost.order.state]).toEqual([1, "COMPLETED"]);
  });

  it("the n-th question to a system is answered as its line says, the others truthfully", async () => {
    const unknown: ScriptLine = { task: "1/activate-network", attempt: 1, does: "TAKE_EFFECT_THEN_TIME_OUT" };
    const second = await run("home-fiber-add", unknown, { query: "activation", attempt: 1, does: "IN_PROGRESS" });
    expect(told(second).filter((type) => type === "TaskStatusQueried")).toHaveLength(2);
    expect((await run("home-fiber-add", unknown, { query: "activation", attempt: 2, does: "IN_PROGRESS" })).unused).toHaveLength(1);
  });

  it("the n-th time a person works on something ends as its line says", async () => {
    const twice = await run(
      "home-fiber-add", { task: "1/bill.home-fiber-start.base-fee", does: "FAIL", code: "ACCOUNT_CLOSED" },
      { manual: "1/bill.home-fiber-start.base-fee", attempt: 2, outcome: "REPAIRED" }, { manual: "1/bill.home-fiber-start.base-fee", attempt: 1, outcome: "REPAIRED" },
    );
    expect([twice.unused, twice.rejections]).toEqual([[], []]);
  });

  it("a fact from outside comes as soon as the order has had so many events", async () => {
    const whole = await run("furniture-add", { event: "delivery-completed", at: "P8D" });
    const entry = whole.journal.findLast(({ at }) => at < "2026-11-10");
    if (entry === undefined) throw new Error("Something happens before the delivery");
    const version = entry.firstVersion + entry.events.length - 1;
    const early = await run("furniture-add", { event: "delivery-completed", afterEvents: version });
    const before = whole.journal.filter(({ firstVersion }) => firstVersion <= version);
    expect(early.journal.slice(0, before.length)).toEqual(before);
    expect(early.journal[before.length]?.at).toBe(entry.at);
  });

  it.each([
    [{ pace: "FAST" }, '"pace" must be one of USUAL.'],
    [{ event: "delivery-completed" }, '"at" or "afterEvents" is missing; it says when.'],
    [{ event: "delivery-completed", at: "P1D", afterEvents: 2 }, 'name one of "at" and "afterEvents".'],
    [{ do: "CANCEL", reason: "r" }, '"at", "after" or "afterEvents" is missing; it says when.'],
    [{ query: "activation", does: "NOT_FOUND", attempt: 0 }, '"attempt" must be a whole number from 1 on.'],
  ])("refuses %j and says why", (line, problem) => {
    expect(checkScriptLine(line)).toEqual([problem]);
  });
});
