import type { CompiledRelease, CompiledTaskType } from "../language/compiled-release.ts";
import { evolve } from "../order/evolve.ts";
import type { OrderEvent, OrderEventBody } from "../order/events.ts";
import { graphIndex, type GraphIndex } from "../order/graph-index.ts";
import type { Command } from "../order/commands.ts";
import type { Input } from "../order/inputs.ts";
import type { Item, Order } from "../order/order.ts";
import type { Plan, PlannedTask } from "../order/plan.ts";
import type { Task } from "../order/task.ts";
import { required } from "../support/defect.ts";

/**
 * The work sheet of one interpretation: the state as it stands after the events so far. Handlers read it, and change it
 * only by `emit`. Nothing in here outlives the call.
 */
export class Decision {
  readonly input: Input;
  readonly events: OrderEvent[] = [];
  readonly commands: Command[] = [];
  /** Positions whose change others may wait for; `advance` empties them. */
  readonly movedTasks = new Set<number>();
  readonly movedMilestones = new Set<number>();
  readonly touchedItems = new Set<string>();
  #order: Order | null;
  #release: CompiledRelease;

  constructor(order: Order | null, input: Input, release: CompiledRelease) {
    this.#order = order;
    this.input = input;
    this.#release = release;
  }

  get order(): Order {
    return required(this.#order, "The order");
  }

  /** The release that decides: the order's own, until a migration moves it. */
  get release(): CompiledRelease {
    return this.#release;
  }

  /** From now on another release decides. */
  moveTo(release: CompiledRelease): void {
    this.#release = release;
  }

  get at(): string {
    return this.input.at;
  }

  get plan(): Plan {
    return required(this.order.plan, `The plan of order ${this.order.id}`);
  }

  get index(): GraphIndex {
    return graphIndex(this.plan.graph);
  }

  /** Records an event and applies it. */
  emit(fact: OrderEventBody): void {
    const event = { ...fact, at: this.at } as OrderEvent;
    this.#order = evolve(this.#order, event);
    this.events.push(event);
  }

  /** Records an event of one task and remembers that those who wait for the task must be asked. */
  emitTask(position: number, fact: OrderEventBody): void {
    this.emit(fact);
    this.movedTasks.add(position);
    this.touchedItems.add(this.planned(position).itemId);
  }

  task(position: number): Task {
    return required(this.order.tasks[position], `Task ${position}`);
  }

  planned(position: number): PlannedTask {
    return required(this.plan.graph.tasks[position], `Planned task ${position}`);
  }

  type(position: number): CompiledTaskType {
    const key = this.planned(position).type;
    return required(this.release.taskTypes.get(key), `Task type ${key}`);
  }

  item(id: string): Item {
    return required(this.order.items.find((item) => item.id === id), `Item ${id}`);
  }

  /** Id of the event recorded last, for commands to name as their cause. */
  lastEventId(): string {
    return `${this.order.id}#${this.order.aggregateVersion}`;
  }
}
