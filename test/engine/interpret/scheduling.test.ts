import { describe, expect, it } from "vitest";
import { given } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, releaseOf, task, type Sketch } from "../../support/release-of.ts";

describe("D1 what may run", () => {
  it("is ready in the order depth, then id; the plan's tasks all belong to one priority", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("z"), task("m"), task("a", "keyed-work", after("m", "z")), task("b", "keyed-work", after("m", "z"))] } }));
    expect(scene.past("TaskReady").map(({ taskId }) => taskId)).toEqual(["O1/p1/1/m", "O1/p1/1/z"]);
    await scene.run("z", "m");
    expect(scene.past("TaskReady").slice(2).map(({ taskId }) => taskId)).toEqual(["O1/p1/1/a", "O1/p1/1/b"]);
  });

  it("independent tasks run in parallel; a task waits for all it depends on, exactly once", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a"), task("b"), task("c", "keyed-work", after("a", "b"))] } }));
    await scene.admit();
    expect(scene.states("a", "b", "c")).toEqual(["DISPATCHED", "DISPATCHED", "PENDING"]);
    await scene.succeed("b");
    expect(scene.states("c")).toEqual(["PENDING"]);
    await scene.succeed("a");
    expect(scene.past("TaskReady").filter(({ taskId }) => taskId.endsWith("/c"))).toHaveLength(1);
  });

  it("nothing is dispatched that is not ready, and nothing twice", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a"), task("b", "keyed-work", after("a"))] } }));
    await scene.admit("b");
    scene.thenNothing();
    await scene.admit("a", "a");
    expect(scene.sent("a")).toHaveLength(1);
    await scene.admit("a");
    scene.thenNothing();
    await scene.when({ type: "TasksAdmitted", taskIds: ["nobody"] });
    scene.thenNothing();
  });

  it("22a 34 the ten-task diamond runs in the order of its graph", async () => {
    const tasks = [
      task("t1"), task("t2"), task("t3", "keyed-work", after("t1")), task("t4", "keyed-work", after("t1")), task("t5", "keyed-work", after("t2", "t3", "t4")),
      task("t6", "keyed-work", after("t5")), task("t7", "keyed-work", after("t6")), task("t8", "keyed-work", after("t6")), task("t9", "keyed-work", after("t7", "t8")), task("t10", "keyed-work", after("t9")),
    ];
    const scene = await given(releaseOf({ DEMO: { tasks } }));
    const waves: string[][] = [];
    while (scene.ready().length > 0) {
      const wave = scene.ready().map((name) => name.slice(2));
      waves.push(wave);
      await scene.run(...wave);
    }
    expect(waves).toEqual([["t1", "t2"], ["t3", "t4"], ["t5"], ["t6"], ["t7", "t8"], ["t9"], ["t10"]]);
    expect(scene.order).toMatchObject({ state: "COMPLETED", plan: { state: "COMPLETED", openTasks: 0 } });
    expect(scene.order.plan?.graph.tasks.map(({ depth }) => depth)).toEqual([0, 0, 1, 1, 2, 3, 4, 4, 5, 6]);
  });
});

describe("D5 the execution window", () => {
  const release = releaseOf({ DEMO: { tasks: [task("a", "keyed-work", { window: "office" })] } });

  it.each([
    ["open", "2026-11-02T10:00:00.000Z", null],
    ["the lunch break", "2026-11-02T11:30:00.000Z", "2026-11-02T12:00:00.000Z"],
    ["the evening", "2026-11-02T16:00:00.000Z", "2026-11-03T07:00:00.000Z"],
    ["the weekend", "2026-11-06T16:00:00.000Z", "2026-11-09T07:00:00.000Z"],
    ["a holiday before a weekend", "2026-12-24T16:30:00.000Z", "2026-12-28T07:00:00.000Z"],
    ["the weekend in which summer time begins", "2026-03-27T17:00:00.000Z", "2026-03-30T06:00:00.000Z"],
    ["the weekend in which summer time ends", "2026-10-23T16:00:00.000Z", "2026-10-26T07:00:00.000Z"],
  ])("in %s the task waits until %s -> %s", async (_when, at, opens) => {
    const scene = await given(release, orderOf(), at);
    expect(scene.timer("a", "window") ?? null).toBe(opens);
    expect(scene.states("a")).toEqual([opens === null ? "READY" : "PENDING"]);
    if (opens === null) return;
    scene.at = opens;
    await scene.pass("PT0S");
    expect(scene.states("a")).toEqual(["READY"]);
  });

  it("closes again while the task waits for admission: it is put off, not sent", async () => {
    const scene = await given(release);
    await scene.pass("PT1H30M");
    await scene.admit("a");
    scene.thenEvents({ type: "TaskDeferred", until: "2026-11-02T12:00:00.000Z", calendar: "office" });
    expect(scene.sent("a")).toEqual([]);
    await scene.pass("PT30M");
    await scene.run("a");
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("holds for retries too", async () => {
    const scene = await given(release, orderOf(), "2026-11-02T15:59:55.000Z");
    await scene.admit("a");
    await scene.fail("a", "TRANSIENT");
    await scene.pass("PT10S");
    expect(scene.timer("a", "window")).toBe("2026-11-03T07:00:00.000Z");
    await scene.pass("PT16H");
    await scene.run("a");
    expect(scene.sent("a").map(({ attempt }) => attempt)).toEqual([1, 2]);
  });
});

describe("E1 the idempotency key", () => {
  const stock: Sketch = { kind: "retry-policy", key: "thrice", maxAttempts: 3, backoff: { strategy: "FIXED", initialDelay: "PT10S" }, retryOn: { classes: ["TRANSIENT"] }, reconcileFirst: true, onExhausted: "FALLOUT" };
  const release = releaseOf({ DEMO: { tasks: [task("a", "keyed-work", { with: { label: "FIRST" }, alternatives: [{ onCodes: ["GONE"], with: { label: "SECOND" } }, { onCodes: ["GONE"], with: { label: "THIRD" } }] }), task("b")] } }, stock);

  it("is the same over all attempts of one request and other for every task and order", async () => {
    const scene = await given(release);
    await scene.admit("a", "b");
    await scene.fail("a", "TRANSIENT");
    await scene.pass("PT10S");
    await scene.admit("a");
    const keys = scene.sent("a").map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(scene.sent("b")[0]?.idempotencyKey).not.toBe(keys[0]);
    const other = await given(release, orderOf([itemOf()], { id: "O2" }));
    await other.admit("a");
    expect(other.sent("a")[0]?.idempotencyKey).not.toBe(keys[0]);
  });

  it("E10 an alternative is a new request with a new key, tried in order before anyone is asked", async () => {
    const scene = await given(release);
    const labels: unknown[] = [];
    for (const left of [2, 1, 0]) {
      await scene.admit("a");
      labels.push(scene.sent("a").at(-1)?.request["label"]);
      await scene.fail("a", "GONE");
      expect(scene.states("a")).toEqual([left > 0 ? "READY" : "AWAITING_MANUAL_ACTION"]);
    }
    expect(labels).toEqual(["FIRST", "SECOND", "THIRD"]);
    expect(new Set(scene.sent("a").map(({ idempotencyKey }) => idempotencyKey)).size).toBe(3);
    expect(scene.past("TaskAlternativeChosen").map(({ requestRevision }) => requestRevision)).toEqual([2, 3]);
  });

  it("E10 no alternative is tried while the first may have taken effect, nor for another reason", async () => {
    for (const [code, effect] of [["GONE", "POSSIBLE"], ["GONE", "PARTIAL"], ["OTHER", "NONE"]] as const) {
      const scene = await given(release);
      await scene.admit("a");
      await scene.fail("a", code, effect);
      expect(scene.past("TaskAlternativeChosen")).toEqual([]);
    }
  });

  it("E10 the success of a request that was replaced is not the success of its alternative", async () => {
    const scene = await given(release);
    await scene.admit("a");
    await scene.fail("a", "GONE");
    await scene.admit("a");
    await scene.succeed("a", { reference: "the first, after all" }, { via: "callback", attempt: 1 });
    expect(scene.states("a")).toEqual(["DISPATCHED"]);
    expect(scene.events("LateResultRecorded")).toHaveLength(1);
    expect(scene.openCases()).toHaveLength(1);
    await scene.succeed("a", { reference: "the second" });
    expect(scene.task("a")).toMatchObject({ state: "SUCCEEDED", outputs: { reference: "the second" } });
  });
});

describe("D4 locks of a task", () => {
  const locking: Sketch = {
    kind: "task-type", key: "locking", category: "WORK", owner: "o", targetSystem: "keyed", action: "work", work: { by: "system", mode: "command" }, retry: "thrice", timeout: "repeat", compensation: "none-needed-after-all",
    parameters: { type: "object", properties: { pool: { type: "string", examples: ["A"] } } }, evidence: { type: "object" },
    locks: [{ scope: "resource-pool", key: "=with.pool" }, { scope: "asset", key: "=item.product.id" }],
  };

  it("are those whose key has a value, held from admission until the task is final", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a", "locking", { with: { pool: "A" } })] } }, locking));
    expect(scene.task("a")).toMatchObject({ locks: [{ scope: "resource-pool", key: "A" }], locked: false });
    await scene.admit("a");
    expect(scene.task("a").locked).toBe(true);
    await scene.fail("a", "TIMEOUT", "POSSIBLE");
    expect(scene.task("a")).toMatchObject({ state: "OUTCOME_UNKNOWN", locked: true });
    await scene.fail("a", "TRANSIENT");
    expect(scene.task("a")).toMatchObject({ state: "RETRY_SCHEDULED", locked: true });
    await scene.pass("PT10S");
    await scene.run("a");
    expect(scene.task("a").locked).toBe(false);
  });

  it("of an alternative are its own: the first one's are given back and the new ones taken at admission", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a", "locking", { with: { pool: "A" }, alternatives: [{ onCodes: ["GONE"], with: { pool: "B" } }] })] } }, locking));
    await scene.admit("a");
    await scene.fail("a", "GONE");
    expect(scene.task("a")).toMatchObject({ state: "READY", locks: [{ scope: "resource-pool", key: "B" }], locked: false });
  });

  it("are not taken by a task that stopped before it was admitted", async () => {
    const fed: Sketch = { ...locking, inputs: { type: "object", properties: { reference: { type: "string", minLength: 9 } }, required: ["reference"] } };
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a"), task("b", "locking", { with: { pool: "A" }, dependsOn: [{ type: "output", task: "a", with: { output: "reference" } }] })] } }, fed));
    await scene.run("a");
    expect(scene.task("b")).toMatchObject({ state: "AWAITING_MANUAL_ACTION", locked: false });
  });
});

describe("C6 hold and resume", () => {
  const visit: Sketch = {
    kind: "task-type", key: "visit", category: "FIELD", owner: "field", targetSystem: "blind", action: "visit", work: { by: "system", mode: "command" }, retry: "never", timeout: "tell", compensation: "none-needed-after-all",
    evidence: { type: "object" }, outcomes: [{ key: "NO_ACCESS", effect: "HOLD" }, { key: "IMPOSSIBLE", effect: "FAIL" }],
  };
  const release = releaseOf({ DEMO: { tasks: [task("visit", "visit"), task("other"), task("next", "keyed-work", after("other"))] } }, visit);
  const resume = { type: "ResumeItem", itemId: "1", reason: "new date", actor: { id: "ann", roles: [], regions: [] } } as const;

  it("no access holds the item for the customer; nothing is undone, no case is opened", async () => {
    const scene = await given(release);
    await scene.admit("visit");
    await scene.fail("visit", "NO_ACCESS");
    expect(scene.order).toMatchObject({ state: "HELD", items: [{ state: "HELD", holdCause: "CUSTOMER_ACTION", customerStatus: "ACTION_REQUIRED" }] });
    expect(scene.openCases()).toEqual([]);
  });

  it("while held nothing new goes out, but what is out comes in", async () => {
    const scene = await given(release);
    await scene.admit("visit", "other");
    await scene.fail("visit", "NO_ACCESS");
    await scene.succeed("other");
    expect(scene.states("other", "next")).toEqual(["SUCCEEDED", "PENDING"]);
    await scene.admit("next");
    scene.thenNothing();
  });

  it("resuming tries the visit again and lets the rest go on", async () => {
    const scene = await given(release);
    await scene.admit("visit", "other");
    await scene.fail("visit", "NO_ACCESS");
    await scene.succeed("other");
    await scene.when(resume);
    expect(scene.states("visit", "next")).toEqual(["READY", "READY"]);
    expect(scene.order).toMatchObject({ state: "IN_PROGRESS", items: [{ state: "IN_PROGRESS", holdCause: null }] });
    await scene.run("visit", "next");
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("only a held item can be resumed", async () => {
    const scene = await given(release);
    await scene.when(resume);
    scene.thenRejected("invalid-transition");
    await scene.when({ ...resume, itemId: "9" });
    scene.thenRejected("item-not-found");
  });

  it("a business answer that may have taken effect all the same is found out first", async () => {
    const scene = await given(release);
    await scene.admit("visit");
    await scene.fail("visit", "NO_ACCESS", "POSSIBLE");
    expect(scene.states("visit")).toEqual(["OUTCOME_UNKNOWN"]);
    expect(scene.order.state).toBe("IN_PROGRESS");
  });

  it("an outcome that fails ends the task for good", async () => {
    const scene = await given(release);
    await scene.admit("visit");
    await scene.fail("visit", "IMPOSSIBLE");
    expect(scene.states("visit")).toEqual(["FAILED_FINAL"]);
    expect(scene.order.state).toBe("FAILED");
  });

  it("a precondition is asked again when the task goes out, on the facts of that moment", async () => {
    const late: Sketch = { ...visit, key: "visit", preconditions: { all: [{ fact: "now", operator: "after", value: "2026-11-02T11:00:00Z" }] } };
    const scene = await given(releaseOf({ DEMO: { tasks: [task("visit", "visit")] } }, late));
    await scene.pass("PT2H");
    await scene.admit("visit");
    expect(scene.states("visit")).toEqual(["DISPATCHED"]);
  });
});
