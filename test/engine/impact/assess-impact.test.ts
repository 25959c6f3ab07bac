import { describe, expect, it } from "vitest";
import { assessImpact } from "../../../engine/impact/assess-impact.ts";
import { BLOCKING_RULES, type BlockingRule } from "../../../engine/impact/blocking-rules.ts";
import type { OrderImpact } from "../../../engine/impact/order-impact.ts";
import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import type { Order } from "../../../engine/order/order.ts";
import { kitDefinitions } from "../../support/definition-kit.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, edge, releaseOf, task, when, type Sketch, type TemplateSketch } from "../../support/release-of.ts";
import { is, runUntil, world } from "./paused-order.ts";

const trigger: Sketch = { kind: "billing-trigger", key: "start", milestone: "halfway", charges: when("charge", "key", "equal", "fee"), taskType: "charge", effectiveFrom: "=milestone.reachedAt", blocksCompletion: true, escalateAfter: "PT4H" };
const undo: Sketch = { kind: "compensation-policy", key: "undo-it", compensatable: true, taskType: "keyed-work", impact: { customer: "LOW", financial: "NONE", legal: "NONE" } };
const kit = (key: string): Sketch => kitDefinitions.find((sketch) => sketch.key === key) as Sketch;

const base: TemplateSketch = {
  tasks: [task("a", "keyed-work", { with: { label: "A" }, compensation: "undo-it" }), task("b", "asked-work", after("a")), task("c", "keyed-work", after("b"))],
  milestones: [{ key: "halfway", reachedBy: ["b"] }],
  billingTriggers: ["start"],
};
const build = (template: TemplateSketch, ...sketches: readonly Sketch[]) => releaseOf({ DEMO: template, OTHER: { tasks: [task("x")] } }, trigger, undo, ...sketches);
const pinned = build(base);
const charged = orderOf([itemOf({ charges: [{ key: "fee", amount: 10 }] })]);
const changed = (change: Partial<TemplateSketch>, ...sketches: readonly Sketch[]) => build({ ...base, ...change }, ...sketches);
const [a, b, c] = base.tasks as readonly [TemplateSketch["tasks"][number], TemplateSketch["tasks"][number], TemplateSketch["tasks"][number]];

/** What a release means for an order that was let run until something was so. */
async function impactOn(proposed: CompiledRelease, until: (order: Order) => boolean, rules = world()): Promise<OrderImpact> {
  const run = await runUntil(pinned, until, rules, charged);
  return assessImpact(run.order, run.journal, pinned, proposed, { at: run.now });
}

const kinds = ({ differences }: OrderImpact) => differences.map(({ kind, subject }) => `${kind} ${subject}`);

describe("G7 what a proposed release means for an order under way", () => {
  it("nothing, when only other products, versions and descriptions differ", async () => {
    const proposed = releaseOf({ DEMO: base, OTHER: { tasks: [task("x"), task("y")] } }, trigger, undo, { ...kit("thrice"), description: "In other words.", version: 9 });
    expect(await impactOn(proposed, is("b", "DISPATCHED"))).toMatchObject({ class: "unaffected", blocked: [], differences: [], assumptions: [] });
  });

  it("nothing, when only work that is done is done otherwise from now on", async () => {
    const impact = await impactOn(changed({}, { ...kit("ask"), steps: [{ after: "PT5M", do: "MARK_OUTCOME_UNKNOWN" }, { after: "PT6M", do: "QUERY_STATUS" }, { after: "PT10M", do: "ESCALATE" }] }), is("c", "DISPATCHED"));
    expect(impact).toMatchObject({ class: "unaffected", differences: [] });
  });

  it("a task more: what is added, and the dates it moves, as far as they are assumed", async () => {
    const proposed = changed({ tasks: [a, b, task("between", "blind-work", after("b")), { ...c, ...after("between") }] });
    const impact = await impactOn(proposed, is("b", "DISPATCHED"));
    expect(impact.class).toBe("could-adopt");
    expect(kinds(impact)).toEqual(["task-changed c dependsOn", "task-added between"]);
    expect(impact.assumptions).toContain('"The blind-work" (blind-work) succeeds at once, because no duration is recorded');
    expect(impact.assumptions).toContain('"The keyed-work" (keyed-work) succeeds after 60 s, the median of 1 recorded');
  });

  it("a milestone reached by other work: the charge that waits for it comes at another time", async () => {
    const impact = await impactOn(changed({ milestones: [{ key: "halfway", reachedBy: ["c"] }] }), is("b", "DISPATCHED"));
    const dates = impact.differences.filter(({ assumed }) => assumed);
    expect(dates.map(({ kind, subject, before, after: to }) => [kind, subject, before?.slice(11, 16), to?.slice(11, 16)])).toEqual([
      ["milestone-date", "halfway", "10:01", "10:02"], ["billing-date", "bill.start.fee", "10:01", "10:02"],
    ]);
  });

  it("policies that act only when something fails are listed without a forecast", async () => {
    const impact = await impactOn(changed({}, { ...kit("thrice"), maxAttempts: 5 }), is("a", "READY"));
    expect(impact).toMatchObject({ class: "could-adopt", assumptions: [] });
    expect(impact.differences[0]?.why).toBe('retry-policy "The thrice" differs in maxAttempts; it applies to The keyed-work, The asked-work, The charge: fee.');
  });

  it("says the same about the same, whoever asks", async () => {
    const proposed = changed({ tasks: [a, b] });
    expect(JSON.stringify(await impactOn(proposed, is("b", "DISPATCHED")))).toBe(JSON.stringify(await impactOn(proposed, is("b", "DISPATCHED"))));
  });

  it("an order without a plan that could not be made is told what it would get", async () => {
    const broken = releaseOf({ DEMO: base }, trigger, undo, { kind: "decision-table", key: "decomposition", purpose: "decomposition", hitPolicy: "UNIQUE", columns: [{ key: "offering", in: "item.offering", type: "string" }, { key: "action", in: "item.action", type: "string" }, { out: "planTemplate", type: "string" }], rows: [{ id: "never", offering: ["DEMO"], action: ["DISCONNECT"], planTemplate: "demo" }] });
    const run = await runUntil(broken, ({ cases }) => cases.length > 0);
    const impact = await assessImpact(run.order, run.journal, broken, releaseOf({ DEMO: base }, trigger, undo));
    expect(impact.class).toBe("could-adopt");
    expect(kinds(impact)).toEqual(expect.arrayContaining(["task-added a", "task-added b", "task-added c", "milestone-added halfway", "rule-changed decision-table/decomposition", "completion-date order"]));
  });
});

describe("G7 why an order must stay on its release", () => {
  type Row = readonly [BlockingRule, string, CompiledRelease, (order: Order) => boolean];
  const failures: readonly Row[] = [
    ["done-task-removed", "the first task is done and gone", changed({ tasks: [task("b", "asked-work"), c] }), is("b", "DISPATCHED")],
    ["done-task-removed", "the first task is done and not needed", changed({ tasks: [{ ...a, includeWhen: when("item", "quantity", "greaterThan", 5) }, b, c] }), is("b", "DISPATCHED")],
    ["done-task-changed", "the first task was other work", changed({ tasks: [{ ...a, type: "blind-work" }, b, c] }), is("b", "DISPATCHED")],
    ["task-under-way-changed", "the timeout of work that is out", changed({}, { ...kit("ask"), steps: [{ after: "PT5M", do: "MARK_OUTCOME_UNKNOWN" }, { after: "PT6M", do: "QUERY_STATUS", every: "PT1M", until: "PT8M" }, { after: "PT10M", do: "ESCALATE" }] }), is("b", "DISPATCHED")],
    ["task-under-way-changed", "the parameters of work that is out", changed({ tasks: [{ ...a, with: { label: "B" } }, b, c] }), is("a", "DISPATCHED")],
    ["task-under-way-changed", "work that is out and gone", changed({ tasks: [a, task("c", "keyed-work", after("a"))], milestones: [{ key: "halfway", reachedBy: ["c"] }] }), is("b", "DISPATCHED")],
    ["history-not-a-prefix", "work that has begun before what it now waits for", changed({ tasks: [a, task("before-b"), { ...b, ...after("a", "before-b") }, c] }), is("b", "DISPATCHED")],
    ["milestone-reached-otherwise", "a milestone that would not be reached yet", changed({ milestones: [{ key: "halfway", reachedBy: ["b", "c"] }], billingTriggers: [] }), is("c", "READY")],
    ["point-of-no-return-changed", "a done task becomes irrevocable", changed({ tasks: [{ ...a, pointOfNoReturn: "hard" }, b, c] }), is("b", "DISPATCHED")],
    ["compensation-lost", "what was done could not be undone any more", changed({ tasks: [{ ...a, compensation: "none-needed-after-all" }, b, c] }), is("b", "DISPATCHED")],
    ["charge-billed-under-changed-trigger", "a charge that was handed over", changed({}, { ...trigger, effectiveFrom: "=order.acceptedAt" }), is("bill.start.fee", "SUCCEEDED")],
    ["charge-billed-under-changed-trigger", "a charge that is handed over no more", changed({ billingTriggers: [] }), is("bill.start.fee", "DISPATCHED")],
    ["input-missing", "work to come needs what done work never gave", build({ ...base, tasks: [a, b, task("c", "keyed-work", after("b"), edge({ type: "output", task: "a", with: { output: "serial" } }))] }, { ...kit("keyed-work"), outputs: { reference: "=result.reference", serial: "=result.serial" } }), is("c", "PENDING")],
  ];

  it.each(failures)("%s: %s", async (rule, _title, proposed, until) => {
    // "c is PENDING" is so from the start: let the first task be done.
    const impact = await impactOn(proposed, (order) => until(order) && (rule !== "input-missing" || is("a", "SUCCEEDED")(order)));
    expect(impact.class).toBe("blocked");
    expect(impact.blocked.map((found) => found.rule)).toContain(rule);
    for (const { why, definition } of impact.blocked) {
      expect(why).toMatch(/^.+\.$/);
      expect(definition?.key).toBeTruthy();
    }
  });

  it("offering-no-longer-decomposes, plan-template-changed: what was ordered has another plan, or none", async () => {
    const rows = (planTemplate: string | null) => ({ kind: "decision-table", key: "decomposition", purpose: "decomposition", hitPolicy: "UNIQUE", columns: [{ key: "offering", in: "item.offering", type: "string" }, { out: "planTemplate", type: "string" }], rows: [...(planTemplate === null ? [] : [{ id: "demo", offering: ["DEMO"], planTemplate }]), { id: "other", offering: ["OTHER"], planTemplate: "other" }, { id: "bundle", offering: ["BUNDLE"], planTemplate: null }] });
    const demo = { kind: "order-schema", key: "kit", offerings: ["OTHER", "BUNDLE"], quote: { required: false }, order: { type: "object" }, actions: { ADD: { type: "object" } } };
    const other = await impactOn(build(base, rows("other")), is("a", "DISPATCHED"));
    expect(other.blocked.map(({ rule, definition }) => [rule, definition?.element])).toEqual([["plan-template-changed", "rows/demo"]]);
    const none = await impactOn(build(base, rows(null), demo), is("a", "DISPATCHED"));
    expect(none.blocked.map(({ rule }) => rule)).toEqual(["offering-no-longer-decomposes"]);
  });

  it("every rule says what it means", () => {
    for (const [rule, meaning] of Object.entries(BLOCKING_RULES)) expect(`${rule}: ${meaning}`).toMatch(/^[a-z-]+: [A-Z].+\.$/);
  });
});
