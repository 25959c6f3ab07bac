import { admit, lockName, type AdmissionCandidate } from "../../engine/interpret/admit.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Input } from "../../engine/order/inputs.ts";
import type { Order } from "../../engine/order/order.ts";
import { tokensAt } from "../../server/work/target-tokens.ts";
import { WORK_LIMITS } from "../../server/work/work-limits.ts";
import type { WorkBatch } from "../../server/work/work-batch.ts";
import { isReady, WorkingOrder } from "../../server/work/working-order.ts";
import type { Dump, StoreDeps } from "./store.ts";

interface Usage {
  dispatched: number;
  outstanding: number;
  tokens: number | null;
  refilledAt: string | null;
}

/** Admission over maps: what is in use, who holds which lock, and who waits. Decides about all that wait, with every commit. */
export interface MemoryAdmission {
  /** Sends what may go; true when tasks are left waiting. */
  readonly admit: (batch: WorkBatch, orders: ReadonlyMap<string, Order>, releaseOf: (digest: string) => CompiledRelease, failed: (input: Input, orderId: string, error: string) => void) => Promise<boolean>;
  readonly dump: () => Pick<Dump, "locks" | "waiting" | "usage">;
}

export function createMemoryAdmission({ engine, now, commandsInFlight }: Pick<StoreDeps, "engine" | "now" | "commandsInFlight">): MemoryAdmission {
  const usage = new Map<string, Usage>();
  const locks = new Map<string, { readonly orderId: string; readonly taskId: string }>();
  /** Order -> its tasks that wait. */
  const waiting = new Map<string, ReadonlySet<string>>();
  let dispatched = 0;

  const usageOf = (system: string): Usage => {
    const known = usage.get(system) ?? { dispatched: 0, outstanding: 0, tokens: null, refilledAt: null };
    usage.set(system, known);
    return known;
  };

  /** What the batch's inputs filled and emptied counts from now on. */
  function take(batch: WorkBatch): void {
    const { occupancy } = batch;
    for (const [system, change] of occupancy.targets) {
      const use = usageOf(system);
      use.dispatched += change.dispatched;
      use.outstanding += change.outstanding;
    }
    occupancy.targets.clear();
    dispatched += occupancy.dispatched;
    occupancy.dispatched = 0;
    for (const [name, holder] of occupancy.locks) {
      if (holder) locks.set(name, holder);
      else locks.delete(name);
    }
    occupancy.locks.clear();
  }

  function candidatesOf(batch: WorkBatch, orders: ReadonlyMap<string, Order>, releaseOf: (digest: string) => CompiledRelease, skip: ReadonlySet<string>): AdmissionCandidate[] {
    for (const [id, { order, changed }] of batch.orders) {
      if (!order || !changed) continue;
      const ready = new Set(order.tasks.filter(isReady).map((task) => task.id));
      if (ready.size > 0) waiting.set(id, ready);
      else waiting.delete(id);
    }
    return Array.from(waiting, ([id, ready]) => {
      const order = batch.orders.get(id)?.order ?? orders.get(id);
      if (!order) return [];
      const positions = order.tasks.flatMap((task, position) => (ready.has(task.id) && !skip.has(task.id) ? [position] : []));
      return engine.admissionCandidates(order, releaseOf(order.release.digest), positions);
    }).flat();
  }

  function usageNow(candidates: readonly AdmissionCandidate[], at: string): Parameters<typeof admit>[1] {
    const targets = new Map<string, { dispatched: number; outstanding: number; tokens: number }>();
    for (const { targetSystem, limits } of candidates) {
      if (targetSystem === null || targets.has(targetSystem)) continue;
      const use = usageOf(targetSystem);
      const rate = limits?.ratePerSecond;
      const tokens = rate === undefined ? Infinity : tokensAt({ ...use, waiting: 0, revision: 0 }, rate, at);
      if (rate !== undefined) Object.assign(use, { tokens, refilledAt: at });
      targets.set(targetSystem, { dispatched: use.dispatched, outstanding: use.outstanding, tokens });
    }
    const heldLocks = new Map<string, string>();
    for (const name of new Set(candidates.flatMap((candidate) => candidate.locks.map(lockName)))) {
      const holder = locks.get(name);
      if (holder) heldLocks.set(name, holder.taskId);
    }
    return { now: at, global: { dispatched, limit: commandsInFlight }, targets, heldLocks };
  }

  return {
    async admit(batch, orders, releaseOf, failed) {
      const skip = new Set<string>();
      for (let round = 0; round < WORK_LIMITS.admissionRoundsPerCommit; round += 1) {
        take(batch);
        const candidates = candidatesOf(batch, orders, releaseOf, skip);
        if (candidates.length === 0) break;
        const decisions = admit(candidates, usageNow(candidates, now())).filter(({ admitted }) => admitted);
        if (decisions.length === 0) break;
        const byId = new Map(candidates.map((candidate) => [candidate.taskId, candidate]));
        const byOrder = new Map<string, string[]>();
        for (const { orderId, taskId } of decisions) byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), taskId]);
        for (const [orderId, taskIds] of byOrder) {
          const order = batch.orders.get(orderId)?.order ?? orders.get(orderId);
          if (!order) continue;
          const working = batch.orders.get(orderId) ?? new WorkingOrder(orderId, order, releaseOf(order.release.digest));
          batch.orders.set(orderId, working);
          const input: Input = { type: "TasksAdmitted", taskIds, id: `admission/${orderId}#${order.aggregateVersion}`, at: now() };
          try {
            const decided = await engine.interpret(order, input, working.release);
            if (decided.accepted) working.apply(input, decided, batch.occupancy);
          } catch (error) {
            failed(input, orderId, String(error));
          }
          for (const taskId of taskIds) {
            const stays = working.order?.tasks.some((task) => task.id === taskId && isReady(task));
            const system = byId.get(taskId)?.targetSystem;
            // What was let out and did not go is not asked again in this commit.
            if (stays) skip.add(taskId);
            else if (system) spend(usageOf(system));
          }
        }
      }
      take(batch);
      candidatesOf(batch, orders, releaseOf, skip);
      return waiting.size > 0;
    },
    dump: () => ({
      locks: Array.from(locks, ([name, holder]) => ({ name, ...holder })),
      waiting: Array.from(waiting, ([orderId, ids]) => Array.from(ids, (taskId) => ({ orderId, taskId }))).flat(),
      usage: Array.from(usage, ([targetSystem, use]) => ({ targetSystem, dispatched: use.dispatched, outstanding: use.outstanding })),
    }),
  };
}

function spend(use: Usage): void {
  if (use.tokens !== null) use.tokens -= 1;
}
