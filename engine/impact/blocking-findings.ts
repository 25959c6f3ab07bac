import { compensationOf } from "../change/assess-task.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import type { TemplateTask } from "../language/kinds.ts";
import type { Order } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import { isMessage } from "../order/planned-work.ts";
import { workName } from "../plan/item-plan.ts";
import { textOf } from "../support/json.ts";
import type { BlockingRule } from "./blocking-rules.ts";
import { changedBehind } from "./definitions-in-use.ts";
import { elementsChanged, placeOf, same, type DefinitionChange } from "./changed-definitions.ts";
import type { NextPlan } from "./next-plan.ts";
import type { BlockingFinding, DefinitionPlace } from "./order-impact.ts";
import { isExtra } from "./definitions-in-use.ts";
import { isOpen, type Standing } from "./standing.ts";

/** Everything the rules about one order read. */
export interface MigrationCase {
  readonly order: Order;
  readonly pinned: CompiledRelease;
  readonly proposed: CompiledRelease;
  readonly changes: ReadonlyMap<string, DefinitionChange>;
  readonly standings: readonly Standing[];
}

/** What keeps work that has begun from being judged by the proposed release; work that has not begun never blocks. */
export function findingsAboutWork(on: MigrationCase, next: NextPlan): readonly BlockingFinding[] {
  const { order, standings } = on;
  return (order.plan?.graph.tasks ?? []).flatMap((planned, position) => {
    if (isExtra(planned)) return aboutExtraWork(on, planned, position);
    const wanted = next.planned[position];
    switch (standings[position]) {
      case "done":
        return aboutDoneWork(on, planned, wanted);
      case "under-way":
        return aboutWorkUnderWay(on, planned, wanted);
      case "stopped":
        return aboutStoppedWork(on, planned, position, wanted);
      case "skipped":
        return aboutSkippedWork(on, planned, wanted);
      case "spent":
        return planned.source.by === "billing-trigger" && order.tasks[position]?.startedAt !== null ? aboutCharge(on, planned, wanted) : [];
      default:
        return [];
    }
  });
}

function aboutDoneWork(on: MigrationCase, planned: PlannedTask, wanted: PlannedTask | undefined): readonly BlockingFinding[] {
  if (isMessage(planned)) return [];
  if (planned.source.by === "billing-trigger") return aboutCharge(on, planned, wanted);
  if (wanted === undefined) return [finding(on, planned, "done-task-removed", `"${planned.title}" is done, and the release has no task ${planned.key}.`)];
  if (wanted.excluded !== null) return [finding(on, planned, "done-task-removed", `"${planned.title}" is done, and by the release this order does not need it.`)];
  if (wanted.type !== planned.type) return [finding(on, planned, "done-task-changed", `"${planned.title}" was done as ${planned.type}; in the release it is ${wanted.type}.`)];
  return [...aboutPointOfNoReturn(on, planned, wanted), ...aboutCompensation(on, planned, wanted)];
}

function aboutWorkUnderWay(on: MigrationCase, planned: PlannedTask, wanted: PlannedTask | undefined): readonly BlockingFinding[] {
  const changed = (why: string, place?: DefinitionPlace) => [finding(on, planned, "task-under-way-changed", `"${planned.title}" is under way, and ${why}.`, place)];
  if (planned.source.by === "billing-trigger") {
    const charge = aboutCharge(on, planned, wanted);
    if (charge.length > 0) return charge;
  }
  if (wanted === undefined) return changed("the release does not have it");
  if (wanted.excluded !== null) return changed("by the release this order does not need it");
  if (wanted.type !== planned.type) return changed(`in the release it is ${wanted.type}, not ${planned.type}`);
  if (!same(wanted.with, planned.with)) return changed("the release does it with other parameters");
  const [was, is] = [templateTask(on.pinned, planned), templateTask(on.proposed, wanted)];
  if (!same(was?.alternatives, is?.alternatives)) return changed("the release has other alternatives for it");
  const { execution } = changedBehind(on.pinned, on.changes).ofWork(planned);
  const [definition] = execution.flatMap((id) => on.changes.get(id) ?? []).filter(({ wordsOnly }) => !wordsOnly);
  if (definition) return changed(`${definition.kind} "${definition.key}", which decides about it, is another one`, placeOf(definition, definition.elements[0] ?? null));
  return [...aboutPointOfNoReturn(on, planned, wanted), ...aboutCompensation(on, planned, wanted)];
}

/** Its repair may be done in another way; but the form of the person who has it must be there, and the lock it holds be the one it needs. */
function aboutStoppedWork(on: MigrationCase, planned: PlannedTask, position: number, wanted: PlannedTask | undefined): readonly BlockingFinding[] {
  const task = on.order.tasks[position];
  const type = on.changes.get(`task-type/${planned.type}`);
  const otherLock = wanted !== undefined && (wanted.type !== planned.type || type?.elements.includes("locks") === true || !same(wanted.with, planned.with));
  if (task?.locked === true && task.locks.length > 0 && otherLock) return [finding(on, planned, "task-under-way-changed", `"${planned.title}" waits for its repair and holds a lock, and the release may need another one.`)];
  const form = task?.state === "AWAITING_MANUAL_ACTION" ? task.manual.manualTask : null;
  if (form !== null && !on.proposed.manualTasks.has(form)) return [finding(on, planned, "task-under-way-changed", `A person repairs "${planned.title}" by the form ${form}, which the release does not have.`)];
  if (on.order.parkedResults.some(({ taskId }) => taskId === planned.id)) return [finding(on, planned, "task-under-way-changed", `A result of "${planned.title}" has come before it was sent.`)];
  return [];
}

function aboutSkippedWork(on: MigrationCase, planned: PlannedTask, wanted: PlannedTask | undefined): readonly BlockingFinding[] {
  if (wanted === undefined || planned.source.by !== "template") return [];
  const [was, is] = [templateTask(on.pinned, planned), templateTask(on.proposed, wanted)];
  if (same(was?.dependsOn, is?.dependsOn) && same(was?.includeWhen, is?.includeWhen)) return [];
  return [finding(on, planned, "skipped-task-changed", `"${planned.title}" fell away by what it waited for, and the release lets it wait for something else.`)];
}

function aboutExtraWork(on: MigrationCase, planned: PlannedTask, position: number): readonly BlockingFinding[] {
  if (!isOpen(on.standings[position])) return [];
  if (!on.proposed.taskTypes.has(planned.type)) return [finding(on, planned, "task-type-in-use-removed", `"${planned.title}" is still to be done, and the release has no task type ${planned.type}.`, { kind: "task-type", key: planned.type, version: null, element: null })];
  const { execution, undo } = changedBehind(on.pinned, on.changes).ofWork(planned);
  const [definition] = [...execution, ...undo].flatMap((id) => on.changes.get(id) ?? []).filter(({ wordsOnly }) => !wordsOnly);
  if (!definition || on.standings[position] === "not-begun") return [];
  return [finding(on, planned, "task-under-way-changed", `"${planned.title}" is under way, and ${definition.kind} "${definition.key}", which decides about it, is another one.`, placeOf(definition, definition.elements[0] ?? null))];
}

/** A charge has one key for ever; handed over by one trigger it must not be handed over by another. */
function aboutCharge(on: MigrationCase, planned: PlannedTask, wanted: PlannedTask | undefined): readonly BlockingFinding[] {
  const { source } = planned;
  if (source.by !== "billing-trigger") return [];
  const trigger = on.pinned.planTemplates.get(source.template)?.billingTriggers[source.trigger]?.definition;
  const now = wanted?.source.by === "billing-trigger" ? on.proposed.planTemplates.get(wanted.source.template)?.billingTriggers[wanted.source.trigger]?.definition : undefined;
  const place: DefinitionPlace = { kind: "billing-trigger", key: trigger?.key ?? "", version: now?.version ?? null, element: null };
  const charge = textOf(source.charge["key"]) ?? "";
  if (now === undefined) return [finding(on, planned, "charge-billed-under-changed-trigger", `Charge "${charge}" was handed over by ${trigger?.key ?? "a trigger"}, and by the release it is not.`, place)];
  const [element] = elementsChanged(trigger as never, now as never).filter((name) => ["milestone", "taskType", "effectiveFrom", "charges"].includes(name.split("/", 1)[0] ?? ""));
  if (element === undefined && wanted?.type === planned.type) return [];
  return [finding(on, planned, "charge-billed-under-changed-trigger", `Charge "${charge}" was handed over by ${trigger?.key ?? "a trigger"}, whose ${element ?? "task type"} is another one in the release.`, { ...place, element: element ?? "taskType" })];
}

function aboutPointOfNoReturn(on: MigrationCase, planned: PlannedTask, wanted: PlannedTask): readonly BlockingFinding[] {
  if (wanted.pointOfNoReturn === planned.pointOfNoReturn) return [];
  return [finding(on, planned, "point-of-no-return-changed", `"${planned.title}" has begun with the point of no return "${planned.pointOfNoReturn}"; in the release it is "${wanted.pointOfNoReturn}".`)];
}

/** G10: what was done stays undoable. */
function aboutCompensation(on: MigrationCase, planned: PlannedTask, wanted: PlannedTask): readonly BlockingFinding[] {
  const [was, is] = [compensationOf(on.pinned, planned), compensationOf(on.proposed, { ...planned, source: wanted.source })];
  if (!was.compensatable || is.compensatable) return [];
  return [finding(on, planned, "compensation-lost", `What "${planned.title}" did can be undone by ${was.key}; by the release it could not be undone any more (${is.key}: ${is.reason}).`)];
}

function templateTask(release: CompiledRelease, { source }: PlannedTask): TemplateTask | undefined {
  return source.by === "template" ? release.planTemplates.get(source.template)?.tasks[source.task]?.definition : undefined;
}

/** A finding about one task; its place is the task in its plan template, unless a better one is named. */
export function finding({ proposed }: Pick<MigrationCase, "proposed">, planned: PlannedTask, rule: BlockingRule, why: string, place?: DefinitionPlace): BlockingFinding {
  const { template } = planned.source;
  const own: DefinitionPlace = { kind: "plan-template", key: template, version: proposed.planTemplates.get(template)?.definition.version ?? null, element: `tasks/${workName(planned).slice(planned.itemId.length + 1)}` };
  return { rule, definition: place ?? own, itemId: planned.itemId, taskId: planned.id, why };
}
