import { admissionCandidates } from "../interpret/admission-candidates.ts";
import { admit, lockName } from "../interpret/admit.ts";
import { interpret } from "../interpret/interpret.ts";
import { timersOf } from "../interpret/timer-commands.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Command } from "../order/commands.ts";
import type { InputBody } from "../order/inputs.ts";
import { ORDER_MACHINE } from "../order/machines.ts";
import type { Order } from "../order/order.ts";
import type { Task } from "../order/task.ts";
import { Agenda } from "../simulate/agenda.ts";
import { sampleValue } from "../simulate/sample-value.ts";
import { required } from "../support/defect.ts";
import { addMs } from "../support/instant.ts";
import { isJsonObject } from "../support/json.ts";
import type { RecordedDurations } from "./recorded-durations.ts";

/** How one order would go on, if everything goes well. */
export interface Forecast {
  /** The order as it would stand in the end, or where it would stand still. */
  readonly order: Order;
  /** What was assumed, in sentences. */
  readonly assumptions: readonly string[];
}

/** Inputs one forecast may take, and how far it looks ahead; an order still open then is shown as it stands. */
const STEPS_MAX = 20_000;
const HORIZON_MS = 400 * 86_400_000;

/**
 * Lets an order go on from `at` through the production interpreter in a world in which everything succeeds: work takes as
 * long as it usually did, people do their own work, expected facts come when they are expected, there is room in every
 * target system. Repairs are not done: where a person must repair something the forecast ends.
 */
export async function forecast(order: Order, release: CompiledRelease, recorded: RecordedDurations, at: string): Promise<Forecast> {
  const run = new ForecastRun(order, release, recorded, at);
  await run.toEnd();
  return run.result();
}

class ForecastRun {
  readonly #release: CompiledRelease;
  readonly #recorded: RecordedDurations;
  readonly #startAt: string;
  readonly #agenda: Agenda<InputBody>;
  readonly #assumed = new Map<string, string>();
  readonly #expected = new Set<string>();
  #order: Order;
  #now: string;
  #sequence = 0;

  constructor(order: Order, release: CompiledRelease, recorded: RecordedDurations, at: string) {
    this.#order = order;
    this.#release = release;
    this.#recorded = recorded;
    this.#startAt = at;
    this.#now = at;
    this.#agenda = new Agenda(timersOf(order));
    this.#expectEvents();
    order.tasks.forEach((task, position) => {
      if (task.state === "DISPATCHED" || task.state === "WAITING") this.#answer(position, firstSent(task) ?? at);
      else if (task.state === "AWAITING_MANUAL_ACTION") this.#handOut(position, task.since);
      // Whoever was asked and has not answered yet is about to.
      else if (task.state === "OUTCOME_UNKNOWN" && task.queries > 0 && task.timers.query === undefined && !task.resend) this.#answerQuestion(position);
    });
  }

  async toEnd(): Promise<void> {
    await this.#admit();
    if (this.#order.plan === null && ORDER_MACHINE[this.#order.state].length > 0) await this.#take({ type: "FulfillOrder" });
    const horizon = addMs(this.#startAt, HORIZON_MS);
    for (let steps = 0; steps < STEPS_MAX; steps += 1) {
      const next = this.#agenda.next();
      if (!next || next.at > horizon) return;
      if (next.at > this.#now) this.#now = next.at;
      await this.#take(next.body);
    }
  }

  result(): Forecast {
    for (const { id, taskId, reason, blocking } of this.#order.cases.filter(({ state }) => state === "OPEN")) {
      if (blocking) this.#assumed.set(id, `Nothing is forecast of what waits for the repair of ${taskId ?? "the order"}: ${reason}`);
    }
    return { order: this.#order, assumptions: [...this.#assumed.values()].sort() };
  }

  async #take(body: InputBody): Promise<void> {
    this.#sequence += 1;
    const answer = await interpret(this.#order, { ...body, id: `forecast-${this.#sequence}`, at: this.#now }, this.#release);
    if (!answer.accepted || answer.events.length === 0) return;
    this.#order = answer.order;
    for (const command of answer.commands) this.#perform(command);
    for (const position of answer.changes.tasks) {
      const task = answer.order.tasks[position];
      if (task?.state === "AWAITING_MANUAL_ACTION" && task.since === this.#now) this.#handOut(position, this.#now);
    }
    this.#expectEvents();
    await this.#admit();
  }

  #schedule(at: string, body: InputBody): void {
    this.#agenda.add(at > this.#now ? at : this.#now, body);
  }

  #perform(command: Command): void {
    switch (command.type) {
      case "SetTimer":
      case "CancelTimer":
        this.#agenda.keepTime(command);
        return;
      case "DispatchTask": {
        const position = this.#order.tasks.findIndex(({ id }) => id === command.taskId);
        const task = required(this.#order.tasks[position], command.taskId);
        const system = this.#release.targetSystems.get(command.targetSystem)?.definition;
        if (system?.completion === "callback") this.#schedule(this.#now, { type: "TaskReported", taskId: task.id, via: "response", attempt: task.attempts, report: { status: "accepted" } });
        this.#answer(position, firstSent(task) ?? this.#now);
        return;
      }
      case "QueryTask":
        this.#answerQuestion(this.#order.tasks.findIndex(({ id }) => id === command.taskId));
        return;
      case "RecordProduct":
    }
  }

  /** The success of a command that was sent at `sentAt`. */
  #answer(position: number, sentAt: string): void {
    const task = required(this.#order.tasks[position], `Task ${position}`);
    const completion = this.#release.taskTypes.get(this.#planned(position).type)?.targetSystem?.definition.completion;
    this.#schedule(addMs(sentAt, this.#durationOf(position)), {
      type: "TaskReported", taskId: task.id, via: completion === "callback" ? "callback" : "response", attempt: task.attempts, report: { status: "succeeded", result: this.#evidenceOf(position) },
    });
  }

  /** The truth about a command, as if it had been done like any other. */
  #answerQuestion(position: number): void {
    const task = required(this.#order.tasks[position], `Task ${position}`);
    const done = addMs(firstSent(task) ?? this.#now, this.#durationOf(position)) <= this.#now;
    const report = done ? ({ status: "succeeded", result: this.#evidenceOf(position) } as const) : ({ status: "inProgress" } as const);
    this.#schedule(this.#now, { type: "TaskReported", taskId: task.id, via: "query", attempt: task.attempts, report });
  }

  #evidenceOf(position: number) {
    const evidence = this.#release.taskTypes.get(this.#planned(position).type)?.definition.evidence;
    return sampleValue(evidence, { at: this.#now, seed: (this.#order.tasks[position]?.idempotencyKey ?? "").slice(0, 8) });
  }

  #planned(position: number) {
    return required(this.#order.plan?.graph.tasks[position], `Planned task ${position}`);
  }

  #durationOf(position: number): number {
    const { type, title } = this.#planned(position);
    const known = this.#recorded.get(type);
    const words = known === undefined ? "at once, because no duration is recorded" : `after ${known.medianMs / 1_000} s, the median of ${known.count} recorded`;
    this.#assumed.set(type, `"${title}" (${type}) succeeds ${words}`);
    return known?.medianMs ?? 0;
  }

  /** A person's own work is done with its first outcome that succeeds; what is to be repaired is left. */
  #handOut(position: number, since: string): void {
    const task = required(this.#order.tasks[position], `Task ${position}`);
    if (task.state !== "AWAITING_MANUAL_ACTION" || task.manual.cause !== "WORK" || task.manual.manualTask === null) return;
    const manual = this.#release.manualTasks.get(task.manual.manualTask)?.definition;
    const outcome = manual?.outcomes.find(({ effect }) => effect === "SUCCEED")?.key;
    if (!manual || outcome === undefined) return;
    const sample = sampleValue(manual.form, { at: this.#now, seed: this.#planned(position).key });
    this.#schedule(addMs(since, this.#durationOf(position)), {
      type: "CompleteManualTask", taskId: task.id, outcome, form: isJsonObject(sample) ? sample : {}, evidence: this.#evidenceOf(position), actor: { id: "forecast", roles: [manual.role], regions: [] },
    });
  }

  /** Facts from outside come when they are expected; without a date, at once. */
  #expectEvents(): void {
    this.#order.plan?.graph.milestones.forEach(({ id, itemId, by, title }, position) => {
      const milestone = this.#order.milestones[position];
      if (!("event" in by) || milestone?.outcome !== "OPEN" || this.#expected.has(id)) return;
      this.#expected.add(id);
      this.#assumed.set(id, `"${title}" comes ${milestone.dueAt === null ? "at once, because no date is expected" : "when it is expected"}`);
      this.#schedule(milestone.dueAt ?? this.#now, { type: "ExternalEventReceived", event: by.event, itemId, data: {} });
    });
  }

  /** Locks of the order itself hold; for everything else there is room. */
  async #admit(): Promise<void> {
    const positions = this.#order.tasks.flatMap((task, position) => (task.state === "READY" || (task.state === "OUTCOME_UNKNOWN" && task.resend) ? [position] : []));
    if (positions.length === 0) return;
    const heldLocks = new Map(this.#order.tasks.flatMap((task) => (task.locked ? task.locks.map((lock) => [lockName(lock), task.id] as const) : [])));
    const candidates = admissionCandidates(this.#order, this.#release, positions).map((candidate) => ({ ...candidate, limits: null }));
    const decisions = admit(candidates, { now: this.#now, global: { dispatched: 0, limit: Infinity }, targets: new Map(), heldLocks });
    const taskIds = decisions.filter(({ admitted }) => admitted).map(({ taskId }) => taskId);
    if (taskIds.length > 0) await this.#take({ type: "TasksAdmitted", taskIds });
  }
}

/** When the work began: a repeat of what was never answered finds the work of the first sending. */
function firstSent({ unanswered, clockAt, sentAt }: Task): string | null {
  return unanswered ? clockAt : sentAt;
}
