import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainOrder } from "../../../engine/explain/explain.ts";
import { evolve } from "../../../engine/order/evolve.ts";
import type { OrderEvent } from "../../../engine/order/events.ts";
import { outcomeOf } from "../../../engine/order/machines.ts";
import type { Order } from "../../../engine/order/order.ts";
import { simulate, type Simulation } from "../../../engine/simulate/simulate.ts";
import { canonicalJson } from "../../../engine/support/canonical-json.ts";
import type { Json } from "../../../engine/support/json.ts";
import { START } from "../../support/order-of.ts";
import { classOf, randomCase, releaseOfCase, type RandomCase } from "../../support/random-plans.ts";

const TERMINAL = new Set(["COMPLETED", "FAILED", "CANCELLED", "REJECTED"]);
const RUNS = Number(process.env["ORDERLOOM_PROPERTY_RUNS"] ?? 60);

/** Plays the journal event by event and looks at the state before and after each. */
function replay(run: Simulation, look: (before: Order | null, event: OrderEvent, after: Order) => void): Order | null {
  let order: Order | null = null;
  for (const { events } of run.journal) {
    for (const event of events) {
      const after = evolve(order, event);
      look(order, event, after);
      order = after;
    }
  }
  return order;
}

function nothingStartsBeforeItsTime(run: Simulation): void {
  const replayed = replay(run, (before, event) => {
    if (event.type !== "TaskReady" && event.type !== "TaskDispatched") return;
    const position = before?.plan?.graph.tasks.findIndex(({ id }) => id === event.taskId) ?? -1;
    expect(before?.tasks[position]?.unmetEdges).toEqual([]);
    if (event.type === "TaskDispatched") expect(["READY", "OUTCOME_UNKNOWN"]).toContain(before?.tasks[position]?.state);
  });
  expect(canonicalJson(replayed as unknown as Json)).toBe(canonicalJson(run.order as unknown as Json));
}

function nobodyHoldsALockTwice(run: Simulation): void {
  replay(run, (_before, event, after) => {
    if (event.type !== "TaskDispatched" && event.type !== "TaskManualActionRequired") return;
    const held = after.tasks.filter(({ locked }) => locked).flatMap(({ locks }) => locks.map(({ scope, key }) => `${scope}|${key}`));
    expect(new Set(held).size).toBe(held.length);
  });
}

function effectsHappenOnce(run: Simulation, drawn: RandomCase): void {
  const items = drawn.order.items.length;
  for (const { key } of drawn.tasks) {
    const system = classOf(key);
    if (system === null) continue;
    const ids = run.order.plan?.graph.tasks.filter((planned) => planned.key === key).map(({ id }) => id) ?? [];
    const events = run.journal.flatMap((entry) => entry.events);
    const reopened = events.filter((event) => (event.type === "TaskAttemptFailed" && event.failure.effect === "NONE") || (event.type === "TaskReconciled" && event.found === "notFound")).filter((event) => "taskId" in event && ids.includes(event.taskId)).length;
    if (system === "blind") expect(run.commands[`blind.${key}`] ?? 0, key).toBeLessThanOrEqual(items + reopened);
    // A person who says that nothing happened is believed, whatever the truth is.
    const byPerson = drawn.script.some((line) => "manual" in line && line.outcome !== "GIVE_UP" && line.manual.endsWith(`/${key}`));
    if (system === "keyed" || !byPerson) expect(run.effects[`${system}.${key}`] ?? 0, key).toBeLessThanOrEqual(items);
  }
  expect(run.effects["keyed.charge"] ?? 0).toBeLessThanOrEqual(items * 2);
}

function theEndIsExplained(run: Simulation, drawn: RandomCase): void {
  const { order } = run;
  const release = releaseOfCase(drawn);
  const explained = explainOrder(order, release);
  expect(explained.sentence).not.toBe("");
  const mandatory = order.tasks.filter((_, position) => order.plan?.graph.tasks[position]?.mandatory);
  const allWell = mandatory.every(({ state }) => outcomeOf(state) === "SUCCESS");
  expect(order.state === "COMPLETED", `${order.state}: ${explained.sentence}`).toBe(allWell);
  if (TERMINAL.has(order.state) || order.state === "PARTIALLY_COMPLETED") return;
  const somebodyActs = order.cases.some(({ state }) => state === "OPEN") || order.tasks.some(({ state }) => state === "AWAITING_MANUAL_ACTION");
  expect(somebodyActs, `${order.state}: ${explained.sentence}`).toBe(true);
  expect(["person", "customer"]).toContain(explained.waitsFor);
}

describe("any plan in any world", () => {
  it("runs to an end or to a person; its journal is its state; effects happen once; the same run is the same bytes", async () => {
    await fc.assert(
      fc.asyncProperty(randomCase, async (drawn) => {
        const release = releaseOfCase(drawn);
        const run = await simulate(drawn.order, release, drawn.script, START);
        nothingStartsBeforeItsTime(run);
        nobodyHoldsALockTwice(run);
        effectsHappenOnce(run, drawn);
        theEndIsExplained(run, drawn);
        const again = await simulate(drawn.order, release, drawn.script, START);
        expect(JSON.stringify(again.journal)).toBe(JSON.stringify(run.journal));
      }),
      { seed: Number(process.env["ORDERLOOM_PROPERTY_SEED"] ?? 20261102), numRuns: RUNS, interruptAfterTimeLimit: 100_000 },
    );
  }, 240_000);
});
