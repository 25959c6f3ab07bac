import { newestVersions } from "../change/affected-tasks.ts";
import type { EventOf } from "../order/events.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Order } from "../order/order.ts";
import type { Plan, PlannedEdge, PlannedMilestone, PlannedTask, PlanGraph, TaskSource } from "../order/plan.ts";
import { isMessage } from "../order/planned-work.ts";
import { workName } from "../plan/item-plan.ts";
import { required } from "../support/defect.ts";
import { same } from "./changed-definitions.ts";
import { isExtra } from "./definitions-in-use.ts";
import { isEnded, type Standing } from "./standing.ts";

/** The plan of the proposed release for an order that is under way. */
export interface NextPlan {
  /** Begins with the tasks and milestones of the present plan, at their positions. */
  readonly graph: PlanGraph;
  /** Work that has not begun and that the proposed release does not have. */
  readonly cancelled: readonly number[];
  /** Work that has not begun and that the order does not need under the proposed release. */
  readonly skipped: readonly number[];
  /** Milestones that were not reached and that the proposed release does not have. */
  readonly dropped: readonly number[];
  /** For each position the task the proposed release plans for the same work; undefined when it plans none. */
  readonly planned: readonly (PlannedTask | undefined)[];
  /** Every milestone as the proposed release has it, reached by the tasks that stand for the work. */
  readonly wantedMilestones: ReadonlyMap<string, PlannedMilestone>;
}

type FreshPlan = Omit<EventOf<"PlanCreated">, "type" | "at">;

/**
 * Joins the plan of an order with the one the proposed release makes for it. Work keeps its id and key; what was done
 * stays what it was and where it was, and only says where its definition stands now; what has not begun is as the release
 * plans it. Nothing that ended, however it ended, is planned again.
 */
export function nextPlan(order: Order, plan: Plan, standings: readonly Standing[], fresh: FreshPlan, proposed: CompiledRelease): NextPlan {
  const old = plan.graph;
  const ended = new Set(order.items.filter(isEnded).map(({ id }) => id));
  const newest = newestVersions(old.tasks);
  const freshByName = new Map(fresh.graph.tasks.map((task) => [workName(task), task]));
  const planned = old.tasks.map((task) => (isExtra(task) ? undefined : freshByName.get(workName(task))));
  const isNeededNow = (position: number) => standings[position] === "excluded" && planned[position]?.excluded === null;

  const current = new Map<string, string>();
  for (const [name, position] of newest) {
    const stands = required(old.tasks[position], name);
    if (!isExtra(stands) && !isNeededNow(position)) current.set(required(freshByName.get(name)?.id ?? stands.id, name), stands.id);
  }
  const added = fresh.graph.tasks.filter((task) => !ended.has(task.itemId) && !current.has(task.id));
  const ids = new Set([...old.tasks, ...added].map(({ id }) => id));
  const wantedMilestones = new Map(fresh.graph.milestones.map((milestone) => [milestone.id, reachedByCurrent(milestone, current)]));
  const milestones = nextMilestones(order, old, wantedMilestones, ended);
  const milestoneIds = new Set(milestones.map(({ id }) => id));
  const wire = (task: PlannedTask, formerly: readonly PlannedEdge[]): Pick<PlannedTask, "edges" | "omittedEdges"> => {
    const edges = task.edges.map((edge) => ("task" in edge.on ? { ...edge, on: { task: current.get(edge.on.task) ?? edge.on.task } } : edge));
    const lost = edges.filter(({ on }) => ("task" in on && !ids.has(on.task)) || ("milestone" in on && !milestoneIds.has(on.milestone)));
    // Undoing and changes that are on their way are still waited for.
    const extra = formerly.filter((edge) => edge.edge === null && "task" in edge.on);
    return {
      edges: [...edges.filter((edge) => !lost.includes(edge)), ...extra],
      omittedEdges: [...task.omittedEdges, ...lost.map(({ edge }) => ({ edge: edge ?? 0, reason: "The item it would wait for has ended without it" }))],
    };
  };

  const tasks = old.tasks.map((task, position): PlannedTask => {
    const next = planned[position];
    const history = newest.get(workName(task)) !== position || isNeededNow(position);
    if (isExtra(task)) return task;
    if (history || next === undefined) return asHistory(task, next, proposed, ended.has(task.itemId));
    const kept = { ...next, id: task.id, key: task.key, orderVersion: task.orderVersion, ...wire(next, task.edges) };
    const open = standings[position] === "not-begun" || standings[position] === "stopped";
    const result = open ? kept : { ...kept, with: task.with, type: task.type, excluded: task.excluded, pointOfNoReturn: task.pointOfNoReturn };
    return same(result, task) ? task : result;
  });
  const positions = old.tasks.map((_, position) => position).filter((position) => standings[position] === "not-begun" || standings[position] === "stopped");
  const isPlanned = (position: number) => !isExtra(required(old.tasks[position], "task"));
  return {
    graph: { tasks: [...tasks, ...added.map((task) => tooLateToTell(order, { ...task, ...wire(task, []) }))], milestones },
    cancelled: positions.filter((position) => isPlanned(position) && planned[position] === undefined),
    skipped: positions.filter((position) => isPlanned(position) && (planned[position]?.excluded ?? null) !== null),
    dropped: old.milestones.flatMap(({ id, itemId }, position) => (!ended.has(itemId) && order.milestones[position]?.outcome === "OPEN" && !wantedMilestones.has(id) ? [position] : [])),
    planned,
    wantedMilestones,
  };
}

/** What stands for nothing any more: its edges only say who came after whom, and no definition is asked about it again. */
function asHistory(task: PlannedTask, next: PlannedTask | undefined, proposed: CompiledRelease, ended: boolean): PlannedTask {
  const source = next?.source ?? (isMessage(task) ? task.source : formerSource(task, proposed));
  if (same(source, task.source) && (next === undefined || same(next.edges.map(({ edge }) => edge), task.edges.map(({ edge }) => edge)))) return task;
  return { ...task, source, mandatory: task.mandatory && ended, edges: task.edges.map((edge) => ({ ...edge, edge: null })) };
}

/** Where the release has what it plans no more for this order; nowhere when it does not have it. */
function formerSource({ source, key, type }: PlannedTask, proposed: CompiledRelease): TaskSource {
  const { template } = source;
  const definition = proposed.planTemplates.get(template)?.definition;
  const task = definition?.tasks.findIndex((candidate) => candidate.key === key && candidate.type === type) ?? -1;
  if (source.by === "template" && task >= 0) return { ...source, task };
  const trigger = definition?.billingTriggers.findIndex((name) => key.startsWith(`bill.${name}.`)) ?? -1;
  if (source.by === "billing-trigger" && trigger >= 0) return { ...source, trigger };
  return { by: "former-release", template, release: proposed.name };
}

function reachedByCurrent(milestone: PlannedMilestone, current: ReadonlyMap<string, string>): PlannedMilestone {
  return "tasks" in milestone.by ? { ...milestone, by: { tasks: milestone.by.tasks.map((id) => current.get(id) ?? id) } } : milestone;
}

/** A milestone that was reached is a fact; any other is reached as the proposed release says. */
function nextMilestones(order: Order, old: PlanGraph, wanted: ReadonlyMap<string, PlannedMilestone>, ended: ReadonlySet<string>): readonly PlannedMilestone[] {
  const known = new Set(old.milestones.map(({ id }) => id));
  return [
    ...old.milestones.map((milestone, position) => {
      const next = wanted.get(milestone.id);
      const keeps = next === undefined || ended.has(milestone.itemId) || order.milestones[position]?.outcome === "REACHED" || same(next, milestone);
      return keeps ? milestone : next;
    }),
    ...[...wanted.values()].filter(({ id, itemId }) => !known.has(id) && !ended.has(itemId)),
  ];
}

/** Nobody is told today of what was reached before the release had a message for it. */
function tooLateToTell(order: Order, task: PlannedTask): PlannedTask {
  const { source } = task;
  const shown = source.by === "status-message" && order.items.find(({ id }) => id === task.itemId)?.customerStatus === source.status;
  const reached = source.by === "milestone-message" && order.milestones.some(({ id, outcome }) => id === source.milestoneId && outcome === "REACHED");
  return shown || reached ? { ...task, excluded: "what it tells was so before the order moved to the release that has the message" } : task;
}
