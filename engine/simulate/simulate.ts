import { admissionCandidates } from "../interpret/admission-candidates.ts";
import { admit, lockName, type AdmissionUsage } from "../interpret/admit.ts";
import { interpret } from "../interpret/interpret.ts";
import type { Rejection } from "../interpret/interpretation.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Command } from "../order/commands.ts";
import type { JournalEntry } from "../order/events.ts";
import type { Input, InputBody } from "../order/inputs.ts";
import { isInFlight } from "../order/machines.ts";
import type { NewOrder, Order } from "../order/order.ts";
import { Defect, required } from "../support/defect.ts";
import { parseDurationMs } from "../support/duration.ts";
import { addMs } from "../support/instant.ts";
import { isJsonObject, type Json } from "../support/json.ts";
import { Agenda } from "./agenda.ts";
import { askedBy, isDue, isReadyDecision, peopleOf } from "./people.ts";
import { sampleValue } from "./sample-value.ts";
import type { EventLine, ManualLine, PersonLine, ScriptLine } from "./script.ts";
import { World } from "./world.ts";

/** Inputs one simulation may take before it counts as endless. */
export const SIMULATION_STEPS_MAX = 100_000;

/** How far past acceptance the virtual clock runs; an order still open then is shown as it stands. */
const HORIZON_MS = 400 * 86_400_000;

/** A refused task is offered to admission again after this long; only a rate limit can refuse a lone order for long. */
const READMISSION_MS = 1_000;

export interface Simulation {
  readonly order: Order;
  /** One entry for each input that changed something: the event log. */
  readonly journal: readonly JournalEntry[];
  /** The inputs that changed something, one for each entry of the journal. */
  readonly inputs: readonly Input[];
  readonly rejections: readonly { readonly input: Input; readonly rejection: Rejection }[];
  /** What people were to do and never did, because what they waited for never was. */
  readonly undone: readonly PersonLine[];
  /** Lines of the script that decided nothing, because what they are about never came. */
  readonly unused: readonly ScriptLine[];
  /** `system.action` -> commands sent, and effects that took place. */
  readonly commands: { readonly [name: string]: number };
  readonly effects: { readonly [name: string]: number };
  /** `<itemId>/<taskKey>` -> how often its command took effect. */
  readonly effectsOf: { readonly [task: string]: number };
}

/**
 * Runs one order through the production interpreter on a virtual clock, against a scripted world. No server, no real time:
 * the same order, release, script and start give the same event log everywhere, byte for byte.
 */
export async function simulate(order: NewOrder, release: CompiledRelease, script: readonly ScriptLine[], startAt: string): Promise<Simulation> {
  const run = new Run(release, script, startAt);
  await run.take({ type: "SubmitOrder", order, correlationId: `sim-${order.id}` });
  await run.take({ type: "FulfillOrder" });
  for (const line of script) {
    if (("event" in line || "do" in line) && line.at !== undefined) run.schedule(parseDurationMs(line.at) ?? 0, line);
  }
  await run.toEnd();
  return run.result();
}

/** What waits for its moment: an input, or a line that becomes one then. */
type Scheduled = InputBody | PersonLine | EventLine;

class Run {
  readonly #release: CompiledRelease;
  readonly #script: readonly ScriptLine[];
  readonly #world: World;
  readonly #startAt: string;
  readonly #agenda = new Agenda<Scheduled>();
  /** What people wait for before they act. */
  readonly #people: Set<PersonLine>;
  /** What comes from outside once the order has come so far. */
  readonly #events: Set<EventLine>;
  readonly #decided = new Set<string>();
  readonly #manualDone = new Map<ManualLine, number>();
  /** `<itemId>/<taskKey>` -> how often a person worked on it. */
  readonly #handedOut = new Map<string, number>();
  /** Tasks somebody is at work on, by id: they are not handed out again before that is done. */
  readonly #underWork = new Set<string>();
  readonly #journal: JournalEntry[] = [];
  readonly #inputs: Input[] = [];
  readonly #rejections: { input: Input; rejection: Rejection }[] = [];
  readonly #sentAt = new Map<string, string[]>();
  #now: string;
  #sequence = 0;
  #order: Order | null = null;

  constructor(release: CompiledRelease, script: readonly ScriptLine[], startAt: string) {
    this.#release = release;
    this.#script = script;
    this.#world = new World(release, script);
    this.#people = new Set(peopleOf(script));
    this.#events = new Set(script.filter((line): line is EventLine => "event" in line && line.afterEvents !== undefined));
    this.#startAt = startAt;
    this.#now = startAt;
  }

  schedule(afterMs: number, body: Scheduled): void {
    this.#agenda.add(addMs(this.#now, afterMs), body);
  }

  async toEnd(): Promise<void> {
    const horizon = addMs(this.#startAt, HORIZON_MS);
    for (let steps = 0; steps < SIMULATION_STEPS_MAX; steps += 1) {
      const next = this.#agenda.next();
      if (!next || next.at > horizon) return;
      if (next.at > this.#now) this.#now = next.at;
      if ("type" in next.body && next.body.type === "TaskReported" && next.body.report.status === "succeeded" && this.#world.isRecalled(next.body.taskId)) continue;
      await this.take(this.#inputOf(next.body));
    }
    throw new Defect(`The simulation did not end within ${SIMULATION_STEPS_MAX} steps`);
  }

  async take(body: InputBody): Promise<void> {
    this.#sequence += 1;
    if (body.type === "CompleteManualTask") this.#underWork.delete(body.taskId);
    const input = { ...body, id: `sim-${this.#sequence}`, at: this.#now } as Input;
    const before = this.#order;
    const answer = await interpret(before, input, this.#release);
    if (!answer.accepted) {
      this.#rejections.push({ input, rejection: answer.rejection });
      return;
    }
    this.#order = answer.order;
    if (answer.events.length > 0) {
      this.#inputs.push(input);
      this.#journal.push({
        orderId: answer.order.id, firstVersion: (before?.aggregateVersion ?? 0) + 1, at: input.at, causationId: input.id,
        correlationId: answer.order.correlationId, releaseDigest: this.#release.digest, events: answer.events,
      });
    }
    for (const command of answer.commands) this.#perform(command);
    this.#handOut(answer.changes.tasks);
    this.#letPeopleAct(answer.order);
    this.#letEventsCome(answer.order);
    // An admission that let nothing out would let nothing out again.
    const idle = body.type === "TasksAdmitted" && body.taskIds.length > 0 && answer.events.length === 0;
    if (!idle) await this.#admit();
  }

  result(): Simulation {
    return {
      order: required(this.#order, "The simulated order"),
      journal: this.#journal,
      inputs: this.#inputs,
      rejections: this.#rejections,
      undone: [...this.#people],
      unused: this.#script.filter((line) => !this.#world.used.has(line)),
      commands: sorted(this.#world.commands),
      effects: sorted(this.#world.effects),
      effectsOf: sorted(this.#world.effectsOf),
    };
  }

  /** Someone acts once, as soon as the present step is over; each approval that waits is decided by one line. */
  #letPeopleAct(order: Order): void {
    const act = (line: PersonLine) => {
      this.#people.delete(line);
      this.schedule(0, line);
    };
    for (const line of this.#people) if (isDue(order, line)) act(line);
    for (const { id, state } of order.approvals) {
      const line = state === "PENDING" && !this.#decided.has(id) ? [...this.#people].find(isReadyDecision) : undefined;
      if (!line) continue;
      this.#decided.add(id);
      act(line);
    }
  }

  #letEventsCome(order: Order): void {
    for (const line of this.#events) {
      if (order.aggregateVersion < (line.afterEvents ?? 0)) continue;
      this.#events.delete(line);
      this.schedule(0, line);
    }
  }

  #inputOf(body: Scheduled): InputBody {
    if ("type" in body) return body;
    this.#world.used.add(body);
    if ("event" in body) return { type: "ExternalEventReceived", event: body.event, itemId: body.item ?? null, data: body.data ?? {} };
    this.#people.delete(body);
    return askedBy(body, required(this.#order, "The simulated order"));
  }

  #perform(command: Command): void {
    switch (command.type) {
      case "SetTimer":
      case "CancelTimer":
        this.#agenda.keepTime(command);
        return;
      case "DispatchTask": {
        const planned = required(this.#order?.plan?.graph.tasks.find(({ id }) => id === command.taskId), command.taskId);
        for (const { afterMs, via, report } of this.#world.send(command, planned, this.#now)) {
          this.schedule(afterMs, { type: "TaskReported", taskId: command.taskId, via, attempt: command.attempt, report });
        }
        return;
      }
      case "QueryTask": {
        const { afterMs, via, report } = this.#world.query(command, this.#now);
        this.schedule(afterMs, { type: "TaskReported", taskId: command.taskId, via, attempt: command.attempt, report });
        return;
      }
      case "RecordProduct":
    }
  }

  /** People do their manual tasks as scripted; unscripted work of their own they simply do, repairs they leave. */
  #handOut(positions: readonly number[]): void {
    const order = required(this.#order, "The simulated order");
    for (const position of positions) {
      const task = order.tasks[position];
      const planned = order.plan?.graph.tasks[position];
      if (!task || !planned || this.#underWork.has(task.id) || !(task.state === "AWAITING_MANUAL_ACTION" || task.state === "OUTCOME_UNKNOWN")) continue;
      const name = `${planned.itemId}/${planned.key}`;
      const attempt = (this.#handedOut.get(name) ?? 0) + 1;
      const line = this.#script.find((candidate): candidate is ManualLine => "manual" in candidate && candidate.manual === name && (candidate.attempt ?? attempt) === attempt && (this.#manualDone.get(candidate) ?? 0) < (candidate.times ?? 1));
      const caseKey = order.cases.find(({ state, taskId }) => state === "OPEN" && taskId === task.id)?.manualTask;
      const key = task.state === "AWAITING_MANUAL_ACTION" ? task.manual.manualTask : caseKey;
      const manual = key ? this.#release.manualTasks.get(key)?.definition : undefined;
      const ownWork = task.state === "AWAITING_MANUAL_ACTION" && task.manual.cause === "WORK";
      if (!manual || (!line && !ownWork)) continue;
      if (line) this.#manualDone.set(line, (this.#manualDone.get(line) ?? 0) + 1);
      if (line) this.#world.used.add(line);
      const sample = sampleValue(manual.form, { at: this.#now, seed: planned.key });
      const evidenceSchema = this.#release.taskTypes.get(planned.type)?.definition.evidence;
      const evidence: Json = line?.evidence ?? sampleValue(evidenceSchema, { at: this.#now, seed: planned.key });
      this.#underWork.add(task.id);
      this.#handedOut.set(name, attempt);
      this.schedule(line?.after === undefined ? (ownWork ? this.#world.usualMs(planned.type) : 0) : (parseDurationMs(line.after) ?? 0), {
        type: "CompleteManualTask", taskId: task.id, evidence,
        outcome: line?.outcome ?? manual.outcomes.find(({ effect }) => effect === "SUCCEED")?.key ?? "",
        form: line?.form ?? (isJsonObject(sample) ? sample : {}),
        actor: { id: "simulated-person", roles: [manual.role, ...(line?.as === undefined ? [] : [line.as])], regions: ["*"] },
      });
    }
  }

  /** The production admission, over the one order there is. */
  async #admit(): Promise<void> {
    const order = required(this.#order, "The simulated order");
    const candidates = admissionCandidates(order, this.#release, order.tasks.map((_, position) => position));
    if (candidates.length === 0) return;
    const decisions = admit(candidates, this.#usage(order));
    const admitted = decisions.filter((decision) => decision.admitted).map(({ taskId }) => taskId);
    for (const { taskId } of decisions.filter((decision) => decision.admitted)) {
      const system = candidates.find((candidate) => candidate.taskId === taskId)?.targetSystem;
      if (system) this.#sentAt.set(system, [...(this.#sentAt.get(system) ?? []), this.#now]);
    }
    if (admitted.length > 0) await this.take({ type: "TasksAdmitted", taskIds: admitted });
    else if (decisions.some((decision) => !decision.admitted && decision.reason === "target-rate")) this.schedule(READMISSION_MS, { type: "TasksAdmitted", taskIds: [] });
  }

  #usage(order: Order): AdmissionUsage {
    const targets = new Map<string, { dispatched: number; outstanding: number; tokens: number }>();
    const heldLocks = new Map<string, string>();
    let dispatched = 0;
    order.tasks.forEach((task, position) => {
      if (task.locked) for (const lock of task.locks) heldLocks.set(lockName(lock), task.id);
      const system = this.#release.taskTypes.get(order.plan?.graph.tasks[position]?.type ?? "")?.targetSystem?.definition;
      if (!system) return;
      const use = targets.get(system.key) ?? { dispatched: 0, outstanding: 0, tokens: Infinity };
      const rate = system.limits.ratePerSecond;
      const recent = (this.#sentAt.get(system.key) ?? []).filter((at) => at > addMs(this.#now, -READMISSION_MS)).length;
      targets.set(system.key, {
        dispatched: use.dispatched + (task.state === "DISPATCHED" ? 1 : 0),
        outstanding: use.outstanding + (isInFlight(task.state) ? 1 : 0),
        tokens: rate === undefined ? Infinity : Math.max(1, rate) - recent,
      });
      if (task.state === "DISPATCHED") dispatched += 1;
    });
    return { now: this.#now, global: { dispatched, limit: Infinity }, targets, heldLocks };
  }
}

function sorted(counts: ReadonlyMap<string, number>): { readonly [name: string]: number } {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
