import { describe, expect, it } from "vitest";
import { compile } from "../../engine/language/compile.ts";
import { given } from "../support/given.ts";
import { itemOf, orderOf } from "../support/order-of.ts";
import { after, definitionsOf, edge, releaseOf, task, when, type TemplateSketch } from "../support/release-of.ts";

/** The compiler's complaints about a template. */
function refusal(template: TemplateSketch): readonly { readonly code: string; readonly message: string }[] {
  const compiled = compile(definitionsOf({ DEMO: template }), { name: "broken" });
  return compiled.ok ? [] : compiled.diagnostics.filter(({ severity }) => severity === "error");
}

/** Seed 22a section 32.2. */
describe("22a 32.2 dependency execution", () => {
  it("22a 32.2 parallel tasks: what waits for nothing goes out together, what joins them waits for all", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a"), task("b"), task("c"), task("join", "keyed-work", after("a", "b", "c"))] } }));
    expect(scene.ready()).toEqual(["1/a", "1/b", "1/c"]);
    await scene.admit();
    expect(scene.states("a", "b", "c", "join")).toEqual(["DISPATCHED", "DISPATCHED", "DISPATCHED", "PENDING"]);
    await scene.succeed("c");
    await scene.succeed("a");
    expect(scene.states("join")).toEqual(["PENDING"]);
    await scene.succeed("b");
    expect(scene.states("join")).toEqual(["READY"]);
  });

  it("22a 32.2 blocked tasks: behind a failure nothing starts, beside it everything goes on, and the plan says BLOCKED", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("broken"), task("behind", "keyed-work", after("broken")), task("beside")] } }));
    await scene.admit();
    await scene.fail("broken", "SEMANTIC");
    expect([scene.states("broken", "behind", "beside"), scene.order.plan?.state]).toEqual([["AWAITING_MANUAL_ACTION", "PENDING", "DISPATCHED"], "RUNNING"]);
    await scene.succeed("beside");
    expect([scene.ready(), scene.order.plan?.state, scene.openCases().length]).toEqual([[], "BLOCKED", 1]);
    await scene.person("broken", "REPAIRED");
    await scene.run("broken", "behind");
    expect([scene.order.state, scene.order.plan?.state]).toEqual(["COMPLETED", "COMPLETED"]);
  });

  it("22a 32.2 conditional tasks: left out with the reason when the order does not need them, and nothing waits for them", async () => {
    const release = releaseOf({ DEMO: { tasks: [task("extra", "keyed-work", { includeWhen: when("item", "characteristics.extra", "equal", true) }), task("last", "keyed-work", after("extra"))] } });
    const without = await given(release, orderOf([itemOf({ characteristics: { extra: false } })]));
    expect(without.task("extra")).toMatchObject({ state: "SKIPPED_BY_POLICY", reason: expect.any(String) as string });
    expect(without.ready()).toEqual(["1/last"]);
    const needed = await given(release, orderOf([itemOf({ characteristics: { extra: true } })]));
    expect([needed.ready(), needed.states("last")]).toEqual([["1/extra"], ["PENDING"]]);
  });

  it("22a 32.2 missing dependency: a template that waits for a task it does not have does not compile", () => {
    const [problem, ...others] = refusal({ tasks: [task("a"), task("b", "keyed-work", after("nobody"))] });
    expect([problem?.message, others]).toEqual([expect.stringContaining("nobody"), []]);
  });

  it("22a 32.2 cycle detection: a template whose tasks wait for each other does not compile, and the way round is named", () => {
    const problems = refusal({ tasks: [task("a", "keyed-work", after("c")), task("b", "keyed-work", after("a")), task("c", "keyed-work", after("b"))] });
    expect(problems).toHaveLength(1);
    for (const name of ["a", "b", "c"]) expect(problems[0]?.message).toContain(name);
  });

  it("22a 32.2 output dependency: success is not enough, the value must be there, and it flows into the next request", async () => {
    const fed = { kind: "task-type", key: "fed", category: "WORK", owner: "o", targetSystem: "keyed", action: "work", work: { by: "system", mode: "command" }, retry: "thrice", timeout: "repeat", compensation: "none-needed-after-all", inputs: { type: "object", properties: { reference: { type: "string" } }, required: ["reference"] }, request: { from: "=inputs.reference" }, evidence: { type: "object" } } as const;
    const scene = await given(releaseOf({ DEMO: { tasks: [task("first"), task("second", "fed", edge({ type: "output", task: "first", with: { output: "reference" } }))] } }, fed));
    await scene.admit("first");
    await scene.succeed("first", {});
    expect([scene.states("first", "second"), scene.openCases().map(({ reasonCode }) => reasonCode)]).toEqual([["AWAITING_MANUAL_ACTION", "PENDING"], ["EVIDENCE_INCOMPLETE"]]);
    const good = await given(scene.release);
    await good.run("first");
    expect(good.task("second")).toMatchObject({ state: "READY", request: { from: "R-first" } });
  });

  it("22a 32.2 time dependency: not a moment early, and by a timer that survives", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("on-the-day", "keyed-work", edge({ type: "time", with: { at: "=item.requestedDate" } }))] } }), orderOf([itemOf({ requestedDate: "2026-11-05T08:00:00.000Z" })]));
    expect(scene.timer("on-the-day", "wake")).toBe("2026-11-05T08:00:00.000Z");
    await scene.pass("P2DT21H59M59S");
    expect(scene.ready()).toEqual([]);
    await scene.pass("PT1S");
    expect(scene.ready()).toEqual(["1/on-the-day"]);
  });
});
