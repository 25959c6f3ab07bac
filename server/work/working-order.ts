import type { Changes, Interpretation } from "../../engine/interpret/interpretation.ts";
import type { CompiledRelease, CompiledTargetSystem } from "../../engine/language/compiled-release.ts";
import type { Command } from "../../engine/order/commands.ts";
import type { JournalEntry } from "../../engine/order/events.ts";
import { graphIndex } from "../../engine/order/graph-index.ts";
import type { Input } from "../../engine/order/inputs.ts";
import type { Item, Order } from "../../engine/order/order.ts";
import type { Task } from "../../engine/order/task.ts";
import type { Occupancy } from "./occupancy.ts";

/** One order within one commit: as it is stored, as it stands now, and what has to be written. */
export class WorkingOrder {
  readonly id: string;
  readonly stored: Order | null;
  /** The release it runs on now: a migration moves it. */
  release: CompiledRelease;
  readonly journal: JournalEntry[] = [];
  readonly commands: Command[] = [];
  order: Order | null;
  /** Positions of tasks that moved since admission last looked. */
  #moved = new Set<number>();

  constructor(id: string, stored: Order | null, release: CompiledRelease) {
    this.id = id;
    this.stored = stored;
    this.order = stored;
    this.release = release;
  }

  get changed(): boolean {
    return this.order !== this.stored;
  }

  /** Takes over what the engine decided. `next` is the release the input wanted the order to move to. */
  apply(input: Input, decided: Extract<Interpretation, { accepted: true }>, occupancy: Occupancy, next: CompiledRelease | null = null): void {
    const before = this.order;
    const { order: after, events, changes } = decided;
    this.commands.push(...decided.commands);
    if (events.length === 0) return;
    this.order = after;
    if (next !== null && after.release.digest === next.digest) this.release = next;
    this.journal.push({
      orderId: this.id,
      firstVersion: after.aggregateVersion - events.length + 1,
      at: input.at,
      causationId: input.id,
      correlationId: after.correlationId,
      releaseDigest: this.release.digest,
      events,
    });
    for (const position of changes.tasks) {
      this.#moved.add(position);
      occupancy.observe(this.id, before?.tasks[position], after.tasks[position], this.targetSystemOf(position));
    }
    if (mayGoOn(before, after, changes)) after.tasks.forEach((task, position) => isReady(task) && this.#moved.add(position));
  }

  /** Positions of tasks that moved since the last call: only these can have become candidates. */
  takeMoved(): number[] {
    const moved = [...this.#moved];
    this.#moved.clear();
    return moved;
  }

  /** The target system that performs a task; null when the order has no such task, or a person or the engine performs it. */
  targetOf(taskId: string): CompiledTargetSystem | null {
    const graph = this.order?.plan?.graph;
    const position = graph && graphIndex(graph).taskPosition.get(taskId);
    const type = position === undefined ? undefined : graph?.tasks[position]?.type;
    return (type !== undefined && this.release.taskTypes.get(type)?.targetSystem) || null;
  }

  /** Key of the target system that performs a task; null for work of a person or of the engine. */
  targetSystemOf(position: number): string | null {
    const type = this.order?.plan?.graph.tasks[position]?.type;
    return (type !== undefined && this.release.taskTypes.get(type)?.targetSystem?.definition.key) || null;
  }
}

/** True when a task waits for admission: exactly then it has a row in `ready_tasks`. */
export function isReady(task: Task | undefined): boolean {
  return task !== undefined && (task.state === "READY" || (task.state === "OUTCOME_UNKNOWN" && task.resend));
}

/** True when tasks that were ready before may go only now: their item is no longer held or frozen, or the plan runs again. */
function mayGoOn(before: Order | null, after: Order, changes: Changes): boolean {
  const resumed = changes.items.some((position) => standsStill(before?.items[position]) && !standsStill(after.items[position]));
  return resumed || (before?.plan?.state === "CREATED" && after.plan?.state === "RUNNING");
}

function standsStill(item: Item | undefined): boolean {
  return item?.state === "HELD" || item?.state === "ASSESSING_CANCELLATION";
}
