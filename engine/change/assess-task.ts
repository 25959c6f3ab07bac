import type { CompiledChangePolicy, CompiledCompensation, CompiledRelease } from "../language/compiled-release.ts";
import type { ChangeTaskAction } from "../language/kinds.ts";
import { itemFacts, milestonesFacts, orderFacts, taskFacts } from "../interpret/facts-of.ts";
import { outcomeOf } from "../order/machines.ts";
import type { Item, Order } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import { isMessage } from "../order/planned-work.ts";
import type { Task } from "../order/task.ts";
import { instantOf } from "../plan/item-plan.ts";
import type { Facts } from "../rules/facts.ts";
import { required } from "../support/defect.ts";
import { textOf, type JsonObject } from "../support/json.ts";
import type { TaskAssessment, UndoAssessment } from "./assessment.ts";

const WORDS: { readonly [action in ChangeTaskAction]: string } = {
  KEEP: "stays as it is",
  STOP: "is not done any more",
  WITHDRAW: "is called back",
  SETTLE: "is under way: first it is found out what it did",
  COMPENSATE: "is undone",
  AMEND: "is changed where it was done",
  REDO: "is undone and done again",
  REFUSE: "cannot be undone any more",
};

const NEEDS_AN_END: ReadonlySet<ChangeTaskAction> = new Set<ChangeTaskAction>(["COMPENSATE", "AMEND", "REDO"]);

/** A task, and the change it is asked under. */
export interface TaskUnderChange {
  readonly position: number;
  readonly request: JsonObject;
  /** The change reaches the task. Of an item that is cancelled it reaches all. */
  readonly affected: boolean;
  /** The work is still wanted, perhaps in another way; false when an amendment drops it. */
  readonly needed: boolean;
}

/**
 * THE rule for "may this task be cancelled, or changed, now, and what happens to it?": the change policy's table, as
 * shipped `definitions/decision-table/change-tasks.json`, asked with the state the task is in. Everything that a *change*
 * stops, settles or undoes asks here and nowhere else.
 */
export function assessTask(order: Order, release: CompiledRelease, policy: CompiledChangePolicy, question: TaskUnderChange): TaskAssessment {
  const { position, request, affected } = question;
  const planned = required(order.plan?.graph.tasks[position], `Planned task ${position}`);
  const task = required(order.tasks[position], planned.id);
  const item = required(order.items.find(({ id }) => id === planned.itemId), planned.itemId);
  const undo = undoOf(order, release, planned, task, item);
  const facts = { ...changeFacts(planned, task, release, question.needed), affected, compensatable: undo !== null };
  const answer = policy.tasks.evaluate({ request, item: itemFacts(order, item), task: facts });
  const decided = answer.hit === "one" ? (textOf(answer.outputs["do"]) as ChangeTaskAction | null) : null;
  const action = actionFor(planned, task, decided);
  return {
    taskId: planned.id,
    title: planned.title,
    state: task.state,
    effect: task.effect,
    do: action,
    reason: `"${planned.title}" ${WORDS[action]}`,
    rule: `${policy.tasks.definition.key}/${answer.hit === "one" ? (answer.rows[0] ?? "otherwise") : "none"}`,
    undo: action === "COMPENSATE" || action === "REDO" ? undo : null,
  };
}

/** The table's answer, within what is not for a table to decide. */
function actionFor(planned: PlannedTask, task: Task, decided: ChangeTaskAction | null): ChangeTaskAction {
  if (isMessage(planned)) return "KEEP";
  const open = outcomeOf(task.state) === "OPEN";
  // What is over without effect is no business of a change.
  if (!open && task.effect !== "DONE") return "KEEP";
  // A change that was made is undone with its original.
  if (!open && planned.source.by === "amendment") return "KEEP";
  // A table that is silent allows nothing.
  if (decided === null) return "REFUSE";
  // What is not over cannot be undone or changed yet: first somebody finds out what it did.
  if (open && NEEDS_AN_END.has(decided)) return "SETTLE";
  return decided;
}

/** What is not needed any more is not amended, and a change on its way is not called back like the work itself. */
function changeFacts(planned: PlannedTask, task: Task, release: CompiledRelease, needed: boolean): JsonObject {
  const type = release.taskTypes.get(planned.type)?.definition;
  const itself = planned.source.by !== "amendment";
  return { ...taskFacts(planned, task, release), amendable: needed && type?.amend !== undefined, withdrawable: itself && type?.withdraw !== undefined };
}

/** How a task's effect may be undone now; null when it may not. */
export function undoOf(order: Order, release: CompiledRelease, planned: PlannedTask, task: Task, item: Item): UndoAssessment | null {
  // What a migration dropped together with its type never had an effect.
  if (!release.taskTypes.has(planned.type)) return null;
  const compensation = compensationOf(release, planned);
  if (!compensation.compensatable) return null;
  const facts = undoFacts(order, release, planned, task, item);
  if (compensation.allowedWhen && !compensation.allowedWhen.holds(facts)) return null;
  const { approval } = compensation;
  const needsApproval = approval !== undefined && (approval.when === undefined || approval.when.holds(facts));
  return {
    policy: compensation.key,
    title: compensation.title,
    taskType: compensation.taskType.definition.key,
    approverRole: needsApproval ? approval.role : null,
    deadlineAt: instantOf(compensation.deadline?.evaluate(facts)),
    impact: compensation.impact,
  };
}

/** The compensation of a task: its template's, or its type's for generated work. */
export function compensationOf(release: CompiledRelease, planned: PlannedTask): CompiledCompensation {
  const { source } = planned;
  const own = source.by === "template" ? release.planTemplates.get(source.template)?.tasks[source.task]?.compensation : undefined;
  return own ?? required(release.taskTypes.get(planned.type), planned.type).compensation();
}

/** What a compensation policy may read about its original. */
export function undoFacts(order: Order, release: CompiledRelease, planned: PlannedTask, task: Task, item: Item): Facts {
  return { task: taskFacts(planned, task, release), order: orderFacts(order), item: itemFacts(order, item), milestones: milestonesFacts(order, item.id) };
}
