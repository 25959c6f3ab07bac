import { describe, expect, it } from "vitest";
import type { TemplateEdge } from "../../../engine/language/kinds.ts";
import { given } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, edge, releaseOf, task, when, type Sketch } from "../../support/release-of.ts";

/** `second` waits for `first` by one dependency. */
function pair(dependency: TemplateEdge, firstType = "keyed-work", ...sketches: readonly Sketch[]) {
  return releaseOf({ DEMO: { tasks: [task("first", firstType), task("second", "keyed-work", edge(dependency))] } }, ...sketches);
}

/** First fails and a person ends it for good. */
async function lose(scene: Awaited<ReturnType<typeof given>>, name = "first") {
  await scene.admit(name);
  await scene.fail(name, "SEMANTIC");
  return scene.person(name, "REJECTED");
}

describe("A3 success", () => {
  const release = pair({ type: "success", task: "first" });

  it("waits until the predecessor has ended well", async () => {
    const scene = await given(release);
    expect(scene.states("second")).toEqual(["PENDING"]);
    await scene.run("first");
    expect(scene.states("second")).toEqual(["READY"]);
  });

  it("is met by a predecessor the order does not need", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("first", "keyed-work", { includeWhen: when("item", "quantity", "greaterThan", 1) }), task("second", "keyed-work", after("first"))] } }));
    expect(scene.states("first", "second")).toEqual(["SKIPPED_BY_POLICY", "READY"]);
  });

  it("never holds after a failure: what belongs to the lost item falls away", async () => {
    expect((await lose(await given(release))).states("first", "second")).toEqual(["FAILED_FINAL", "CANCELLED"]);
  });

  it("never holds after an optional failure: a case, not a silent wait", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("first", "keyed-work", { mandatory: false }), task("second", "keyed-work", after("first"))] } }));
    await scene.admit("first");
    await scene.fail("first", "SEMANTIC");
    expect(scene.states("first", "second")).toEqual(["FAILED_FINAL", "AWAITING_MANUAL_ACTION"]);
    expect(scene.openCases().some(({ reasonCode }) => reasonCode === "DEPENDENCY_IMPOSSIBLE")).toBe(true);
  });
});

describe("A3 output", () => {
  it("D2 waits for the value and gives it to the waiting task, under its own or another name", async () => {
    const work: Sketch = {
      kind: "task-type", key: "fed", category: "WORK", owner: "o", targetSystem: "keyed", action: "work", work: { by: "system", mode: "command" }, retry: "thrice", timeout: "repeat", compensation: "none-needed-after-all",
      inputs: { type: "object", properties: { ref: { type: "string", minLength: 4 } }, required: ["ref"] }, request: { ref: "=inputs.ref" }, evidence: { type: "object" },
    };
    const release = releaseOf({ DEMO: { tasks: [task("first"), task("second", "fed", edge({ type: "output", task: "first", with: { output: "reference" }, as: "ref" }))] } }, work);
    const scene = await given(release);
    await scene.run("first");
    expect(scene.task("second")).toMatchObject({ state: "READY", inputs: { ref: "R-first" }, request: { ref: "R-first" } });
    const short = await given(release);
    await short.admit("first");
    await short.succeed("first", { reference: "R" });
    expect(short.task("second").state).toBe("AWAITING_MANUAL_ACTION");
    expect(short.openCases()).toMatchObject([{ reasonCode: "INPUT_INVALID" }]);
  });

  it("never holds when the predecessor ended without the value", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("first", "keyed-work", { includeWhen: when("item", "quantity", "greaterThan", 1) }), task("second", "keyed-work", edge({ type: "output", task: "first", with: { output: "reference" } }))] } }));
    expect(scene.states("second")).toEqual(["AWAITING_MANUAL_ACTION"]);
    expect(scene.openCases()).toMatchObject([{ reasonCode: "DEPENDENCY_IMPOSSIBLE" }]);
  });
});

describe("A3 milestone", () => {
  it("waits until all tasks of the milestone have ended well", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a"), task("b"), task("c", "keyed-work", edge({ type: "milestone", milestone: "built" }))], milestones: [{ key: "built", reachedBy: ["a", "b"] }] } }));
    await scene.run("a");
    expect(scene.states("c")).toEqual(["PENDING"]);
    await scene.run("b");
    expect(scene.milestone("built")).toBe("REACHED");
    expect(scene.states("c")).toEqual(["READY"]);
  });
});

describe("A3 time", () => {
  const release = pair({ type: "time", with: { at: "=item.requestedDate" } });

  it("D5 waits for the instant by a timer and goes when it has come, not before", async () => {
    const scene = await given(release, orderOf([itemOf({ requestedDate: "2026-11-03T10:00:00.000Z" })]));
    expect(scene.timer("second", "wake")).toBe("2026-11-03T10:00:00.000Z");
    await scene.pass("PT23H59M59S");
    expect(scene.states("second")).toEqual(["PENDING"]);
    await scene.pass("PT1S");
    expect(scene.states("second")).toEqual(["READY"]);
    expect(scene.timers.size).toBe(0);
  });

  it("holds at once when the instant has passed", async () => {
    const scene = await given(release, orderOf([itemOf({ requestedDate: "2026-11-01T10:00:00.000Z" })]));
    expect(scene.states("second")).toEqual(["READY"]);
  });
});

describe("A3 human", () => {
  const release = pair({ type: "human", task: "first", with: { accept: ["APPROVED"] } }, "approval");

  it("waits for a decision and holds when it is one of those accepted", async () => {
    const scene = await given(release);
    await scene.admit("first");
    expect(scene.states("second")).toEqual(["PENDING"]);
    await scene.person("first", "APPROVED");
    expect(scene.states("second")).toEqual(["READY"]);
  });

  it("another decision ends the waiting", async () => {
    const scene = await given(release);
    await scene.admit("first");
    await scene.person("first", "REJECTED");
    expect(scene.states("second")).toEqual(["CANCELLED"]);
  });
});

describe("A3 conditional", () => {
  const release = pair({ type: "conditional", task: "first", with: { condition: when("item", "characteristics.careful", "equal", true) } });

  it("counts while its condition holds, and does not exist otherwise", async () => {
    const careful = await given(release, orderOf([itemOf({ characteristics: { careful: true } })]));
    expect(careful.states("second")).toEqual(["PENDING"]);
    await careful.run("first");
    expect(careful.states("second")).toEqual(["READY"]);
    expect((await given(release, orderOf([itemOf({ characteristics: { careful: false } })]))).states("second")).toEqual(["READY"]);
  });
});

describe("A3 compensation", () => {
  const release = releaseOf({ DEMO: { tasks: [task("first"), task("undo", "keyed-work", { mandatory: false }, edge({ type: "compensation", task: "first" }))] } });

  it("runs only after the predecessor failed", async () => {
    const scene = await lose(await given(release));
    expect(scene.states("undo")).toEqual(["READY"]);
  });

  it("is skipped, with the reason, when there is nothing to undo", async () => {
    const scene = await given(release);
    await scene.run("first");
    expect(scene.task("undo")).toMatchObject({ state: "SKIPPED_BY_POLICY", reason: expect.stringContaining("keyed-work") as string });
    expect(scene.order.state).toBe("COMPLETED");
  });
});

describe("A3 success or waiver within a time limit", () => {
  const release = releaseOf({ DEMO: { tasks: [task("zero"), task("first", "keyed-work", after("zero")), task("second", "keyed-work", edge({ type: "success-or-waived-within", task: "first", with: { hours: 2 } }))] } });

  it("holds when the predecessor succeeds within the hours of becoming ready", async () => {
    const scene = await given(release);
    await scene.pass("PT5H");
    await scene.run("zero");
    expect(scene.timer("second", "wake")).toBe("2026-11-02T17:00:00.000Z");
    await scene.pass("PT1H");
    await scene.run("first");
    expect(scene.states("second")).toEqual(["READY"]);
    expect(scene.timers.size).toBe(0);
  });

  it("holds at the last instant, and can never hold a moment later: a case", async () => {
    const scene = await given(release);
    await scene.run("zero");
    await scene.pass("PT2H");
    expect(scene.states("second")).toEqual(["PENDING"]);
    await scene.pass("PT0.001S");
    expect(scene.states("second")).toEqual(["AWAITING_MANUAL_ACTION"]);
    expect(scene.openCases()).toMatchObject([{ reasonCode: "DEPENDENCY_IMPOSSIBLE" }]);
  });
});

describe("a ninth type", () => {
  const twice: Sketch = {
    kind: "dependency-type", key: "done-or-tried-twice", binds: "task",
    parameters: { type: "object", properties: { times: { type: "integer", examples: [2] } }, required: ["times"] },
    satisfiedWhen: { any: [
      { fact: "predecessor", path: "outcome", operator: "equal", value: "SUCCESS" },
      { all: [{ fact: "predecessor", path: "attempts", operator: "greaterThanInclusive", value: "{times}" }, { fact: "now", operator: "atOrAfter", value: { fact: "edge", path: "wakeAt" } }] },
    ] },
    wakeAt: "=date and time(predecessor.startedAt) + duration(\"PT1H\")",
    provides: "=predecessor.attempts",
  };

  it("is one JSON file: the engine honors its rule, its clock and its value without a line of code", async () => {
    const scene = await given(pair({ type: "done-or-tried-twice", task: "first", with: { times: 2 }, as: "tries" }, "keyed-work", twice));
    await scene.admit("first");
    expect(scene.timer("second", "wake")).toBe("2026-11-02T11:00:00.000Z");
    await scene.fail("first", "TRANSIENT");
    await scene.pass("PT10S");
    await scene.admit("first");
    expect(scene.states("second")).toEqual(["PENDING"]);
    await scene.pass("PT1H");
    expect(scene.task("second")).toMatchObject({ state: "READY", inputs: { tries: 2 } });
    expect(scene.task("first").state).not.toBe("SUCCEEDED");
  });
});
