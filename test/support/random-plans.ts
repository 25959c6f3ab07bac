import fc from "fast-check";
import type { TemplateEdge, TemplateTask } from "../../engine/language/kinds.ts";
import type { ScriptLine, TaskLine } from "../../engine/simulate/script.ts";
import type { Json } from "../../engine/support/json.ts";
import type { NewOrder } from "../../engine/order/order.ts";
import { itemOf, orderOf } from "./order-of.ts";
import { releaseOf, when, type Sketch } from "./release-of.ts";

/** One drawn plan with one drawn world: everything a simulation needs, small enough to be printed. */
export interface RandomCase {
  readonly tasks: readonly TemplateTask[];
  readonly sketches: readonly Sketch[];
  readonly script: readonly ScriptLine[];
  readonly order: NewOrder;
  readonly limit: number;
}

const KINDS = ["keyed", "keyed", "asked", "asked", "blind", "approval", "record", "question"] as const;
type Kind = (typeof KINDS)[number];
const RELATIONS = ["success", "success", "success", "output", "conditional", "success-or-waived-within", "compensation", "time", "human"] as const;
const CODES = ["TRANSIENT", "SEMANTIC", "STALE", "POLICY", "DUPLICATE", "UNKNOWN"] as const;

const drawnTask = fc.record({
  kind: fc.constantFrom(...KINDS),
  optional: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  excluded: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
  locks: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  window: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  edges: fc.array(fc.record({ back: fc.integer({ min: 1, max: 6 }), relation: fc.constantFrom(...RELATIONS), skip: fc.boolean() }), { maxLength: 3 }),
});
type DrawnTask = typeof drawnTask extends fc.Arbitrary<infer T> ? T : never;

const drawnFault = fc.record({
  does: fc.constantFrom<TaskLine["does"][]>("FAIL", "FAIL", "TAKE_EFFECT_THEN_TIME_OUT", "TIME_OUT_WITHOUT_EFFECT", "DUPLICATE", "REORDER", "LATE"),
  attempt: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  code: fc.constantFrom(...CODES),
  after: fc.constantFrom(undefined, "PT1S", "PT90S", "PT3H"),
  repair: fc.constantFrom(null, "REPAIRED", "REJECTED", "NO_EFFECT", "GIVE_UP", "ASK_CUSTOMER"),
});

/** Layered plans of 3 to 25 tasks: each task depends only on earlier ones, so there are no circles. */
export const randomCase: fc.Arbitrary<RandomCase> = fc
  .record({
    tasks: fc.array(drawnTask, { minLength: 3, maxLength: 25 }),
    faults: fc.array(fc.tuple(fc.nat({ max: 24 }), drawnFault), { minLength: 1, maxLength: 10 }),
    silence: fc.array(fc.record({ does: fc.constantFrom<("IN_PROGRESS" | "NO_ANSWER")[]>("IN_PROGRESS", "NO_ANSWER"), times: fc.integer({ min: 1, max: 3 }) }), { maxLength: 2 }),
    items: fc.integer({ min: 1, max: 2 }),
    limit: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ tasks, faults, silence, items, limit }) => ({
    tasks: tasks.map((drawn, position) => templateTask(drawn, position, tasks)),
    sketches: tasks.flatMap(({ kind, locks }, position) => typeOf(kind, position, locks)),
    script: [
      ...faults.flatMap(([place, fault]) => linesOf(place % tasks.length, tasks[place % tasks.length]?.kind ?? "keyed", fault)),
      ...silence.map(({ does, times }): ScriptLine => ({ query: "asked", does, times })),
    ],
    order: orderOf(Array.from({ length: items }, (_, n) => itemOf({ id: String(n + 1), charges: [{ key: "fee", type: "RECURRING" }, { key: "extra", type: "RECURRING" }] }))),
    limit,
  }));

export function releaseOfCase({ tasks, sketches, limit }: RandomCase) {
  const last = tasks.at(-1)?.key ?? "";
  const system = (key: string, effects: Json): Sketch => ({ kind: "target-system", key, adapter: "http", endpoint: `${key.toUpperCase()}_URL`, completion: key === "asked" ? "callback" : "response", effects, limits: { concurrency: limit }, failures: "failures" });
  return releaseOf(
    { DEMO: { tasks, milestones: [{ key: "live", reachedBy: [last] }], billingTriggers: ["start"] } },
    ...sketches, system("keyed", { class: "idempotent-key" }), system("asked", { class: "queryable", settleWindow: "PT10S" }), system("blind", { class: "neither" }),
    { kind: "billing-trigger", key: "start", milestone: "live", charges: when("charge", "type", "equal", "RECURRING"), taskType: "charge", effectiveFrom: "=milestone.reachedAt", blocksCompletion: true, escalateAfter: "PT4H" },
  );
}

/** Effects class of a drawn task by its key; null when it has no effects on others. */
export function classOf(key: string): "keyed" | "asked" | "blind" | null {
  const kind = key.split("-")[1];
  return kind === "keyed" || kind === "asked" || kind === "blind" ? kind : null;
}

function keyOf(position: number, kind: Kind): string {
  return `t${position}-${kind}`;
}

function templateTask(drawn: DrawnTask, position: number, all: readonly DrawnTask[]): TemplateTask {
  const edges = position === 0 ? [] : drawn.edges.map(({ back, relation, skip }): TemplateEdge => edgeOn(Math.max(0, position - back), relation, skip, all));
  const undoes = edges.some(({ type }) => type === "compensation");
  return {
    key: keyOf(position, drawn.kind),
    type: isSystem(drawn.kind) ? keyOf(position, drawn.kind) : drawn.kind,
    ...(drawn.excluded && { includeWhen: when("item", "quantity", "greaterThan", 99) }),
    ...((drawn.optional || undoes) && { mandatory: false }),
    ...(drawn.window && { window: "office" }),
    ...(edges.length > 0 && { dependsOn: edges }),
  };
}

function edgeOn(source: number, relation: (typeof RELATIONS)[number], skip: boolean, all: readonly DrawnTask[]): TemplateEdge {
  const kind = all[source]?.kind ?? "keyed";
  const task = keyOf(source, kind);
  const onImpossible = skip ? { onImpossible: "SKIP" as const } : {};
  switch (relation) {
    case "output":
      return isSystem(kind) ? { type: "output", task, with: { output: "reference" }, as: `from${source}`, ...onImpossible } : { type: "success", task, ...onImpossible };
    case "human":
      return kind === "approval" ? { type: "human", task, with: { accept: ["APPROVED"] }, ...onImpossible } : { type: "success", task, ...onImpossible };
    case "conditional":
      return { type: "conditional", task, with: { condition: when("item", "quantity", "equal", source % 2) }, ...onImpossible };
    case "success-or-waived-within":
      return { type: "success-or-waived-within", task, with: { hours: 2 }, ...onImpossible };
    case "time":
      return { type: "time", with: { at: `=date and time(order.acceptedAt) + duration("PT${source}H")` } };
    default:
      return { type: relation, task, ...(relation === "success" && onImpossible) };
  }
}

function isSystem(kind: Kind): boolean {
  return kind !== "approval" && kind !== "record";
}

/** Each task has its own type and action, so that commands and effects can be counted task by task. */
function typeOf(kind: Kind, position: number, locks: boolean): Sketch[] {
  if (!isSystem(kind)) return [];
  const key = keyOf(position, kind);
  const policies = { keyed: ["thrice", "repeat"], asked: ["thrice", "ask"], blind: ["never", "tell"], question: ["thrice", "question"] }[kind as "keyed"] ?? [];
  return [{
    kind: "task-type", key, category: "WORK", owner: "operations", targetSystem: kind === "question" ? "asked" : kind, action: key,
    work: { by: "system", mode: kind === "question" ? "query" : "command" }, request: { item: "=item.id" },
    evidence: { type: "object", properties: { reference: { type: "string" } }, required: ["reference"] }, outputs: { reference: "=result.reference" },
    retry: policies[0] ?? "", timeout: policies[1] ?? "", compensation: kind === "question" ? "none-needed" : "none-needed-after-all",
    ...(locks && { locks: [{ scope: "resource-pool", key: "P" }] }),
  }];
}

function linesOf(position: number, kind: Kind, fault: typeof drawnFault extends fc.Arbitrary<infer T> ? T : never): ScriptLine[] {
  const task = `1/${keyOf(position, kind)}`;
  const line: TaskLine = {
    task, does: fault.does, ...(fault.attempt !== undefined && { attempt: fault.attempt }), ...(fault.after && { after: fault.after }), ...(fault.does === "FAIL" && { code: fault.code }),
  };
  return fault.repair === null ? [line] : [line, { manual: task, outcome: fault.repair, after: "PT30M", evidence: { reference: "by hand" } }];
}
