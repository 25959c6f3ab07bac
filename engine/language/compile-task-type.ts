import { compileValue } from "../feel/compile-value.ts";
import { compileCondition } from "../rules/compile-condition.ts";
import type { JsonObject } from "../support/json.ts";
import { alwaysFits, compileJsonSchema, type EvidenceCheck } from "./compile-json-schema.ts";
import type {
  CompiledCompensation, CompiledDelta, CompiledManualTask, CompiledRetryPolicy, CompiledTargetSystem, CompiledTaskType, CompiledTimeoutPolicy,
} from "./compiled-release.ts";
import type { Report } from "./diagnostic.ts";
import { FACT_SCOPES } from "./fact-scopes.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import type { TaskType } from "./kinds.ts";

/** The compiled definitions a task type refers to, found by key. */
export interface TaskTypeParts {
  readonly targetSystems: ReadonlyMap<string, CompiledTargetSystem>;
  readonly manualTasks: ReadonlyMap<string, CompiledManualTask>;
  readonly retryPolicies: ReadonlyMap<string, CompiledRetryPolicy>;
  readonly timeoutPolicies: ReadonlyMap<string, CompiledTimeoutPolicy>;
  /** Asked only after compiling: policies name task types, and task types policies. */
  readonly compensation: (key: string) => CompiledCompensation;
}

/** A compiled task type and the check of what templates give it, which is needed only while compiling. */
export interface PreparedTaskType {
  readonly compiled: CompiledTaskType;
  readonly parameters: EvidenceCheck;
}

/** Compiles a task type. The evidence of a person's work is the form of its manual task. */
export function compileTaskType(definition: TaskType, parts: TaskTypeParts, report: Report): PreparedTaskType {
  const schema = (source: JsonObject | undefined, path: string): EvidenceCheck =>
    source === undefined ? alwaysFits : compileJsonSchema(source, report, path);
  const { work } = definition;
  const manualTask = work.by === "person" ? parts.manualTasks.get(work.manualTask) : undefined;
  const targetSystem = definition.targetSystem === undefined ? undefined : parts.targetSystems.get(definition.targetSystem);
  const retry = definition.retry === undefined ? undefined : parts.retryPolicies.get(definition.retry);
  const timeout = definition.timeout === undefined ? undefined : parts.timeoutPolicies.get(definition.timeout);
  const evidence = schema(definition.evidence, "/evidence");
  return {
    parameters: schema(definition.parameters, "/parameters"),
    compiled: {
      definition,
      ...(targetSystem ? { targetSystem } : {}),
      ...(manualTask ? { manualTask } : {}),
      ...(definition.preconditions ? { preconditions: compileCondition(definition.preconditions, FACT_SCOPES.preconditions, report, "/preconditions") } : {}),
      request: compileValue(definition.request ?? {}, FACT_SCOPES.request, report, "/request"),
      outputs: compileValue(definition.outputs ?? {}, FACT_SCOPES.outputs, report, "/outputs"),
      evidence: manualTask ? manualTask.form : evidence,
      inputs: schema(definition.inputs, "/inputs"),
      locks: (definition.locks ?? []).map((lock, position) => ({
        scope: lock.scope,
        key: compileValue(lock.key, FACT_SCOPES.request, report, jsonPointer("locks", position, "key")),
      })),
      compensation: () => parts.compensation(definition.compensation),
      ...(definition.amend ? { amend: compileDelta(definition.amend, "/amend", report) } : {}),
      ...(definition.withdraw ? { withdraw: compileDelta(definition.withdraw, "/withdraw", report) } : {}),
      ...(retry ? { retry } : {}),
      ...(timeout ? { timeout } : {}),
    },
  };
}

function compileDelta(delta: { readonly action: string; readonly request: JsonObject }, path: string, report: Report): CompiledDelta {
  return { action: delta.action, request: compileValue(delta.request, FACT_SCOPES.delta, report, `${path}/request`) };
}
