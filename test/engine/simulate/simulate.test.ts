import { describe, expect, it } from "vitest";
import type { ScriptLine } from "../../../engine/simulate/script.ts";
import { simulate, type Simulation } from "../../../engine/simulate/simulate.ts";
import { compile } from "../../../engine/language/compile.ts";
import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";
import { itemOf, orderOf, START } from "../../support/order-of.ts";
import { after, releaseOf, task, type Sketch } from "../../support/release-of.ts";

const chain = releaseOf({ DEMO: { tasks: [task("a"), task("b", "asked-work", after("a")), task("c", "blind-work", after("b"))] } });
const run = (release: CompiledRelease, script: readonly ScriptLine[] = [], order = orderOf()) => simulate(order, release, script, START);
const stateOf = ({ order }: Simulation, key: string) => order.tasks[order.plan?.graph.tasks.findIndex((planned) => planned.key === key) ?? -1]?.state;

describe("O1 the simulator", () => {
  it("runs an order to its end when nothing is scripted", async () => {
    const done = await run(chain);
    expect(done.order.state).toBe("COMPLETED");
    expect(done.commands).toEqual({ "asked.work": 1, "blind.work": 1, "keyed.work": 1 });
    expect(done.effects).toEqual(done.commands);
    expect(done.rejections).toEqual([]);
  });

  it("I-12 gives the same journal twice, byte for byte, with versions that follow each other", async () => {
    const script: ScriptLine[] = [{ task: "1/a", does: "TAKE_EFFECT_THEN_TIME_OUT", attempt: 1 }, { task: "1/b", does: "REORDER" }];
    const first = await run(chain, script);
    expect(JSON.stringify((await run(chain, script)).journal)).toBe(JSON.stringify(first.journal));
    let version = 1;
    for (const entry of first.journal) {
      expect(entry.firstVersion).toBe(version);
      version += entry.events.length;
    }
    expect(first.order.aggregateVersion).toBe(version - 1);
  });

  it.each(["keyed", "asked"] as const)("E4 a timeout after the effect at a system that is %s: unknown, found out, done once", async (system) => {
    const key = system === "keyed" ? "a" : "b";
    const done = await run(chain, [{ task: `1/${key}`, attempt: 1, does: "TAKE_EFFECT_THEN_TIME_OUT" }]);
    expect(done.journal.flatMap(({ events }) => events).some(({ type }) => type === "TaskOutcomeBecameUnknown")).toBe(true);
    expect(done.effects[`${system}.work`]).toBe(1);
    expect(done.order.state).toBe("COMPLETED");
  });

  it("E4 a timeout without effect at a system that can be asked: not found, sent again, done once", async () => {
    const done = await run(chain, [{ task: "1/b", attempt: 1, does: "TIME_OUT_WITHOUT_EFFECT" }]);
    expect([done.commands["asked.work"], done.effects["asked.work"], done.order.state]).toEqual([2, 1, "COMPLETED"]);
  });

  it("E4 a lost answer of a system that is neither: a person, nothing sent again", async () => {
    const done = await run(chain, [{ task: "1/c", does: "TAKE_EFFECT_THEN_TIME_OUT" }]);
    expect([done.commands["blind.work"], stateOf(done, "c"), done.order.cases.length]).toEqual([1, "OUTCOME_UNKNOWN", 1]);
  });

  it("a scripted person finds out, and the order goes on", async () => {
    const done = await run(chain, [{ task: "1/c", does: "TAKE_EFFECT_THEN_TIME_OUT" }, { manual: "1/c", outcome: "TOOK_EFFECT", evidence: { reference: "x" }, after: "PT2H" }]);
    expect([done.order.state, done.order.completedAt?.slice(0, 13)]).toEqual(["COMPLETED", "2026-11-02T12"]);
  });

  it("a late answer, a duplicate and one out of order each count once", async () => {
    const done = await run(chain, [{ task: "1/a", does: "DUPLICATE" }, { task: "1/b", does: "LATE" }, { task: "1/c", does: "REORDER" }]);
    expect(done.order.state).toBe("COMPLETED");
    expect(done.journal.flatMap(({ events }) => events).filter(({ type }) => type === "TaskSucceeded")).toHaveLength(3);
    expect(done.order.cases.filter(({ state }) => state === "OPEN")).toEqual([]);
  });

  it("shows an order that waits for ever as it stands, held with other work ready, without going round in circles", async () => {
    const visit: Sketch = { kind: "task-type", key: "visit", category: "FIELD", owner: "f", targetSystem: "one", action: "visit", work: { by: "system", mode: "command" }, retry: "never", timeout: "tell", compensation: "none-needed-after-all", evidence: { type: "object" }, outcomes: [{ key: "NO_ACCESS", effect: "HOLD" }] };
    const one: Sketch = { kind: "target-system", key: "one", adapter: "http", endpoint: "ONE_URL", completion: "response", effects: { class: "neither" }, limits: { concurrency: 1 }, failures: "failures" };
    const done = await run(releaseOf({ DEMO: { tasks: [task("a", "visit"), task("b", "visit")] } }, visit, one), [{ task: "1/a", does: "FAIL", code: "NO_ACCESS" }], orderOf([itemOf(), itemOf({ id: "2" })]));
    expect([done.order.state, ...done.order.items.map(({ state }) => state)]).toEqual(["HELD", "HELD", "COMPLETED"]);
    expect(stateOf(done, "b")).toBe("READY");
  });

  it("honors limits and rates: one place, one a second", async () => {
    const slow: Sketch = { kind: "target-system", key: "keyed", adapter: "http", endpoint: "K_URL", completion: "response", effects: { class: "idempotent-key" }, limits: { concurrency: 1, ratePerSecond: 1 }, failures: "failures" };
    const done = await run(releaseOf({ DEMO: { tasks: [task("a"), task("b"), task("c")] } }, slow));
    const sentAt = done.journal.flatMap(({ events }) => events).filter(({ type }) => type === "TaskDispatched").map(({ at }) => Date.parse(at));
    expect(done.order.state).toBe("COMPLETED");
    for (const [position, at] of sentAt.entries()) if (position > 0) expect(at - (sentAt[position - 1] ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  it("feeds events from outside at their time", async () => {
    const release = releaseOf({ DEMO: { tasks: [task("a", "keyed-work", { dependsOn: [{ type: "milestone", milestone: "paid" }] })], milestones: [{ key: "paid", reachedOn: "payment", expectedBy: "=date and time(order.acceptedAt) + duration(\"P1D\")" }] } });
    expect((await run(release, [{ event: "payment", at: "PT3H" }])).order).toMatchObject({ state: "COMPLETED", completedAt: "2026-11-02T13:00:00.000Z" });
    expect((await run(release)).order.cases).toMatchObject([{ reasonCode: "MILESTONE_MISSED" }]);
  });
});

describe("the shipped release", () => {
  const compilation = compile(loadDefinitions(), { name: "shipped" });
  const fiber = orderOf(
    [itemOf({
      offering: "HOME_FIBER_1G", specification: "HOME_FIBER", place: { id: "L1", validated: true }, appointment: { id: "S1", slot: "2026-11-06T08:00:00Z/2026-11-06T12:00:00Z" },
      characteristics: { speed: "1G", routerRequired: true, routerDelivery: "TECHNICIAN" }, qualification: { id: "SQ1", result: "qualified", technology: "FTTH" }, charges: [{ key: "base-fee", type: "RECURRING", amount: 39.9, currency: "EUR" }, { key: "installation", type: "ONE_TIME", amount: 49, currency: "EUR" }],
    })],
    { customer: { id: "C1", contact: { phone: "+62" } } },
  );

  it("compiles, and Home Fiber runs through it: active, each charge billed once, every task explained", async () => {
    if (!compilation.ok) throw new Error(JSON.stringify(compilation.diagnostics));
    const done = await run(compilation.release, [], fiber);
    expect(done.order.cases.filter(({ state }) => state === "OPEN")).toEqual([]);
    expect([done.order.state, done.order.plan?.state, done.order.items[0]?.customerStatus]).toEqual(["COMPLETED", "COMPLETED", expect.stringMatching(/ACTIVE|DONE|COMPLETED/)]);
    expect(done.effects["billing.start-charge"]).toBe(2);
    expect(done.rejections).toEqual([]);
  });

  it("Home Fiber survives a lost answer of every task, once, without a single effect twice", async () => {
    if (!compilation.ok) throw new Error(JSON.stringify(compilation.diagnostics));
    const { release } = compilation;
    const clean = await run(release, [], fiber);
    // A question has no effect, so asking it twice does nothing twice.
    const commandsOnly = ({ effects }: Simulation) => Object.fromEntries(Object.entries(effects).filter(([name]) => name !== "activation.verify"));
    for (const planned of clean.order.plan?.graph.tasks ?? []) {
      const done = await run(release, [{ task: `1/${planned.key}`, attempt: 1, does: "TAKE_EFFECT_THEN_TIME_OUT" }], fiber);
      const effects = release.taskTypes.get(planned.type)?.targetSystem?.definition.effects.class;
      if (effects !== "neither") expect([planned.key, done.order.state, commandsOnly(done)]).toEqual([planned.key, "COMPLETED", commandsOnly(clean)]);
    }
  });
});
