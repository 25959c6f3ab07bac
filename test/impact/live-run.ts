import { admissionCandidates } from "../../engine/interpret/admission-candidates.ts";
import { admit, lockName } from "../../engine/interpret/admit.ts";
import { interpret } from "../../engine/interpret/interpret.ts";
import type { Interpretation } from "../../engine/interpret/interpretation.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Command, DispatchTask } from "../../engine/order/commands.ts";
import type { JournalEntry } from "../../engine/order/events.ts";
import type { Input, InputBody, TaskReport } from "../../engine/order/inputs.ts";
import type { NewOrder, Order } from "../../engine/order/order.ts";
import { Agenda } from "../../engine/simulate/agenda.ts";
import { sampleValue } from "../../engine/simulate/sample-value.ts";
import { required } from "../../engine/support/defect.ts";
import { hashFraction } from "../../engine/support/hash.ts";
import { addMs, msBetween } from "../../engine/support/instant.ts";
import type { Json } from "../../engine/support/json.ts";

/** How a world behaves: how long work takes, and what goes wrong with a sending. */
export interface WorldRules {
  readonly durationMs: (type: string) => number;
  readonly fault: (name: string, attempt: number) => "TRANSIENT" | "PERMANENT" | "NO_ANSWER" | null;
}

interface Effect {
  readonly doneAt: string;
  readonly result: Json;
}

const HORIZON_MS = 400 * 86_400_000;

/**
 * One order in one world, through the production interpreter, step by step. It may be copied at any step, so that the same
 * order goes on in the same world under two releases. It knows nothing of impact reports.
 */
export class LiveRun {
  readonly #rules: WorldRules;
  readonly journal: JournalEntry[] = [];
  order: Order;
  now: string;
  release: CompiledRelease;
  #calm = false;
  #agenda = new Agenda<InputBody>();
  #effects = new Map<string, Effect>();
  #expected = new Set<string>();
  #sequence = 0;
  /** Work that was let out and could not go: it would not go again as long as nothing happens. */
  #refused: readonly string[] = [];

  private constructor(order: Order, release: CompiledRelease, rules: WorldRules, now: string) {
    this.order = order;
    this.release = release;
    this.now = now;
    this.#rules = rules;
  }

  static async start(order: NewOrder, release: CompiledRelease, rules: WorldRules, at: string): Promise<LiveRun> {
    const submit: Input = { type: "SubmitOrder", order, correlationId: order.id, id: `${order.id}/submit`, at };
    const answer = await interpret(null, submit, release);
    if (!answer.accepted) throw new Error(answer.rejection.message);
    const run = new LiveRun(answer.order, release, rules, at);
    run.#record(null, answer, submit.id);
    run.schedule(at, { type: "FulfillOrder" });
    return run;
  }

  copy(): LiveRun {
    const copy = new LiveRun(this.order, this.release, this.#rules, this.now);
    copy.journal.push(...this.journal);
    copy.#calm = this.#calm;
    copy.#agenda = this.#agenda.copy();
    copy.#effects = new Map(this.#effects);
    copy.#expected = new Set(this.#expected);
    copy.#sequence = this.#sequence;
    return copy;
  }

  /** From now on nothing goes wrong any more: what is out will succeed, as long as it takes. */
  calmDown(): void {
    this.#calm = true;
    this.#agenda.revise(({ at, body }) => (body.type === "TaskReported" && body.report.status === "failed" ? { ...body, report: this.#succeeded(body.taskId, at) } : body));
    const answered = new Set(this.#agenda.waiting.flatMap(({ body }) => (body.type === "TaskReported" && body.report.status === "succeeded" ? [body.taskId] : [])));
    this.order.tasks.forEach(({ id, state, sentAt, attempts }, position) => {
      if ((state !== "DISPATCHED" && state !== "WAITING") || answered.has(id)) return;
      const at = addMs(sentAt ?? this.now, this.#rules.durationMs(this.order.plan?.graph.tasks[position]?.type ?? ""));
      this.schedule(at, { type: "TaskReported", taskId: id, via: "response", attempt: attempts, report: this.#succeeded(id, at) });
    });
  }

  schedule(at: string, body: InputBody): void {
    this.#agenda.add(at > this.now ? at : this.now, body);
  }

  /** Takes the next thing that happens; false when nothing happens any more. */
  async step(): Promise<boolean> {
    const next = this.#agenda.next();
    if (!next || msBetween(this.order.acceptedAt, next.at) > HORIZON_MS) return false;
    if (next.at > this.now) this.now = next.at;
    await this.take(next.body);
    return true;
  }

  async toEnd(): Promise<void> {
    for (let steps = 0; steps < 20_000; steps += 1) if (!(await this.step())) return;
    throw new Error(`Order ${this.order.id} does not come to an end`);
  }

  async take(body: InputBody, next: CompiledRelease | null = null): Promise<Interpretation> {
    this.#sequence += 1;
    // What was let out a moment ago may not be there any more: it is decided anew.
    if (next !== null) this.#agenda.revise(({ body }) => (body.type === "TasksAdmitted" ? null : body));
    const input = { ...body, id: `${this.order.id}/${this.#sequence}`, at: this.now } as Input;
    const before = this.order;
    const answer = await interpret(before, input, this.release, next);
    if (!answer.accepted) {
      this.#admitSoon();
      return answer;
    }
    if (next !== null && answer.order.release.digest === next.digest) this.release = next;
    this.#refused = body.type === "TasksAdmitted" && answer.events.length === 0 ? body.taskIds : [];
    if (answer.events.length > 0) this.#record(before, answer, input.id);
    else this.#admitSoon();
    return answer;
  }

  #record(before: Order | null, answer: Extract<Interpretation, { accepted: true }>, causationId: string): void {
    this.order = answer.order;
    this.journal.push({
      orderId: answer.order.id, firstVersion: (before?.aggregateVersion ?? 0) + 1, at: this.now, causationId, correlationId: answer.order.correlationId,
      releaseDigest: this.release.digest, events: answer.events,
    });
    for (const command of answer.commands) this.#perform(command);
    for (const position of answer.changes.tasks) this.#handOut(position);
    this.#tellFacts();
    this.#admitSoon();
  }

  #perform(command: Command): void {
    switch (command.type) {
      case "SetTimer":
      case "CancelTimer":
        this.#agenda.keepTime(command);
        return;
      case "DispatchTask":
        this.#send(command);
        return;
      case "QueryTask": {
        const effect = this.#effects.get(command.idempotencyKey);
        const report: TaskReport = effect === undefined ? { status: "notFound" } : effect.doneAt > this.now ? { status: "inProgress" } : { status: "succeeded", result: effect.result };
        this.schedule(this.now, { type: "TaskReported", taskId: command.taskId, via: "query", attempt: command.attempt, report });
        return;
      }
      case "RecordProduct":
    }
  }

  #send(command: DispatchTask): void {
    const { taskId, attempt, idempotencyKey } = command;
    const planned = required(this.order.plan?.graph.tasks.find(({ id }) => id === taskId), taskId);
    const callback = this.release.targetSystems.get(command.targetSystem)?.definition.completion === "callback";
    const report = (at: string, told: TaskReport, via: "response" | "callback" = "response") => this.schedule(at, { type: "TaskReported", taskId, via, attempt, report: told });
    const known = this.#effects.get(idempotencyKey);
    if (known) return report(known.doneAt, { status: "succeeded", result: known.result });
    const doneAt = addMs(this.now, this.#rules.durationMs(planned.type));
    const fault = this.#calm ? null : this.#rules.fault(`${planned.itemId}/${planned.key}`, attempt);
    if (fault === "TRANSIENT" || fault === "PERMANENT") {
      return report(doneAt, { status: "failed", failure: { code: fault, message: `${fault} at ${command.targetSystem}`, httpStatus: 422, effect: "NONE" } });
    }
    const done = this.#succeeded(taskId, doneAt);
    this.#effects.set(idempotencyKey, { doneAt, result: done.result });
    if (fault === "NO_ANSWER") return;
    if (callback) report(this.now, { status: "accepted" });
    report(doneAt, done, callback ? "callback" : "response");
  }

  #succeeded(taskId: string, at: string): Extract<TaskReport, { status: "succeeded" }> {
    const type = this.order.plan?.graph.tasks.find(({ id }) => id === taskId)?.type ?? "";
    return { status: "succeeded", result: sampleValue(this.release.taskTypes.get(type)?.definition.evidence, { at, seed: hashFraction(taskId).toFixed(8) }) };
  }

  /** People do their own work; what they must repair they leave. */
  #handOut(position: number): void {
    const task = this.order.tasks[position];
    const type = this.order.plan?.graph.tasks[position]?.type ?? "";
    if (task?.state !== "AWAITING_MANUAL_ACTION" || task.manual.cause !== "WORK" || task.since !== this.now || task.manual.claimedBy !== null) return;
    const manual = required(this.release.manualTasks.get(task.manual.manualTask ?? "")?.definition, "The manual task");
    const outcome = required(manual.outcomes.find(({ effect }) => effect === "SUCCEED")?.key, "An outcome that succeeds");
    const body = { type: "CompleteManualTask", taskId: task.id, outcome, form: sampleValue(manual.form, { at: this.now, seed: "person" }) as never, evidence: null, actor: { id: "person", roles: [manual.role], regions: [] } } as const;
    this.schedule(addMs(this.now, this.#rules.durationMs(type)), body);
  }

  #tellFacts(): void {
    this.order.plan?.graph.milestones.forEach(({ id, itemId, by }, position) => {
      const milestone = this.order.milestones[position];
      if (!("event" in by) || milestone?.outcome !== "OPEN" || this.#expected.has(id)) return;
      this.#expected.add(id);
      this.schedule(milestone.dueAt ?? this.now, { type: "ExternalEventReceived", event: by.event, itemId, data: {} });
    });
  }

  /** Ready work goes out as soon as the present step is over, as locks allow. */
  #admitSoon(): void {
    const positions = this.order.tasks.map((_, position) => position);
    const heldLocks = new Map(this.order.tasks.flatMap((task) => (task.locked ? task.locks.map((lock) => [lockName(lock), task.id] as const) : [])));
    const candidates = admissionCandidates(this.order, this.release, positions).map((candidate) => ({ ...candidate, limits: null }));
    const admitted = admit(candidates, { now: this.now, global: { dispatched: 0, limit: Infinity }, targets: new Map(), heldLocks }).filter(({ admitted: goes }) => goes).map(({ taskId }) => taskId).filter((taskId) => !this.#refused.includes(taskId));
    const waiting = this.#agenda.waiting.some(({ at, body }) => at === this.now && body.type === "TasksAdmitted");
    if (admitted.length > 0 && !waiting) this.#agenda.addFirst(this.now, { type: "TasksAdmitted", taskIds: admitted });
  }
}
