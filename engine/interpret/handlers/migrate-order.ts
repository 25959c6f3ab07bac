import { planMigration, type MigrationPlan } from "../../impact/plan-migration.ts";
import { migrationHash, previewHash } from "../../impact/preview-hash.ts";
import type { CompiledRelease } from "../../language/compiled-release.ts";
import type { Approval } from "../../order/approval.ts";
import type { InputOf } from "../../order/inputs.ts";
import { ORDER_MACHINE, outcomeOf } from "../../order/machines.ts";
import type { Order } from "../../order/order.ts";
import type { RepairAuthority } from "../../order/repair.ts";
import { askAuthority } from "../../repair/authority.ts";
import { advance } from "../advance.ts";
import { Decision } from "../decision.ts";
import type { Rejection } from "../interpretation.ts";
import { lookAgain } from "../wake-waiters.ts";
import { fulfillOrder } from "./fulfill-order.ts";

/** The release an input moves the order to; null for all others. Whoever calls the engine brings it along. */
export function releaseWanted(order: Order | null, input: { readonly type: string }): string | null {
  const asked = input as InputOf<"MigrateOrder" | "DecideApproval">;
  if (asked.type === "MigrateOrder") return asked.toRelease;
  if (asked.type !== "DecideApproval" || !asked.approve) return null;
  const subject = order?.approvals.find(({ id }) => id === asked.approvalId)?.subject;
  return subject?.type === "migration" ? subject.to.digest : null;
}

/**
 * Moves an open order to another release (G7). In this order: it must be as it was looked at, the migration must be safe,
 * the authority matrix of the release it moves to must allow it - and where a second person must agree, an approval is
 * requested and nothing else changes. An order that runs on the release already stays as it is.
 */
export async function migrateOrder(decision: Decision, input: InputOf<"MigrateOrder">, next: CompiledRelease | null): Promise<Rejection | null> {
  const { order } = decision;
  if (order.release.digest === input.toRelease) return null;
  if (next === null || next.digest !== input.toRelease) return { code: "release-unknown", message: `There is no release ${input.toRelease}.` };
  if (ORDER_MACHINE[order.state].length === 0) return { code: "invalid-transition", message: `Order ${order.id} is ${order.state}: what has ended stays on its release.` };
  if (input.reason.trim() === "") return { code: "repair-evidence-missing", message: "A migration needs a reason.", details: [{ path: "/reason", message: "This is missing." }] };
  if (input.expectedVersion !== null && input.expectedVersion !== order.aggregateVersion) {
    return { code: "version-conflict", message: `Order ${order.id} is at version ${order.aggregateVersion}, not ${input.expectedVersion}.` };
  }
  const plan = await planMigration(order, decision.release, next);
  if (previewHash(order, next.digest, plan) !== input.previewHash) return { code: "preview-stale", message: `Order ${order.id} is not as it was looked at; preview the migration again.` };
  const refusal = refuseUnsafe(order, plan);
  if (refusal) return refusal;
  const right = askAuthority({ order, release: next, on: null, item: null, repair: { action: "MIGRATE_ORDER", amount: null } }, input.actor);
  if (!right.allowed) return right.refusal;
  const by = { by: input.actor.id, reason: input.reason, previewHash: input.previewHash, authority: right.authority, approvalId: null };
  if (right.approverRole === null) return carryOut(decision, next, plan, by);
  return requestApproval(decision, next, plan, right.approverRole, by);
}

/** A second person has agreed: the migration is looked at once more, and carried out when it is what was agreed to. */
export async function decideMigration(decision: Decision, approval: Approval, input: InputOf<"DecideApproval">, next: CompiledRelease | null): Promise<Rejection | null> {
  const { order } = decision;
  const { subject } = approval;
  const [approvalId, by, reason] = [approval.id, input.actor.id, input.reason];
  if (subject.type !== "migration" || !input.approve) {
    decision.emit({ type: "ApprovalRefused", approvalId, by, reason });
    return null;
  }
  if (next === null || next.digest !== subject.to.digest) return { code: "release-unknown", message: `There is no release ${subject.to.digest}.` };
  const plan = await planMigration(order, decision.release, next);
  if (input.stateHash !== approval.stateHash || migrationHash(order, next.digest, plan) !== approval.stateHash) {
    return { code: "approval-stale", message: "What was to be approved has changed since; preview the migration again." };
  }
  const refusal = refuseUnsafe(order, plan);
  if (refusal) return refusal;
  decision.emit({ type: "ApprovalGiven", approvalId, by, reason });
  return carryOut(decision, next, plan, { by: approval.requestedBy, reason: subject.reason, previewHash: approval.stateHash, authority: subject.authority, approvalId });
}

function refuseUnsafe(order: Order, { blocked }: MigrationPlan): Rejection | null {
  const [first] = blocked;
  if (!first) return null;
  return {
    code: "migration-unsafe",
    message: `Order ${order.id} must stay on its release: ${first.why}`,
    details: blocked.map(({ rule, taskId, why }) => ({ rule, taskId, path: "/toRelease", message: `${rule}: ${why}` })),
  };
}

interface Migration {
  readonly by: string;
  readonly reason: string;
  readonly previewHash: string;
  readonly authority: RepairAuthority;
  readonly approvalId: string | null;
}

/** One request at a time for one release; one for another release, or one that has become stale, gives way. */
function requestApproval(decision: Decision, next: CompiledRelease, plan: MigrationPlan, role: string, { by, reason, authority }: Migration): Rejection | null {
  const { order } = decision;
  const stateHash = migrationHash(order, next.digest, plan);
  for (const { id, subject, stateHash: seen } of order.approvals.filter(({ state }) => state === "PENDING")) {
    if (subject.type !== "migration") continue;
    if (seen === stateHash) return { code: "invalid-transition", message: `The same migration waits for its approval already: ${id}.` };
    decision.emit({ type: "ApprovalVoided", approvalId: id, reason: "It was asked for anew" });
  }
  decision.emit({
    type: "ApprovalRequested",
    approval: {
      id: `${order.id}/approval/${order.approvals.length + 1}`, state: "PENDING", subject: { type: "migration", to: { name: next.name, digest: next.digest }, reason, authority }, role,
      requestedBy: by, requestedAt: decision.at, stateHash, decidedBy: null, decidedAt: null, reason: null,
    },
  });
  return null;
}

/** The order as it would stand at `at` once it had moved, with all that follows at once. Changes nothing. */
export async function rehearseMigration(order: Order, plan: MigrationPlan, pinned: CompiledRelease, next: CompiledRelease, at: string): Promise<Order> {
  const migration: Migration = { by: "rehearsal", reason: "rehearsal", previewHash: "", authority: { table: "", version: 0, row: "" }, approvalId: null };
  const decision = new Decision(order, { type: "FulfillOrder", id: "rehearsal", at }, pinned);
  await carryOut(decision, next, plan, migration);
  await advance(decision);
  return decision.order;
}

/** Pins the release, lets the next plan take over, and asks everybody anew who waits. */
async function carryOut(decision: Decision, next: CompiledRelease, plan: MigrationPlan, migration: Migration): Promise<null> {
  decision.emit({
    type: "OrderMigrated", from: decision.order.release, to: { name: next.name, digest: next.digest }, ...migration,
    decompositions: plan.decompositions, restarted: plan.restarted, changes: plan.differences.map(({ why }) => why),
  });
  decision.moveTo(next);
  for (const { id, state, subject } of decision.order.approvals) {
    if (state === "PENDING" && subject.type === "migration") decision.emit({ type: "ApprovalVoided", approvalId: id, reason: "The order has moved to another release" });
  }
  for (const step of plan.steps) decision.emit(step);
  if (plan.unaffected) return null;
  if (decision.order.plan === null) {
    // What could not be planned before may be planned now.
    if (decision.order.state === "READY_FOR_FULFILLMENT") await fulfillOrder(decision);
    return null;
  }
  for (const [position, task] of decision.order.tasks.entries()) if (outcomeOf(task.state) !== "OPEN") decision.movedTasks.add(position);
  for (const { id, state } of decision.order.items) if (state === "IN_PROGRESS" || state === "HELD") decision.touchedItems.add(id);
  lookAgain(decision, decision.order.tasks.flatMap((task, position) => (task.state === "PENDING" ? [position] : [])));
  return null;
}
