import { required } from "../support/defect.ts";
import type { CompiledValue } from "../feel/compile-value.ts";
import type { Decision } from "./decision.ts";

/** What a task sends: its type's action and request, or for work about other work the type's way to change or recall it. */
export function commandOf(decision: Decision, position: number): { readonly action: string; readonly request: CompiledValue } {
  const type = decision.type(position);
  const { source, key } = decision.planned(position);
  if (source.by === "amendment") return required(type.amend, `The amendment of ${key}`);
  if (source.by === "withdrawal") return required(type.withdraw, `The withdrawal of ${key}`);
  return { action: type.definition.action, request: type.request };
}

/** True for work that only asks: it has no effect that could be lost, doubled or undone. */
export function isQuestion(decision: Decision, position: number): boolean {
  const { work } = decision.type(position).definition;
  return work.by === "system" && work.mode === "query";
}

/** Position of the task that this one is about; undefined for work that stands for itself. */
export function subjectOf(decision: Decision, position: number): number | undefined {
  const { source } = decision.planned(position);
  return source.by === "amendment" || source.by === "withdrawal" ? decision.index.taskPosition.get(source.of) : undefined;
}
