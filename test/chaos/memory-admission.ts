import { admit, lockName, type AdmissionCandidate } from "../../engine/interpret/admit.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Input } from "../../engine/order/inputs.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Sweep } from "../../server/work/admit-tasks.ts";
import { tokensAt } from "../../server/work/target-tokens.ts";
import { resourcesOf } from "../../server/work/waiting-tasks.ts";
import type { WorkBatch } from "../../server/work/work-batch.ts";
import { WORK_LIMITS } from "../../server/work/work-limits.ts";
import { isReady, WorkingOrder } from "../../server/work/working-order.ts";
import type { Dump, StoreDeps } from "./store.ts";
import { WaitingTasks } from "./waiting-tasks.ts";

interface Usage {
  dispatched: number;
  outstanding: number;
  tokens: number | null;
  refilledAt: string | null;
}

/** Orders as the commit that is under way leaves them, and their releases. */
export interface View {
  readonly order: (id: string) => Order | undefined;
  readonly release: (digest: string) => CompiledRelease;
  readonly failed: (input: Input, orderId: string, error: string) => void;
}

/**
 * Admission over maps: what is in use, who holds which lock, who waits and for what. Like the real one it looks at new tasks
 * together with those that waited for what came free or for what the new ones want.
 */
export class MemoryAdmission {
  readonly #deps: Pick<StoreDeps, "engine" | "now" | "commandsInFlight">;
  readonly #usage = new Map<string, Usage>();
  readonly #locks = new Map<string, { readonly orderId: string; readonly taskId: string }>();
  readonly #waiting = new WaitingTasks();
  #dispatched = 0;

  constructor(deps: Pick<StoreDeps, "engine" | "now" | "commandsInFlight">) {
    this.#deps = deps;
  }

  /** Sends what may go; true when tasks are left waiting. */
  async admit(batch: WorkBatch, sweep: Sweep, view: View): Promise<boolean> {
    const skip = new Set<string>();
    let all = sweep !== null;
    for (let round = 0; round < WORK_LIMITS.admissionRoundsPerCommit; round += 1) {
      const freed = this.#take(batch);
      this.#renew(batch, view);
      const candidates = this.#candidates(freed, all, skip);
      all = false;
      if (candidates.length === 0) break;
      await this.#decide(candidates, batch, view, skip);
    }
    this.#take(batch);
    this.#renew(batch, view);
    return this.#waiting.some;
  }

  dump(): Pick<Dump, "locks" | "waiting" | "usage"> {
    return {
      locks: Array.from(this.#locks, ([name, holder]) => ({ name, ...holder })),
      waiting: this.#waiting.all().map(({ orderId, taskId }) => ({ orderId, taskId })),
      usage: Array.from(this.#usage, ([targetSystem, { dispatched, outstanding }]) => ({ targetSystem, dispatched, outstanding })),
    };
  }

  #usageOf(system: string): Usage {
    const known = this.#usage.get(system) ?? { dispatched: 0, outstanding: 0, tokens: null, refilledAt: null };
    this.#usage.set(system, known);
    return known;
  }

  /** What the batch's inputs filled and emptied counts from now on; returns what came free. */
  #take({ occupancy }: WorkBatch): ReadonlySet<string> {
    for (const [system, change] of occupancy.targets) {
      const use = this.#usageOf(system);
      use.dispatched += change.dispatched;
      use.outstanding += change.outstanding;
    }
    occupancy.targets.clear();
    this.#dispatched += occupancy.dispatched;
    occupancy.dispatched = 0;
    for (const [name, holder] of occupancy.locks) {
      if (holder) this.#locks.set(name, holder);
      else this.#locks.delete(name);
    }
    occupancy.locks.clear();
    return occupancy.takeFreed();
  }

  /** Tasks of an order that changed are looked at as if they were new. */
  #renew(batch: WorkBatch, view: View): void {
    for (const working of batch.orders.values()) {
      const { id, order, changed } = working;
      if (!order || !changed || working.takeMoved().length === 0) continue;
      const ready: number[] = [];
      for (const [position, task] of order.tasks.entries()) if (isReady(task)) ready.push(position);
      this.#waiting.renew(id, ready.length === 0 ? [] : this.#deps.engine.admissionCandidates(order, view.release(order.release.digest), ready));
    }
  }

  #candidates(freed: ReadonlySet<string>, all: boolean, skip: ReadonlySet<string>): AdmissionCandidate[] {
    const found = all ? this.#waiting.all() : this.#concerned(freed);
    return skip.size === 0 ? found : found.filter(({ taskId }) => !skip.has(taskId));
  }

  /** New tasks, and those that wait for what came free or for what the new ones want. */
  #concerned(freed: ReadonlySet<string>): AdmissionCandidate[] {
    const fresh = this.#waiting.fresh();
    const wanted = new Set(freed);
    for (const candidate of fresh) for (const resource of resourcesOf(candidate)) wanted.add(resource);
    for (const resource of wanted) fresh.push(...this.#waiting.for(resource));
    return fresh;
  }

  async #decide(candidates: readonly AdmissionCandidate[], batch: WorkBatch, view: View, skip: Set<string>): Promise<void> {
    const { engine, now } = this.#deps;
    const byOrder = new Map<string, string[]>();
    for (const decision of admit(candidates, this.#usageNow(candidates, now()))) {
      this.#waiting.waitsFor(decision.orderId, decision.taskId, decision.admitted ? "admitted" : decision.resource);
      if (decision.admitted) byOrder.set(decision.orderId, [...(byOrder.get(decision.orderId) ?? []), decision.taskId]);
    }
    const systems = new Map(candidates.map(({ taskId, targetSystem }) => [taskId, targetSystem]));
    for (const [orderId, taskIds] of byOrder) {
      const order = batch.orders.get(orderId)?.order ?? view.order(orderId);
      if (!order) continue;
      const working = batch.orders.get(orderId) ?? new WorkingOrder(orderId, order, view.release(order.release.digest));
      batch.orders.set(orderId, working);
      const input: Input = { type: "TasksAdmitted", taskIds, id: `admission/${orderId}#${order.aggregateVersion}`, at: now() };
      try {
        const decided = await engine.interpret(order, input, working.release);
        if (decided.accepted) working.apply(input, decided, batch.occupancy);
      } catch (error) {
        view.failed(input, orderId, String(error));
      }
      for (const taskId of taskIds) {
        const system = systems.get(taskId);
        // What was let out and did not go is not asked again in this commit.
        if (working.order?.tasks.some((task) => task.id === taskId && isReady(task))) skip.add(taskId);
        else if (system) this.#spend(system);
      }
    }
  }

  #spend(system: string): void {
    const use = this.#usageOf(system);
    if (use.tokens !== null) use.tokens -= 1;
  }

  #usageNow(candidates: readonly AdmissionCandidate[], at: string): Parameters<typeof admit>[1] {
    const targets = new Map<string, { dispatched: number; outstanding: number; tokens: number }>();
    const heldLocks = new Map<string, string>();
    for (const { targetSystem, limits, locks } of candidates) {
      for (const lock of locks) {
        const holder = this.#locks.get(lockName(lock));
        if (holder) heldLocks.set(lockName(lock), holder.taskId);
      }
      if (targetSystem === null || targets.has(targetSystem)) continue;
      const use = this.#usageOf(targetSystem);
      const rate = limits?.ratePerSecond;
      const tokens = rate === undefined ? Infinity : tokensAt({ ...use, waiting: 0, revision: 0 }, rate, at);
      if (rate !== undefined) Object.assign(use, { tokens, refilledAt: at });
      targets.set(targetSystem, { dispatched: use.dispatched, outstanding: use.outstanding, tokens });
    }
    return { now: at, global: { dispatched: this.#dispatched, limit: this.#deps.commandsInFlight }, targets, heldLocks };
  }
}
