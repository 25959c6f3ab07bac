import type { CompiledRelease } from "../language/compiled-release.ts";
import type { DispatchTask, QueryTask } from "../order/commands.ts";
import type { TaskReport } from "../order/inputs.ts";
import type { PlannedTask } from "../order/plan.ts";
import type { ResultVia } from "../order/task.ts";
import { required } from "../support/defect.ts";
import { parseDurationMs } from "../support/duration.ts";
import type { Json } from "../support/json.ts";
import { sampleValue } from "./sample-value.ts";
import type { QueryLine, ScriptLine, TaskLine } from "./script.ts";

/** A report that will reach us after so many milliseconds of virtual time. */
export interface FutureReport {
  readonly afterMs: number;
  readonly via: Exclude<ResultVia, "person" | "internal">;
  readonly report: TaskReport;
}

/** An adapter gives up waiting for an answer after this long. */
const ANSWER_TIMEOUT_MS = 10_000;

/** A late answer is later than any adapter waits. */
const LATE_MS = 3_600_000;

/**
 * The simulated systems: they remember by key what took effect, so that a repeat with the same key is answered and not
 * done again by those that honor keys, and questions are answered truthfully.
 */
export class World {
  readonly #release: CompiledRelease;
  readonly #script: readonly ScriptLine[];
  readonly #done = new Map<string, Json>();
  readonly #sent = new Map<string, number>();
  readonly #asked = new Map<QueryLine, number>();
  /** `system.action` -> how often it took effect. */
  readonly effects = new Map<string, number>();
  /** `system.action` -> how often it was sent. */
  readonly commands = new Map<string, number>();

  constructor(release: CompiledRelease, script: readonly ScriptLine[]) {
    this.#release = release;
    this.#script = script;
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
    if (known !== undefined && system.effects.class === "idempotent-key") return this.#answers(system.completion, known, 0);

    const afterMs = durationOf(line?.after, line?.does === "LATE" ? LATE_MS : 0);
    const evidence = this.#release.taskTypes.get(planned.type)?.definition.evidence;
    const result = line?.result ?? sampleValue(evidence, { at, seed: command.idempotencyKey.slice(0, 8) });
    const takeEffect = () => {
      count(this.effects, name);
      this.#done.set(command.idempotencyKey, result);
    };
    switch (line?.does ?? "SUCCEED") {
      case "FAIL":
        return [{ afterMs, via: "response", report: { status: "failed", failure: { code: line?.code ?? "ERROR", message: line?.message ?? `The system answered ${line?.code ?? "ERROR"}.`, httpStatus: line?.httpStatus ?? 422, effect: "NONE" } } }];
      case "TAKE_EFFECT_THEN_TIME_OUT":
        takeEffect();
        return [noAnswer()];
      case "TIME_OUT_WITHOUT_EFFECT":
        return [noAnswer()];
      case "DUPLICATE": {
        takeEffect();
        const answers = this.#answers(system.completion, result, afterMs);
        return [...answers, { ...(answers.at(-1) as FutureReport), via: "callback" }];
      }
      case "REORDER":
        takeEffect();
        return [{ afterMs, via: "callback", report: { status: "succeeded", result } }, { afterMs: afterMs + 1, via: "response", report: { status: "accepted" } }];
      case "LATE":
        takeEffect();
        return [noAnswer(), { afterMs, via: "callback", report: { status: "succeeded", result } }];
      case "SUCCEED":
        takeEffect();
        return this.#answers(system.completion, result, afterMs);
    }
  }

  /** The answer to a status query. */
  query(command: QueryTask): FutureReport {
    const line = this.#script.find((candidate): candidate is QueryLine => "query" in candidate && candidate.query === command.targetSystem && (this.#asked.get(candidate) ?? 0) < (candidate.times ?? Infinity));
    if (line) count(this.#asked, line);
    const afterMs = durationOf(line?.after, 0);
    const known = this.#done.get(command.idempotencyKey);
    const truth: TaskReport = known === undefined ? { status: "notFound" } : { status: "succeeded", result: known };
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

  #answers(completion: "response" | "callback", result: Json, afterMs: number): FutureReport[] {
    const success: TaskReport = { status: "succeeded", result };
    if (completion === "response") return [{ afterMs, via: "response", report: success }];
    return [{ afterMs: 0, via: "response", report: { status: "accepted" } }, { afterMs, via: "callback", report: success }];
  }

  /** The script counts how often a task's command was sent over all versions of the plan. */
  #lineFor(name: string, attempt: number): TaskLine | undefined {
    return this.#script.find((line): line is TaskLine => "task" in line && line.task === name && (line.attempt ?? attempt) === attempt);
  }
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
