import { callFailed } from "../../engine/flow/call-outcome.ts";
import { breakerPhase, observeCall } from "../../engine/flow/breaker.ts";
import { flowGate, NEW_FLOW, NO_CONTROL, type FlowControl, type FlowGate, type FlowPolicies, type FlowState } from "../../engine/flow/flow-gate.ts";
import { countAttempt } from "../../engine/flow/retry-budget.ts";
import type { AdmissionCandidate } from "../../engine/interpret/admit.ts";
import { flowStatements } from "../store/flow-store.ts";
import type { Statement } from "../store/sql.ts";
import type { Work } from "./contract.ts";
import type { WorkingOrder } from "./working-order.ts";

/** What a finished delivery says about the health of its target system. */
export interface FinishedDelivery {
  readonly targetSystem: string;
  readonly policies: FlowPolicies;
  readonly sentAt: string;
  readonly endedAt: string;
  readonly failed: boolean;
}

/** The delivery that a work reports; null when the work is none, or nobody counts the calls of its target system. */
export function finishedDelivery(working: WorkingOrder, { input, settles }: Work): FinishedDelivery | null {
  if (settles?.sentAt === undefined || input.type !== "TaskReported") return null;
  const target = working.targetOf(input.taskId);
  if (!target?.breaker) return null;
  const task = working.order?.tasks.find(({ id }) => id === input.taskId);
  const { report } = input;
  // What the order says now is what the failure table made of this report, unless the report came too late to matter.
  const known = report.status === "failed" && task?.lastFailure?.code === report.failure.code ? task.lastFailure.class : null;
  return { targetSystem: target.definition.key, policies: target, sentAt: settles.sentAt, endedAt: input.at, failed: callFailed(report, known) };
}

/** The flow to target systems as it stands within one commit. Costs nothing where no release counts and nobody has paused. */
export class FlowRound {
  readonly #before: ReadonlyMap<string, FlowState>;
  readonly #controls: ReadonlyMap<string, FlowControl>;
  readonly #changed = new Map<string, FlowState>();

  constructor(before: ReadonlyMap<string, FlowState>, controls: ReadonlyMap<string, FlowControl>) {
    this.#before = before;
    this.#controls = controls;
  }

  learn({ targetSystem, policies, ...call }: FinishedDelivery): void {
    if (!policies.breaker) return;
    const flow = this.#flowOf(targetSystem);
    const breaker = observeCall(flow.breaker, policies.breaker, call);
    if (breaker !== flow.breaker) this.#changed.set(targetSystem, { ...flow, breaker });
  }

  /** An admitted task is one more attempt. */
  admitted({ targetSystem, flow: policies, retry }: AdmissionCandidate, at: string): void {
    if (targetSystem === null || !policies?.retryBudget) return;
    const flow = this.#flowOf(targetSystem);
    this.#changed.set(targetSystem, { ...flow, attempts: countAttempt(flow.attempts, policies.retryBudget, at, retry ?? false) });
  }

  gate(targetSystem: string, policies: FlowPolicies | null | undefined, at: string): FlowGate | null {
    const control = this.#controls.get(targetSystem);
    if (!control && !policies?.breaker && !policies?.retryBudget) return null;
    return flowGate(this.#flowOf(targetSystem), control ?? NO_CONTROL, policies ?? {}, at);
  }

  /** True when tasks may wait for the flow to this target system, and not in vain. */
  mayPass(targetSystem: string, at: string): boolean {
    if (!this.#controls.has(targetSystem) && !this.#changed.has(targetSystem) && !this.#before.has(targetSystem)) return false;
    return !this.#isShut(targetSystem, at);
  }

  /** Resources for which it is vain to wait now. */
  shut(at: string): string[] {
    const known = new Set([...this.#controls.keys(), ...this.#before.keys(), ...this.#changed.keys()]);
    return Array.from(known).filter((name) => this.#isShut(name, at)).map((name) => `flow:${name}`);
  }

  /** What calls have shown after this commit. */
  after(): ReadonlyMap<string, FlowState> {
    return this.#changed.size === 0 ? this.#before : new Map([...this.#before, ...this.#changed]);
  }

  statements(): Statement[] {
    return flowStatements(this.#changed, this.#changed.keys());
  }

  #flowOf(targetSystem: string): FlowState {
    return this.#changed.get(targetSystem) ?? this.#before.get(targetSystem) ?? NEW_FLOW;
  }

  #isShut(targetSystem: string, at: string): boolean {
    return (this.#controls.get(targetSystem)?.paused ?? null) !== null || breakerPhase(this.#flowOf(targetSystem).breaker, at) === "OPEN";
  }
}
