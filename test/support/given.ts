import { expect } from "vitest";
import { admissionCandidates } from "../../engine/interpret/admission-candidates.ts";
import { interpret } from "../../engine/interpret/interpret.ts";
import type { Interpretation } from "../../engine/interpret/interpretation.ts";
import type { RejectionCode } from "../../engine/interpret/rejection-codes.ts";
import { timersOf } from "../../engine/interpret/timer-commands.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Command, DispatchTask } from "../../engine/order/commands.ts";
import { evolve } from "../../engine/order/evolve.ts";
import type { OrderEvent, OrderEventType } from "../../engine/order/events.ts";
import type { Input, TaskReport } from "../../engine/order/inputs.ts";
import type { NewOrder, Order } from "../../engine/order/order.ts";
import type { PlannedTask } from "../../engine/order/plan.ts";
import type { Task, TaskTimerPurpose } from "../../engine/order/task.ts";
import { canonicalJson } from "../../engine/support/canonical-json.ts";
import { parseDurationMs } from "../../engine/support/duration.ts";
import { addMs } from "../../engine/support/instant.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";
import { deepFreeze } from "./deep-freeze.ts";
import { orderOf, START } from "./order-of.ts";

/** An input without what the scene itself gives it. */
export type InputBody = Input extends infer I ? (I extends Input ? Omit<I, "id" | "at"> : never) : never;

/** The state and the history a step left behind, to be looked at by `thenEvents`. */
type Expected = OrderEventType | ({ readonly type: OrderEventType } & JsonObject);

export const PERSON = { id: "ann", roles: ["support"], regions: ["north"] } as const;

/** An accepted, planned and started order of the release. */
export async function given(release: CompiledRelease, order: NewOrder = orderOf(), at: string = START): Promise<Scene> {
  const scene = await submitted(release, order, at);
  await scene.when({ type: "FulfillOrder" });
  return scene;
}

/** An accepted order that has no plan yet. */
export async function submitted(release: CompiledRelease, order: NewOrder = orderOf(), at: string = START): Promise<Scene> {
  const scene = new Scene(release, at);
  await scene.when({ type: "SubmitOrder", order, correlationId: "corr-1" });
  return scene;
}

/**
 * One order under test. Every step goes through `interpret` with deep-frozen arguments, twice, and must answer the same
 * bytes (I-12); after every step the replayed journal must equal the state, and the timers the commands have set so far
 * must be the timers the state says should run.
 */
export class Scene {
  readonly release: CompiledRelease;
  readonly journal: OrderEvent[] = [];
  readonly commands: Command[] = [];
  readonly timers = new Map<string, string>();
  at: string;
  last: Interpretation | null = null;
  #order: Order | null = null;
  #inputs = 0;

  constructor(release: CompiledRelease, at: string) {
    this.release = release;
    this.at = at;
    for (const definition of release.definitions) deepFreeze(definition);
  }

  get order(): Order {
    if (!this.#order) throw new Error("The scene has no order.");
    return this.#order;
  }

  /** Feeds one input at the scene's clock. */
  async when(body: InputBody): Promise<this> {
    this.#inputs += 1;
    const input = deepFreeze<Input>({ ...body, id: `in-${this.#inputs}`, at: this.at });
    const first = await interpret(this.#order, input, this.release);
    const second = await interpret(this.#order, input, this.release);
    expect(JSON.stringify(second), "the same order, input and release must give the same bytes").toBe(JSON.stringify(first));
    this.last = deepFreeze(first);
    if (!first.accepted) return this;
    if (input.type === "TimerFired" && (this.timers.get(input.timerId) ?? "z") <= this.at) this.timers.delete(input.timerId);
    this.#order = first.order;
    this.journal.push(...first.events);
    for (const command of first.commands) {
      this.commands.push(command);
      if (command.type === "SetTimer") this.timers.set(command.timerId, command.dueAt);
      if (command.type === "CancelTimer") this.timers.delete(command.timerId);
    }
    this.#check();
    return this;
  }

  #check(): void {
    let replayed: Order | null = null;
    for (const event of this.journal) replayed = evolve(replayed, event);
    expect(canonicalJson(replayed as unknown as Json), "replay(events) must equal the state").toBe(canonicalJson(this.order as unknown as Json));
    expect(Object.fromEntries(this.timers), "timersOf(order) must equal the timers set by commands").toEqual(Object.fromEntries(timersOf(this.order)));
  }

  /** The events of the last step: by type, or by the members that matter, in order and complete. */
  thenEvents(...expected: readonly Expected[]): this {
    const events = this.events();
    expect(events.map(({ type }) => type)).toEqual(expected.map((each) => (typeof each === "string" ? each : each.type)));
    expected.forEach((each, position) => typeof each === "string" || expect(events[position]).toMatchObject(each));
    return this;
  }

  thenNothing(): this {
    expect(this.last).toMatchObject({ accepted: true, events: [], commands: [] });
    return this;
  }

  thenRejected(code: RejectionCode): this {
    expect(this.last).toMatchObject({ accepted: false, rejection: { code } });
    return this;
  }

  /** Events of the last step, all or of one type. */
  events(type?: OrderEventType): readonly OrderEvent[] {
    const events = this.last?.accepted ? this.last.events : [];
    return type === undefined ? events : events.filter((event) => event.type === type);
  }

  /** Events of the whole history, of one type. */
  past<T extends OrderEventType>(type: T): Extract<OrderEvent, { type: T }>[] {
    return this.journal.filter((event): event is Extract<OrderEvent, { type: T }> => event.type === type);
  }

  /** A task by `key` in item 1, or by `item/key`. */
  position(name: string): number {
    const wanted = name.includes("/") ? name : `1/${name}`;
    const position = this.order.plan?.graph.tasks.findIndex((planned) => `${planned.itemId}/${planned.key}` === wanted) ?? -1;
    if (position < 0) throw new Error(`The plan has no task ${wanted}.`);
    return position;
  }

  task(name: string): Task {
    return this.order.tasks[this.position(name)] as Task;
  }

  planned(name: string): PlannedTask {
    return this.order.plan?.graph.tasks[this.position(name)] as PlannedTask;
  }

  states(...names: readonly string[]): string[] {
    return names.map((name) => this.task(name).state);
  }

  milestone(name: string): string {
    const wanted = name.includes("/") ? name : `1/${name}`;
    return this.order.milestones.find(({ id }) => id === wanted)?.outcome ?? "there is none";
  }

  openCases() {
    return this.order.cases.filter(({ state }) => state === "OPEN");
  }

  /** Commands sent for a task so far. */
  sent(name: string): DispatchTask[] {
    const { id } = this.task(name);
    return this.commands.filter((command): command is DispatchTask => command.type === "DispatchTask" && command.taskId === id);
  }

  asked(name: string): number {
    const { id } = this.task(name);
    return this.commands.filter((command) => command.type === "QueryTask" && command.taskId === id).length;
  }

  /** Tasks that may go out, in no particular order, as `item/key`. */
  ready(): string[] {
    const ids = new Set(admissionCandidates(this.order, this.release, this.order.tasks.map((_, position) => position)).map(({ taskId }) => taskId));
    return (this.order.plan?.graph.tasks ?? []).filter(({ id }) => ids.has(id)).map(({ itemId, key }) => `${itemId}/${key}`);
  }

  /** Lets the named tasks out; all that may go when none is named. */
  async admit(...names: readonly string[]): Promise<this> {
    const wanted = names.length > 0 ? names : this.ready();
    return this.when({ type: "TasksAdmitted", taskIds: wanted.map((name) => this.task(name).id) });
  }

  async report(name: string, report: TaskReport, more: { via?: "response" | "callback" | "query"; attempt?: number | null } = {}): Promise<this> {
    const { id, attempts } = this.task(name);
    return this.when({ type: "TaskReported", taskId: id, via: more.via ?? "response", attempt: more.attempt === undefined ? attempts : more.attempt, report });
  }

  /** The system reports success, with a reference as evidence. */
  async succeed(name: string, result: Json = { reference: `R-${name}` }, more: { via?: "response" | "callback" | "query"; attempt?: number | null } = {}): Promise<this> {
    return this.report(name, { status: "succeeded", result }, more);
  }

  async fail(name: string, code: string, effect: "NONE" | "POSSIBLE" | "PARTIAL" = "NONE", more: { via?: "response" | "callback" | "query"; attempt?: number | null } = {}): Promise<this> {
    return this.report(name, { status: "failed", failure: { code, message: `It said ${code}`, httpStatus: null, effect } }, more);
  }

  /** Admits and succeeds each task in turn. */
  async run(...names: readonly string[]): Promise<this> {
    for (const name of names) {
      await this.admit(name);
      await this.succeed(name);
    }
    return this;
  }

  async person(name: string, outcome: string, more: { form?: JsonObject; evidence?: Json } = {}): Promise<this> {
    return this.when({ type: "CompleteManualTask", taskId: this.task(name).id, outcome, form: more.form ?? { reason: "because" }, evidence: more.evidence ?? null, actor: PERSON });
  }

  /** Lets time pass and fires every timer that becomes due on the way, earliest first. */
  async pass(duration: string): Promise<this> {
    const end = addMs(this.at, parseDurationMs(duration) ?? 0);
    for (let fired = 0; fired < 1_000; fired += 1) {
      const next = [...this.timers].filter(([, due]) => due <= end).sort(([a, x], [b, y]) => (x < y ? -1 : x > y ? 1 : a < b ? -1 : 1))[0];
      if (!next) break;
      if (next[1] > this.at) this.at = next[1];
      await this.when({ type: "TimerFired", timerId: next[0] });
    }
    this.at = end;
    return this;
  }

  timer(name: string, purpose: TaskTimerPurpose): string | undefined {
    return this.timers.get(`${this.task(name).id}#${purpose}`);
  }
}
