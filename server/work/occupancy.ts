import { lockName } from "../../engine/interpret/admit.ts";
import { isInFlight } from "../../engine/order/machines.ts";
import type { Lock, Task } from "../../engine/order/task.ts";

/** Who holds a lock. */
export interface LockHolder {
  readonly orderId: string;
  readonly taskId: string;
}

interface TargetChange {
  dispatched: number;
  outstanding: number;
}

/**
 * How the tasks of one commit fill and empty target systems and locks. Everything is derived from the state of tasks before
 * and after: a task counts as dispatched while it is DISPATCHED, as outstanding until its effect is settled, and holds
 * its locks while it is `locked`. Nothing is counted twice and nothing can be forgotten.
 */
export class Occupancy {
  readonly targets = new Map<string, TargetChange>();
  /** Locks that changed hands: their new holder, or null when they came free. */
  readonly locks = new Map<string, LockHolder | null>();
  dispatched = 0;
  /** Names of what came free since they were last taken: `target:<key>`, `lock:<name>`, `global`. */
  #freed = new Set<string>();

  get changed(): boolean {
    return this.targets.size > 0 || this.locks.size > 0;
  }

  /** Looks at one task before and after an input. */
  observe(orderId: string, before: Task | undefined, after: Task | undefined, targetSystem: string | null): void {
    if (targetSystem !== null) this.#count(targetSystem, before, after);
    if (before?.locked === after?.locked) return;
    if (before?.locked) for (const lock of before.locks) this.#release(lock);
    if (after?.locked) for (const lock of after.locks) this.locks.set(lockName(lock), { orderId, taskId: after.id });
  }

  /** What came free since the last call. */
  takeFreed(): Set<string> {
    const freed = this.#freed;
    this.#freed = new Set();
    return freed;
  }

  #count(targetSystem: string, before: Task | undefined, after: Task | undefined): void {
    const dispatched = one(after?.state === "DISPATCHED") - one(before?.state === "DISPATCHED");
    const outstanding = one(after !== undefined && isInFlight(after.state)) - one(before !== undefined && isInFlight(before.state));
    if (dispatched === 0 && outstanding === 0) return;
    const change = this.targets.get(targetSystem) ?? { dispatched: 0, outstanding: 0 };
    this.targets.set(targetSystem, change);
    change.dispatched += dispatched;
    change.outstanding += outstanding;
    this.dispatched += dispatched;
    if (dispatched < 0) this.#freed.add("global");
    if (dispatched < 0 || outstanding < 0) this.#freed.add(`target:${targetSystem}`);
  }

  #release(lock: Lock): void {
    const name = lockName(lock);
    this.locks.set(name, null);
    this.#freed.add(`lock:${name}`);
  }
}

function one(condition: boolean): number {
  return condition ? 1 : 0;
}
