import type { AdmissionCandidate } from "../../engine/interpret/admit.ts";

/** A task that waits for admission. */
interface Waiting {
  readonly candidate: AdmissionCandidate;
  /** What it waits for; `NEW` until it has been looked at. */
  resource: string;
}

/** What a task waits for that nobody has looked at. */
const NEW = "new";

/** Who waits for admission, found by order and by what must come free. */
export class WaitingTasks {
  readonly #byOrder = new Map<string, Map<string, Waiting>>();
  readonly #byResource = new Map<string, Set<Waiting>>();

  get some(): boolean {
    return this.#byOrder.size > 0;
  }

  /** From now on exactly these tasks of the order wait, as if nobody had looked at them. */
  renew(orderId: string, candidates: readonly AdmissionCandidate[]): void {
    for (const waiting of this.#byOrder.get(orderId)?.values() ?? []) this.#byResource.get(waiting.resource)?.delete(waiting);
    if (candidates.length === 0) {
      this.#byOrder.delete(orderId);
      return;
    }
    const tasks = new Map<string, Waiting>();
    for (const candidate of candidates) {
      const waiting = { candidate, resource: NEW };
      tasks.set(candidate.taskId, waiting);
      this.#queue(NEW).add(waiting);
    }
    this.#byOrder.set(orderId, tasks);
  }

  /** A task was looked at, and this must come free before it is looked at again. */
  waitsFor(orderId: string, taskId: string, resource: string): void {
    const waiting = this.#byOrder.get(orderId)?.get(taskId);
    if (!waiting || waiting.resource === resource) return;
    this.#byResource.get(waiting.resource)?.delete(waiting);
    waiting.resource = resource;
    this.#queue(resource).add(waiting);
  }

  /** Those nobody has looked at. */
  fresh(): AdmissionCandidate[] {
    return this.for(NEW);
  }

  for(resource: string): AdmissionCandidate[] {
    return Array.from(this.#byResource.get(resource) ?? [], ({ candidate }) => candidate);
  }

  all(): AdmissionCandidate[] {
    return Array.from(this.#byOrder.values()).flatMap((tasks) => Array.from(tasks.values(), ({ candidate }) => candidate));
  }

  #queue(resource: string): Set<Waiting> {
    const known = this.#byResource.get(resource) ?? new Set();
    this.#byResource.set(resource, known);
    return known;
  }
}
