import { describe, expect, it } from "vitest";
import { explainOrder } from "../../../engine/explain/explain.ts";
import { given, submitted, type Scene } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, edge, releaseOf, task, when } from "../../support/release-of.ts";

const release = releaseOf({ DEMO: { tasks: [task("a", "keyed-work", { title: "Build it" }), task("b", "asked-work", { title: "Test it" }, after("a"))] } });
const explain = (scene: Scene, waits?: ReadonlyMap<string, { reason: string; resource: string }>) => explainOrder(scene.order, scene.release, waits);
const sentenceOf = (scene: Scene, key: string) => explain(scene).tasks[scene.position(key)]?.sentence;

describe("L1 the one sentence that says why an order is not moving", () => {
  it("before it has a plan", async () => {
    expect(explain(await submitted(release))).toMatchObject({ waitsFor: "nobody", sentence: "The order was accepted; its plan is about to be made." });
  });

  it("waits for capacity: says what must come free", async () => {
    const scene = await given(release);
    expect(explain(scene)).toMatchObject({ waitsFor: "capacity", blockingTaskId: scene.task("a").id, sentence: '"Build it" is ready to go out.' });
    expect(explain(scene, new Map([[scene.task("a").id, { reason: "target-rate", resource: "rate:keyed" }]])).sentence).toContain("target-rate (rate:keyed)");
  });

  it("waits for a system", async () => {
    const scene = await given(release);
    await scene.admit("a");
    expect(explain(scene)).toMatchObject({ waitsFor: "target-system", blockingTaskId: scene.task("a").id });
    await scene.report("a", { status: "accepted" });
    expect(explain(scene)).toMatchObject({ waitsFor: "target-system", sentence: expect.stringContaining("The keyed") as string });
  });

  it("waits for the clock: says until when, and what failed", async () => {
    const scene = await given(release);
    await scene.admit("a");
    await scene.fail("a", "TRANSIENT");
    expect(explain(scene)).toMatchObject({ waitsFor: "clock", sentence: '"Build it" is tried again at 2026-11-02T10:00:10.000Z (attempt 2). The last attempt failed: It said TRANSIENT (TRANSIENT, transient by failures/transient).' });
    const timed = await given(releaseOf({ DEMO: { tasks: [task("a", "keyed-work", edge({ type: "time", with: { at: "=item.requestedDate" } }))] } }), orderOf([itemOf({ requestedDate: "2026-12-01T00:00:00.000Z" })]));
    expect(explain(timed)).toMatchObject({ waitsFor: "clock", sentence: expect.stringContaining("2026-12-01T00:00:00.000Z") as string });
    const closed = await given(releaseOf({ DEMO: { tasks: [task("a", "keyed-work", { window: "office" })] } }), orderOf(), "2026-11-01T10:00:00.000Z");
    expect(explain(closed)).toMatchObject({ waitsFor: "clock", sentence: expect.stringContaining("opens at 2026-11-02T07:00:00.000Z") as string });
  });

  it("waits for a person: says which case, which queue, by when", async () => {
    const scene = await given(release);
    await scene.admit("a");
    await scene.fail("a", "SEMANTIC");
    expect(explain(scene)).toEqual(expect.objectContaining({ waitsFor: "person", blockingTaskId: scene.task("a").id, sentence: '"Build it" is stopped: It said SEMANTIC. A person in the queue support must act (P2, due 2026-11-02T18:00:00.000Z).' }));
    const own = await given(releaseOf({ DEMO: { tasks: [task("p", "approval")] } }));
    await own.admit("p");
    expect(explain(own)).toMatchObject({ waitsFor: "person", sentence: expect.stringContaining("desk-north") as string });
  });

  it("waits for the customer", async () => {
    const scene = await given(release);
    await scene.admit("a");
    await scene.fail("a", "SEMANTIC");
    await scene.person("a", "ASK_CUSTOMER");
    expect(explain(scene)).toMatchObject({ waitsFor: "customer", blockingTaskId: scene.task("a").id });
  });

  it("is unknown: says since when and how it will be found out", async () => {
    const scene = await given(release);
    await scene.admit("a");
    await scene.fail("a", "TIMEOUT", "POSSIBLE");
    expect(explain(scene).sentence).toContain("The same command is sent again with the same key at 2026-11-02T10:00:10.000Z.");
    await scene.pass("PT10S");
    expect(explain(scene).sentence).toContain("The same command waits to be sent again with the same key.");
    await scene.run("a");
    await scene.admit("b");
    await scene.fail("b", "TIMEOUT", "POSSIBLE");
    expect(explain(scene).sentence).toContain("The system is asked at");
  });

  it("has ended, or lacks only its criteria", async () => {
    const scene = await given(release);
    await scene.run("a", "b");
    expect(explain(scene)).toMatchObject({ waitsFor: "nobody", sentence: "The order was completed at 2026-11-02T10:00:00.000Z." });
    const open = await given(releaseOf({ DEMO: { tasks: [task("a")], completeWhen: when("item", "quantity", "greaterThan", 5) } }));
    await open.run("a");
    expect(explain(open).sentence).toContain("completion criteria do not hold");
    const lost = await given(release);
    await lost.admit("a");
    await lost.fail("a", "SEMANTIC");
    await lost.person("a", "REJECTED");
    expect(explain(lost)).toMatchObject({ waitsFor: "nobody", sentence: "The order has ended as FAILED." });
  });
});

describe("what each task says", () => {
  it("pending: what it waits for, by title and kind of dependency", async () => {
    const scene = await given(release);
    expect(explain(scene).tasks[1]).toMatchObject({ waits: "predecessors", waitsFor: ['"Build it" (success dependency)'], sentence: '"Test it" waits for "Build it" (success dependency).' });
  });

  it("ended: how, when, through whom, or why not", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a"), task("s", "keyed-work", { includeWhen: when("item", "quantity", "greaterThan", 5) }), task("f", "keyed-work", { mandatory: false }, after("a"))] } }));
    await scene.run("a");
    expect(sentenceOf(scene, "a")).toContain("succeeded at 2026-11-02T10:00:00.000Z, reported by response");
    expect(sentenceOf(scene, "s")).toContain("was skipped: the order does not need it");
    await scene.admit("f");
    await scene.fail("f", "SEMANTIC");
    expect(sentenceOf(scene, "f")).toContain("has failed for good: It said SEMANTIC");
  });

  it("never is silent, in whatever state", async () => {
    const scene = await given(release);
    for (const step of [() => scene.admit("a"), () => scene.report("a", { status: "accepted" }), () => scene.fail("a", "TIMEOUT", "POSSIBLE"), () => scene.pass("PT5M"), () => scene.pass("PT10M")]) {
      await step();
      for (const each of explain(scene).tasks) expect(each.sentence.length).toBeGreaterThan(10);
      expect(explain(scene).sentence).not.toMatch(/undefined|null|\?/);
    }
  });
});
