import type { CompiledRelease } from "../language/compiled-release.ts";
import type { DispatchTask, QueryTask } from "../order/commands.ts";
import type { TaskReport } from "../order/inputs.ts";
import type { PlannedTask } from "../order/plan.ts";
import type { ResultVia } from "../order/task.ts";
import { required } from "../support/defect.ts";
import { parseDurationMs } from "../support/duration.ts";
import { addMs, msBetween } from "../support/instant.ts";
import type { Json } from "../support/json.ts";
import { sampleValue } from "./sample-value.ts";
import type { PaceLine, QueryLine, ScriptLine, TaskBehavior, TaskLine } from "./script.ts";

/** A report that will reach us after so many milliseconds of virtual time. */
export interface FutureReport {
  readonly afterMs: number;
  readonly via: Exclude<ResultVia, "person" | "internal">;
  readonly report: TaskReport;
}

/** Something a system did, or is about to have done. */
interface Work {
  /** `system.action` */
  readonly name: string;
  /** `<itemId>/<taskKey>` */
  readonly task: string;
  readonly key: string;
  readonly result: Json;
  readonly doneAt: string;
  readonly recalled: boolean;
}

/** An adapter gives up waiting for an answer after this long. */
const ANSWER_TIMEOUT_MS = 10_000;

/** What is said in answer to the call itself does not take as long as the work. */
const ANSWERS_AT_ONCE: ReadonlySet<TaskBehavior> = new Set(["FAIL", "REORDER"]);

/** A late answer is later than any adapter waits. */
const LATE_MS = 3_600_000;

/**
 * The simulated systems: they remember by key what took effect, so that a repeat with the same key is answered and not
 * done again by those that honor keys, and questions are answered truthfully.
 */
export class World {
  readonly #release: CompiledRelease;
  readonly #script: readonly ScriptLine[];
  readonly #done = new Map<string, Work>();
  /** Commands that fail, by key: when, and with what. */
  readonly #failing = new Map<string, { readonly at: string; readonly report: TaskReport }>();
  /** The command under way or done last for a task, by task id. */
  readonly #latest = new Map<string, Work>();
  readonly #sent = new Map<string, number>();
  readonly #asked = new Map<QueryLine, number>();
  /** Target system -> how many questions it was asked. */
  readonly #questions = new Map<string, number>();
  readonly #pace: PaceLine | undefined;
  /** `system.action` -> how often it took effect. */
  readonly effects = new Map<string, number>();
  /** `system.action` -> how often it was sent. */
  readonly commands = new Map<string, number>();
  /** `<itemId>/<taskKey>` -> how often its command took effect. */
  readonly effectsOf = new Map<string, number>();
  /** Lines of the script that decided something. */
  readonly used = new Set<ScriptLine>();

  constructor(release: CompiledRelease, script: readonly ScriptLine[]) {
    this.#release = release;
    this.#script = script;
    this.#pace = script.find((line): line is PaceLine => "pace" in line);
  }

  /** How long work of a type takes where no line says so, in milliseconds. */
  usualMs(type: string): number {
    const usual = this.#release.taskTypes.get(type)?.definition.usualDuration;
    if (this.#pace === undefined || usual === undefined) return 0;
    this.used.add(this.#pace);
    return durationOf(usual, 0);
  }

  /** What follows from a command, by the script. */
  send(command: DispatchTask, planned: PlannedTask, at: string): readonly FutureReport[] {
    const name = `${command.targetSystem}.${command.action}`;
    count(this.commands, name);
    const system = required(this.#release.targetSystems.get(command.targetSystem), command.targetSystem).definition;
    const sent = `${planned.itemId}/${planned.key}`;
    count(this.#sent, sent);
    const line = this.#lineFor(sent, this.#sent.get(sent) ?? 1);
    const known = this.#done.get(command.idempotencyKey);
    if (known !== undefined && system.effects.class === "idempotent-key") return this.#answers(system.completion, known.result, Math.max(0, msBetween(at, known.doneAt)));
    if (planned.source.by === "withdrawal" && line === undefined && !this.#recall(planned.source.of, at)) return [tooLate()];

    const does = line?.does ?? "SUCCEED";
    const afterMs = durationOf(line?.after, does === "LATE" ? LATE_MS : ANSWERS_AT_ONCE.has(does) ? 0 : this.usualMs(planned.type));
    const evidence = this.#release.taskTypes.get(planned.type)?.definition.evidence;
    const result = line?.result ?? sampleValue(evidence, { at, seed: command.idempotencyKey.slice(0, 8) });
    const takeEffect = (doneMs = 0) => {
      count(this.effects, name);
      count(this.effectsOf, sent);
      const work: Work = { name, task: sent, key: command.idempotencyKey, result, doneAt: addMs(at, doneMs), recalled: false };
      this.#done.set(work.key, work);
      this.#latest.set(command.taskId, work);
    };
    switch (does) {
      case "FAIL":
      case "ACCEPT_THEN_FAIL": {
        const failure = { code: line?.code ?? "ERROR", message: line?.message ?? `The system answered ${line?.code ?? "ERROR"}.`, httpStatus: line?.httpStatus ?? 422, effect: line?.effect ?? "NONE" };
        if (failure.effect === "NONE") this.#failing.set(command.idempotencyKey, { at: addMs(at, afterMs), report: { status: "failed", failure } });
        const report = { status: "failed", failure } as const;
        return does === "FAIL" ? [{ afterMs, via: "response", report }] : [ACCEPTED, { afterMs, via: "callback", report }];
      }
      case "TAKE_EFFECT_THEN_TIME_OUT":
        takeEffect();
        return [noAnswer()];
      case "TIME_OUT_WITHOUT_EFFECT":
        return [noAnswer()];
      case "DUPLICATE": {
        takeEffect(afterMs);
        const answers = this.#answers(system.completion, result, afterMs);
        return [...answers, { ...(answers.at(-1) as FutureReport), via: "callback" }];
      }
      case "REORDER":
        takeEffect(afterMs);
        return [{ afterMs, via: "callback", report: { status: "succeeded", result } }, { afterMs: afterMs + 1, via: "response", report: { status: "accepted" } }];
      case "LATE":
        takeEffect();
        return [noAnswer(), { afterMs, via: "callback", report: { status: "succeeded", result } }];
      case "LOSE_CALLBACK":
        takeEffect(afterMs);
        return [ACCEPTED];
      case "SUCCEED":
        takeEffect(afterMs);
        return this.#answers(system.completion, result, afterMs);
    }
  }

  /** True when the work of a task was called back before it was done: its result never comes. */
  isRecalled(taskId: string): boolean {
    return this.#latest.get(taskId)?.recalled === true;
  }

  /** The answer to a status query. */
  query(command: QueryTask, at: string): FutureReport {
    count(this.#questions, command.targetSystem);
    const question = this.#questions.get(command.targetSystem);
    const line = this.#script.find((candidate): candidate is QueryLine => "query" in candidate && candidate.query === command.targetSystem && (candidate.attempt ?? question) === question && (this.#asked.get(candidate) ?? 0) < (candidate.times ?? Infinity));
    if (line) count(this.#asked, line);
    if (line) this.used.add(line);
    const afterMs = durationOf(line?.after, 0);
    const known = this.#done.get(command.idempotencyKey);
    const failing = this.#failing.get(command.idempotencyKey);
    const unknown: TaskReport = failing === undefined ? { status: "notFound" } : failing.at > at ? { status: "inProgress" } : failing.report;
    const truth: TaskReport = known === undefined ? unknown : known.doneAt > at ? { status: "inProgress" } : { status: "succeeded", result: known.result };
    switch (line?.does) {
      case "NOT_FOUND":
        return { afterMs, via: "query", report: { status: "notFound" } };
      case "IN_PROGRESS":
        return { afterMs, via: "query", report: { status: "inProgress" } };
      case "NO_ANSWER":
        return { afterMs, via: "query", report: { status: "unanswered", reason: "The query got no answer" } };
      case "FOUND_SUCCEEDED":
      case undefined:
        return { afterMs, via: "query", report: truth };
    }
  }

  /** Work that is not done yet can be called back, and then never was; false when it is too late. */
  #recall(taskId: string, at: string): boolean {
    const work = this.#latest.get(taskId);
    if (work === undefined || work.doneAt <= at) return work === undefined;
    this.#latest.set(taskId, { ...work, recalled: true });
    this.#done.delete(work.key);
    this.effects.set(work.name, (this.effects.get(work.name) ?? 1) - 1);
    this.effectsOf.set(work.task, (this.effectsOf.get(work.task) ?? 1) - 1);
    return true;
  }

  #answers(completion: "response" | "callback", result: Json, afterMs: number): FutureReport[] {
    const success: TaskReport = { status: "succeeded", result };
    if (completion === "response") return [{ afterMs, via: "response", report: success }];
    return [ACCEPTED, { afterMs, via: "callback", report: success }];
  }

  /** The script counts how often a task's command was sent over all versions of the plan. */
  #lineFor(name: string, attempt: number): TaskLine | undefined {
    const found = this.#script.find((line): line is TaskLine => "does" in line && "task" in line && line.task === name && (line.attempt ?? attempt) === attempt);
    if (found) this.used.add(found);
    return found;
  }
}

const ACCEPTED: FutureReport = { afterMs: 0, via: "response", report: { status: "accepted" } };

function tooLate(): FutureReport {
  return { afterMs: 0, via: "response", report: { status: "failed", failure: { code: "TOO_LATE", message: "The work is done already.", httpStatus: 409, effect: "NONE" } } };
}

function noAnswer(): FutureReport {
  const failure = { code: "TIMEOUT", message: "The system did not answer in time.", httpStatus: null, effect: "POSSIBLE" } as const;
  return { afterMs: ANSWER_TIMEOUT_MS, via: "response", report: { status: "failed", failure } };
}

function durationOf(text: string | undefined, otherwise: number): number {
  return text === undefined ? otherwise : (parseDurationMs(text) ?? otherwise);
}

function count<K>(map: Map<K, number>, key: K): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}
