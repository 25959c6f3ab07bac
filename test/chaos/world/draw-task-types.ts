import type { Random } from "../random.ts";
import type { DrawnSystem } from "./draw-systems.ts";
import { ROLES } from "./kit.ts";
import { needs, when, type Sketch } from "./sketch.ts";

/** Prefix of actions that only look: they take no effect. */
export const LOOK = "look-";
/** Prefix of actions that take an effect back. */
export const UNDO = "undo-";

/** A drawn kind of work. */
export interface DrawnType {
  readonly key: string;
  readonly system: DrawnSystem;
  readonly question: boolean;
  readonly irreversible: boolean;
  readonly compensatable: boolean;
  readonly sketches: readonly Sketch[];
}

/** What all task types of a world share. */
export interface TypeShares {
  readonly compensatable: number;
  readonly approvals: number;
  readonly locks: number;
}

/** A command that takes a label, proves itself by a reference and gives the reference on; with the work that undoes it. */
export function drawType(random: Random, key: string, systems: readonly DrawnSystem[], shares: TypeShares, mayBeIrreversible: boolean): DrawnType {
  const system = random.pick(systems);
  const askable = system.effects !== "neither";
  const question = random.chance(0.08) && askable;
  const irreversible = random.chance(0.5) && mayBeIrreversible && !question;
  const compensatable = random.chance(shares.compensatable) && !question && !irreversible;
  const withLock = random.chance(shares.locks) && !question;
  const lock = withLock ? [{ scope: random.pick(["service-location", "customer-account"]), key: random.pick(["=item.place.id", "=order.customer.id"]) }] : [];
  const withOutcome = random.chance(0.15) && !question;
  const carriesSpeed = random.chance(0.4);
  const amendable = random.chance(0.3) && !question;
  const type: Sketch = {
    kind: "task-type", key, category: "WORK", owner: "operations", targetSystem: system.key, action: question ? `${LOOK}${key}` : `do-${key}`,
    work: { by: "system", mode: question ? "query" : "command" },
    parameters: { type: "object", properties: { label: { type: "string", examples: ["A"] } } },
    request: { label: "=with.label", item: "=item.id", ...(carriesSpeed && { speed: "=item.characteristics.speed" }) }, evidence: needs("reference"), outputs: { reference: "=result.reference" },
    retry: system.retry, timeout: question ? `timeout-question` : system.timeout,
    compensation: question ? "no-effect" : irreversible ? "for-ever" : compensatable ? `${UNDO}${key}` : "correct-forward",
    ...(amendable && { amend: { action: `change-${key}`, request: { reference: "=task.outputs.reference", speed: "=item.characteristics.speed" } } }),
    ...(irreversible && { irreversible: true }),
    ...(lock.length > 0 && { locks: lock }),
    ...(withOutcome && { outcomes: [{ key: "NO_ACCESS", effect: "HOLD" }, { key: "NOT_POSSIBLE", effect: "FAIL" }, { key: "TRY_LATER", effect: "RETRY" }] }),
  };
  return { key, system, question, irreversible, compensatable, sketches: compensatable ? [type, ...undoOf(random, key, systems, shares)] : [type] };
}

function undoOf(random: Random, key: string, systems: readonly DrawnSystem[], shares: TypeShares): readonly Sketch[] {
  const system = random.pick(systems);
  const approval = random.chance(shares.approvals);
  return [
    {
      kind: "task-type", key: `${UNDO}${key}`, category: "WORK", owner: "operations", targetSystem: system.key, action: `${UNDO}${key}`,
      work: { by: "system", mode: "command" }, inputs: needs("reference"), request: { reference: "=inputs.reference" },
      evidence: needs("reference"), outputs: { reference: "=result.reference" }, retry: system.retry, timeout: system.timeout, compensation: "correct-forward",
    },
    {
      kind: "compensation-policy", key: `${UNDO}${key}`, compensatable: true, taskType: `${UNDO}${key}`,
      ...(approval && { approval: { role: ROLES.finance, ...(random.chance(0.3) && { when: when("task", "attempts", "greaterThan", 1) }) } }),
      impact: { customer: "LOW", financial: random.pick(["NONE", "HIGH"]), legal: "NONE" },
    },
  ];
}

/** The work that hands a charge to billing, the message to a customer, and the clock of questions. */
export function fixedTypes(billing: DrawnSystem, messages: DrawnSystem, stopsCharges: boolean): readonly Sketch[] {
  const base = { kind: "task-type", owner: "finance", work: { by: "system", mode: "command" }, evidence: needs("reference"), outputs: { reference: "=result.reference" } } as const;
  const viaBilling = { targetSystem: billing.key, retry: billing.retry, timeout: billing.timeout };
  return [
    {
      ...base, ...viaBilling, key: "charge", category: "BILLING", action: "charge", inputs: needs("effectiveFrom"),
      request: { charge: "=charge", from: "=inputs.effectiveFrom" }, compensation: stopsCharges ? `${UNDO}charge` : "correct-forward",
    },
    ...(stopsCharges
      ? [
          { ...base, ...viaBilling, key: `${UNDO}charge`, category: "BILLING", action: `${UNDO}charge`, inputs: needs("reference"), request: { reference: "=inputs.reference" }, compensation: "correct-forward" },
          { kind: "compensation-policy", key: `${UNDO}charge`, compensatable: true, taskType: `${UNDO}charge`, impact: { customer: "NONE", financial: "LOW", legal: "NONE" } },
        ]
      : []),
    {
      ...base, key: "message", category: "COMMUNICATION", action: "notify", mandatory: false, targetSystem: messages.key, parameters: needs("message"),
      request: { message: "=with.message" }, retry: messages.retry, timeout: messages.timeout, compensation: "correct-forward",
    },
    { kind: "timeout-policy", key: "timeout-question", steps: [{ after: "PT5M", do: "RETRY_SAME_COMMAND", every: "PT5M", until: "PT20M" }, { after: "PT30M", do: "ESCALATE" }] },
  ];
}
