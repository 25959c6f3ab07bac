import { interpret } from "../interpret/interpret.ts";
import type { Rejection } from "../interpret/interpretation.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Command } from "../order/commands.ts";
import type { Input, InputBody, TaskReport } from "../order/inputs.ts";
import type { Order } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import type { Task } from "../order/task.ts";
import { sampleValue } from "../simulate/sample-value.ts";
import { required } from "../support/defect.ts";

/** An order at a moment. */
export interface Moment {
  readonly order: Order;
  readonly at: string;
}

export type Stepped = { readonly moment: Moment; readonly commands: readonly Command[]; readonly rejection: null } | { readonly moment: Moment; readonly commands: readonly []; readonly rejection: Rejection };

/** One input through the production interpreter; a refused one leaves the moment as it is. */
export async function step({ order, at }: Moment, body: InputBody, release: CompiledRelease): Promise<Stepped> {
  const input = { ...body, id: `explore-${order.aggregateVersion}`, at } as Input;
  const answer = await interpret(order, input, release);
  if (!answer.accepted) return { moment: { order, at }, commands: [], rejection: answer.rejection };
  return { moment: { order: answer.order, at }, commands: answer.commands, rejection: null };
}

/** `<itemId>/<key>` */
export function nameOf({ itemId, key }: PlannedTask): string {
  return `${itemId}/${key}`;
}

/** The tasks of an order, each with what planning fixed. */
export function tasksOf(order: Order): readonly { readonly planned: PlannedTask; readonly task: Task }[] {
  return (order.plan?.graph.tasks ?? []).map((planned, position) => ({ planned, task: required(order.tasks[position], planned.id) }));
}

/** The system says that the command of a task did what it should, with a sample of the evidence. */
export function reportSuccess(release: CompiledRelease, { planned, task }: { readonly planned: PlannedTask; readonly task: Task }, at: string): InputBody {
  const result = sampleValue(release.taskTypes.get(planned.type)?.definition.evidence, { at, seed: planned.key });
  return { type: "TaskReported", taskId: task.id, via: "callback", attempt: task.attempts, report: { status: "succeeded", result } };
}

export function reportFailure(task: Task, code: string, effect: "NONE" | "POSSIBLE"): InputBody {
  const report: TaskReport = { status: "failed", failure: { code, message: "Explored", httpStatus: effect === "NONE" ? 422 : null, effect } };
  return { type: "TaskReported", taskId: task.id, via: "response", attempt: task.attempts, report };
}

/** The person whose work it is ends a manual task with an outcome of the wanted effect; null when none is offered. */
export function completeByPerson(release: CompiledRelease, order: Order, { planned, task }: { readonly planned: PlannedTask; readonly task: Task }, effect: "SUCCEED" | "FAIL", at: string): InputBody | null {
  const open = order.cases.find(({ state, taskId }) => state === "OPEN" && taskId === task.id)?.manualTask;
  const key = task.state === "AWAITING_MANUAL_ACTION" ? task.manual.manualTask : open;
  const manual = key ? release.manualTasks.get(key)?.definition : undefined;
  const outcome = manual?.outcomes.find((candidate) => candidate.effect === effect);
  if (!manual || !outcome) return null;
  const form = sampleValue(manual.form, { at, seed: planned.key });
  const evidence = sampleValue(release.taskTypes.get(planned.type)?.definition.evidence, { at, seed: planned.key });
  return { type: "CompleteManualTask", taskId: task.id, outcome: outcome.key, form: form as never, evidence, actor: { id: "explorer", roles: [manual.role], regions: [] } };
}
