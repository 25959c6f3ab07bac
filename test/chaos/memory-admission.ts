import { admit, lockName, type AdmissionCandidate } from "../../engine/interpret/admit.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Input } from "../../engine/order/inputs.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Sweep } from "../../server/work/admit-tasks.ts";
import { tokensAt } from "../../server/work/target-tokens.ts";
import type { WorkBatch } from "../../server/work/work-batch.ts";
import { WORK_LIMITS } from "../../server/work/work-limits.ts";
import { isReady, WorkingOrder } from "../../server/work/working-order.ts";
import type { Dump, StoreDeps } from "./store.ts";

interface Usage {
  dispatched: number;
  outstanding: number;
  tokens: number | null;
  refilledAt: string | null;
}

interface Waiting {
  readonly candidate: AdmissionCandidate;
  /** What it waits for; null until it has been looked at. */
  resource: string | null;
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
  readonly #waiting = new Map<string, Map<string, Waiting>>();
  #dispatched = 0;
  /** Somebody waits whom nobody has looked at. */
  #fresh = false;

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
    return this.#waiting.size > 0;
  }

  dump(): Pick<Dump, "locks" | "waiting" | "usage"> {
    return {
      locks: Array.from(this.#locks, ([name, holder]) => ({ name, ...holder })),
      waiting: Array.from(this.#waiting, ([orderId, tasks]) => Array.from(tasks.keys(), (taskId) => ({ orderId, taskId }))).flat(),
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
      const positions = order.tasks.flatMap((task, position) => (isReady(task) ? [position] : []));
      this.#fresh ||= positions.length > 0;
      if (positions.length === 0) this.#waiting.delete(id);
      else this.#waiting.set(id, new Map(this.#deps.engine.admissionCandidates(order, view.release(order.release.digest), positions).map((candidate) => [candidate.taskId, { candidate, resource: null }])));
    }
  }

  #candidates(freed: ReadonlySet<string>, all: boolean, skip: ReadonlySet<string>): AdmissionCandidate[] {
    if (!this.#fresh && !all && freed.size === 0) return [];
    this.#fresh = false;
    const wanted = new Set(freed);
    const fresh: AdmissionCandidate[] = [];
    const old: Waiting[] = [];
    for (const tasks of this.#waiting.values()) {
      for (const waiting of tasks.values()) {
        if (skip.has(waiting.candidate.taskId)) continue;
        if (waiting.resource === null) fresh.push(waiting.candidate);
        else old.push(waiting);
      }
    }
    for (const { targetSystem, locks } of fresh) {
      if (targetSystem !== null) wanted.add("global").add(`target:${targetSystem}`).add(`rate:${targetSystem}`);
      for (const lock of locks) wanted.add(`lock:${lockName(lock)}`);
    }
    return [...fresh, ...old.filter(({ resource }) => all || wanted.has(resource ?? "")).map(({ candidate }) => candidate)];
  }

  async #decide(candidates: readonly AdmissionCandidate[], batch: WorkBatch, view: View, skip: Set<string>): Promise<void> {
    const { engine, now } = this.#deps;
    const byOrder = new Map<string, string[]>();
    for (const decision of admit(candidates, this.#usageNow(candidates, now()))) {
      const waiting = this.#waiting.get(decision.orderId)?.get(decision.taskId);
      if (waiting) waiting.resource = decision.admitted ? "admitted" : decision.resource;
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
