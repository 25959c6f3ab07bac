import type { Actor, Input } from "../../engine/order/inputs.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Order } from "../../engine/order/order.ts";
import type { PlannedTask } from "../../engine/order/plan.ts";
import type { Task } from "../../engine/order/task.ts";
import type { JsonObject } from "../../engine/support/json.ts";
import type { Fake } from "./downstream.ts";
import type { Heap } from "./heap.ts";
import type { Network } from "./network.ts";
import type { Rates } from "./profile.ts";
import type { Random } from "./random.ts";
import { ROLES } from "./world/kit.ts";

export type InputBody = Input extends infer I ? (I extends Input ? Omit<I, "id" | "at"> : never) : never;

export interface PeopleDeps {
  readonly heap: Heap;
  readonly random: Random;
  readonly rates: () => Rates;
  /** After the faults everybody does their work. */
  readonly healed: () => boolean;
  readonly order: (id: string) => Order | null;
  readonly releaseOf: (digest: string) => CompiledRelease;
  readonly fakes: ReadonlyMap<string, Fake>;
  readonly network: () => Network;
  /** Hands an input in; a server that is down is asked again later. */
  readonly ask: (orderId: string, body: InputBody, impatient?: boolean) => void;
}

const ANYONE: readonly string[] = Object.values(ROLES);
const ann: Actor = { id: "ann", roles: ANYONE, regions: ["north"] };
const bob: Actor = { id: "bob", roles: ANYONE, regions: ["north"] };
const eve: Actor = { id: "eve", roles: [], regions: [] };
/** Who asks for changes; the others decide about them. */
export const REQUESTER: Actor = ann;

/** Times somebody tries to repair one task before deciding otherwise. */
const PATIENCE = 3;

/**
 * The people around the orders: they take up what waits for a person, late or never while faults go on, and always in the
 * end. They are truthful: who says what a command did has looked at the system and waited until nothing is under way.
 */
export class People {
  readonly #deps: PeopleDeps;
  readonly #noticed = new Set<string>();
  readonly #tries = new Map<string, number>();

  constructor(deps: PeopleDeps) {
    this.#deps = deps;
  }

  /** Somebody looks at an order that has changed. */
  look(order: Order): void {
    order.tasks.forEach((task) => {
      if (task.state === "AWAITING_MANUAL_ACTION") this.#notice(`${task.id}@${task.since}#${task.manual.cause}`, order, () => this.#work(order.id, task.id));
      else if (task.state === "OUTCOME_UNKNOWN" && hasCase(order, task.id)) this.#notice(`${task.id}@${task.since}?`, order, () => this.#work(order.id, task.id));
    });
    for (const { id, state } of order.approvals) if (state === "PENDING") this.#notice(id, order, () => this.#decide(order.id, id));
    for (const { id, state } of order.items) if (state === "HELD") this.#notice(`${order.id}/${id}@${order.aggregateVersion}`, order, () => this.#resume(order.id, id));
    if (order.state === "READY_FOR_FULFILLMENT" && order.plan === null) this.#notice(`${order.id}@plan${order.aggregateVersion}`, order, () => this.#deps.ask(order.id, { type: "FulfillOrder" }));
  }

  /** Everything noticed may be noticed again: those who had looked away look now. */
  lookAnew(): void {
    this.#noticed.clear();
  }

  #notice(what: string, _order: Order, act: () => void): void {
    if (this.#noticed.has(what)) return;
    this.#noticed.add(what);
    const { random, heap, healed } = this.#deps;
    const comes = random.chance(0.8);
    const afterMs = random.spread(20_000, 4 * 3_600_000);
    if (comes || healed()) heap.after(afterMs, act);
  }

  #work(orderId: string, taskId: string): void {
    const { order, task, planned } = this.#find(orderId, taskId);
    if (!order || !task || !planned || !(task.state === "AWAITING_MANUAL_ACTION" || task.state === "OUTCOME_UNKNOWN")) return;
    const type = this.#deps.releaseOf(order.release.digest).taskTypes.get(planned.type)?.definition;
    const fake = this.#deps.fakes.get(type?.targetSystem ?? "");
    // Nobody can tell what a command did while it is still on its way or being worked on.
    if (this.#deps.network().carries(taskId) || fake?.works(taskId)) return this.#deps.heap.after(600_000, () => this.#work(orderId, taskId));
    // Whoever was refused comes back with another answer.
    const { since } = task;
    if (this.#patience(`${taskId}@${since}`) < 12) this.#deps.heap.after(3_600_000, () => (this.#stands(orderId, taskId, since) ? this.#work(orderId, taskId) : undefined));
    const manual = task.state === "AWAITING_MANUAL_ACTION" ? task.manual.manualTask : (order.cases.find((found) => found.state === "OPEN" && found.taskId === taskId)?.manualTask ?? null);
    const form: JsonObject = { reason: "looked into it" };
    const complete = (outcome: string, evidence: JsonObject = {}): void => {
      const input = { type: "CompleteManualTask", taskId, outcome, form, evidence, actor: ann } as const;
      this.#deps.ask(orderId, input);
      if (this.#deps.random.chance(this.#deps.rates()["double-click"])) this.#deps.ask(orderId, input, true);
    };
    if (manual === "approve") return complete(this.#choose({ APPROVED: 8, REJECTED: 1, ASK_CUSTOMER: 1 }));
    const done = fake?.effectsOf(taskId).at(-1)?.reference ?? null;
    if (done !== null) return complete(manual === "find-out" ? "TOOK_EFFECT" : "DONE_BY_HAND", { ...form, reference: done });
    if (manual === "find-out") return complete(this.#patient(taskId) ? this.#choose({ NO_EFFECT: 8, GIVE_UP: 2 }) : "GIVE_UP");
    return this.#repair(order, task, type?.action ?? "", fake, complete);
  }

  #repair(order: Order, task: Task, action: string, fake: Fake | undefined, complete: (outcome: string, evidence?: JsonObject) => void): void {
    const held = task.state === "AWAITING_MANUAL_ACTION" && task.manual.cause === "HOLD";
    if (held) return;
    const choice = this.#patient(task.id) ? this.#choose({ REPAIRED: 6, RETRY: 2, REJECTED: 1, DONE_BY_HAND: 2, ASK_CUSTOMER: 1 }) : this.#choose({ REJECTED: 1, DONE_BY_HAND: 1 });
    if (choice === "RETRY") return this.#deps.ask(order.id, { type: "RetryTask", taskId: task.id, reason: "again", actor: ann });
    if (choice !== "DONE_BY_HAND") return complete(choice);
    // What a person does by hand is done where the system would have done it.
    const reference = fake?.doByHand({ orderId: order.id, taskId: task.id, action }, task.idempotencyKey ?? "") ?? `hand-${task.id}`;
    return complete(choice, { reference, productId: reference, reason: "done by hand" });
  }

  #decide(orderId: string, approvalId: string): void {
    const order = this.#deps.order(orderId);
    const approval = order?.approvals.find(({ id }) => id === approvalId);
    if (!order || approval?.state !== "PENDING") return;
    const { random, rates, heap } = this.#deps;
    const approve = random.chance(0.7);
    const wrong = random.chance(rates()["wrong-person"]);
    const who = wrong ? random.pick([ann, eve]) : bob;
    const stateHash = wrong && who === eve ? "0".repeat(64) : approval.stateHash;
    this.#deps.ask(orderId, { type: "DecideApproval", approvalId, approve, stateHash, reason: "thought about it", actor: who });
    if (random.chance(rates()["double-click"])) this.#deps.ask(orderId, { type: "DecideApproval", approvalId, approve: !approve, stateHash, reason: "second thoughts", actor: bob }, true);
    // Whoever was refused hands it to the right person.
    heap.after(3_600_000, () => this.#decideAgain(orderId, approvalId));
  }

  #decideAgain(orderId: string, approvalId: string): void {
    const pending = this.#deps.order(orderId)?.approvals.find(({ id, state }) => id === approvalId && state === "PENDING");
    if (pending && this.#patience(approvalId) <= 20) this.#decide(orderId, approvalId);
  }

  #resume(orderId: string, itemId: string): void {
    const order = this.#deps.order(orderId);
    if (order?.items.find(({ id }) => id === itemId)?.state === "HELD") this.#deps.ask(orderId, { type: "ResumeItem", itemId, reason: "the customer has acted", actor: ann });
  }

  #patient(taskId: string): boolean {
    return this.#patience(taskId) <= PATIENCE;
  }

  /** How often something was tried, this time included. */
  #patience(what: string): number {
    const tries = (this.#tries.get(what) ?? 0) + 1;
    this.#tries.set(what, tries);
    return tries;
  }

  #stands(orderId: string, taskId: string, since: string): boolean {
    const { task } = this.#find(orderId, taskId);
    return task !== undefined && "since" in task && task.since === since;
  }

  #choose(weights: { readonly [choice: string]: number }): string {
    const entries = Object.entries(weights);
    let left = this.#deps.random.fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [choice, weight] of entries) if ((left -= weight) < 0) return choice;
    return entries.at(-1)?.[0] ?? "";
  }

  #find(orderId: string, taskId: string): { readonly order: Order | null; readonly task: Task | undefined; readonly planned: PlannedTask | undefined } {
    const order = this.#deps.order(orderId);
    const position = order?.tasks.findIndex(({ id }) => id === taskId) ?? -1;
    return { order, task: order?.tasks[position], planned: order?.plan?.graph.tasks[position] };
  }
}

function hasCase(order: Order, taskId: string): boolean {
  return order.cases.some((found) => found.state === "OPEN" && found.taskId === taskId);
}
