import { admissionCandidates } from "../../engine/interpret/admission-candidates.ts";
import { admit, lockName } from "../../engine/interpret/admit.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Command } from "../../engine/order/commands.ts";
import type { OrderEvent } from "../../engine/order/events.ts";
import type { NewOrder, Order } from "../../engine/order/order.ts";
import type { ScriptLine } from "../../engine/simulate/script.ts";
import { World } from "../../engine/simulate/world.ts";
import { addMs } from "../../engine/support/instant.ts";
import { given, type InputBody, type Scene } from "../support/given.ts";
import type { Told } from "./told.ts";

const STEPS_MAX = 2_000;
/** How far past its start a play goes on by itself. */
const HORIZON_MS = 60 * 86_400_000;

/**
 * A scene played against the simulator's world: commands are performed, answers and timers come in order of time, admission
 * is the production one. It stops at any moment a test names, so that people can step in there. Because it is a `Scene`,
 * every step is checked for purity and replay.
 */
export class Play implements Told {
  readonly scene: Scene;
  readonly world: World;
  readonly #queue: { readonly at: string; readonly body: Extract<InputBody, { type: "TaskReported" }> }[] = [];
  readonly #end: string;
  #performed = 0;

  private constructor(scene: Scene, script: readonly ScriptLine[]) {
    this.scene = scene;
    this.world = new World(scene.release, script);
    this.#end = addMs(scene.at, HORIZON_MS);
  }

  static async start(release: CompiledRelease, order: NewOrder, script: readonly ScriptLine[] = []): Promise<Play> {
    return new Play(await given(release, order), script);
  }

  get order(): Order {
    return this.scene.order;
  }

  get events(): readonly OrderEvent[] {
    return this.scene.journal;
  }

  get effects(): { readonly [name: string]: number } {
    return Object.fromEntries(this.world.effects);
  }

  get commands(): { readonly [name: string]: number } {
    return Object.fromEntries(this.world.commands);
  }

  /** Goes on until `reached` holds, right after the step that made it so. */
  async until(reached: (scene: Scene) => boolean): Promise<this> {
    for (let step = 0; step < STEPS_MAX; step += 1) {
      if (reached(this.scene)) return this;
      if (!(await this.#step())) break;
    }
    throw new Error(`The play never came to that moment; the order is ${this.order.state}.`);
  }

  /** Goes on until nothing happens by itself any more. */
  async toEnd(): Promise<this> {
    for (let step = 0; step < STEPS_MAX; step += 1) if (!(await this.#step())) return this;
    throw new Error("The play has no end.");
  }

  /** A person, or a message nobody expected, steps in. */
  async when(body: InputBody): Promise<this> {
    await this.scene.when(body);
    return this;
  }

  async #step(): Promise<boolean> {
    for (; this.#performed < this.scene.commands.length; this.#performed += 1) this.#perform(this.scene.commands[this.#performed] as Command);
    const admitted = this.#admissible();
    if (admitted.length > 0) {
      const before = this.scene.journal.length;
      await this.scene.when({ type: "TasksAdmitted", taskIds: admitted });
      if (this.scene.journal.length > before) return true;
    }
    const [timer] = [...this.scene.timers].sort(([a, x], [b, y]) => (x < y ? -1 : x > y ? 1 : a < b ? -1 : 1));
    const next = this.#queue.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))[0];
    const at = [timer?.[1], next?.at].filter((each) => each !== undefined).sort()[0];
    if (at === undefined || at > this.#end) return false;
    if (at > this.scene.at) this.scene.at = at;
    if (next && (!timer || next.at <= timer[1])) {
      this.#queue.splice(this.#queue.indexOf(next), 1);
      await this.scene.when(next.body);
    } else if (timer) await this.scene.when({ type: "TimerFired", timerId: timer[0] });
    return true;
  }

  #perform(command: Command): void {
    if (command.type !== "DispatchTask" && command.type !== "QueryTask") return;
    const { taskId, attempt } = command;
    const planned = this.order.plan?.graph.tasks.find(({ id }) => id === taskId);
    if (!planned) throw new Error(`A command for ${taskId}, which is not planned.`);
    const reports = command.type === "QueryTask" ? [this.world.query(command, this.scene.at)] : this.world.send(command, planned, this.scene.at);
    for (const { afterMs, via, report } of reports) this.#queue.push({ at: addMs(this.scene.at, afterMs), body: { type: "TaskReported", taskId, via, attempt, report } });
    // Whoever was called back in time does not do the work any more, and has nothing to say about it.
    if (planned.source.by !== "withdrawal") return;
    const { of } = planned.source;
    this.#queue.splice(0, Infinity, ...this.#queue.filter(({ body }) => body.taskId !== of));
  }

  /** The production admission, with the locks the order holds itself. */
  #admissible(): readonly string[] {
    const { order, release, at } = this.scene;
    const candidates = admissionCandidates(order, release, order.tasks.map((_, position) => position));
    const heldLocks = new Map(order.tasks.filter(({ locked }) => locked).flatMap(({ id, locks }) => locks.map((lock) => [lockName(lock), id] as const)));
    const decisions = admit(candidates, { now: at, global: { dispatched: 0, limit: Infinity }, targets: new Map(), heldLocks });
    return decisions.filter(({ admitted }) => admitted).map(({ taskId }) => taskId);
  }
}
