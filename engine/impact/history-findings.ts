import { askEdge, compiledEdge, providedInputs } from "../interpret/dependencies.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import { graphIndex } from "../order/graph-index.ts";
import { outcomeOf } from "../order/machines.ts";
import type { Order } from "../order/order.ts";
import type { PlannedEdge, PlannedTask } from "../order/plan.ts";
import { required } from "../support/defect.ts";
import { textOf } from "../support/json.ts";
import { finding, type MigrationCase } from "./blocking-findings.ts";
import { isExtra } from "./definitions-in-use.ts";
import { same } from "./changed-definitions.ts";
import type { NextPlan } from "./next-plan.ts";
import type { BlockingFinding } from "./order-impact.ts";
import { isEnded } from "./standing.ts";

/**
 * What happened must be a beginning of what the proposed release would have done, and the rest must be able to follow from
 * it. `moved` is the order as it would stand on the release.
 */
export function findingsAboutHistory(on: MigrationCase, next: NextPlan, moved: Order): readonly BlockingFinding[] {
  const ended = new Set(on.order.items.filter(isEnded).map(({ id }) => id));
  const now = latestInstant(on.order);
  const tasks = (on.order.plan?.graph.tasks ?? []).flatMap((planned, position) => {
    if (isExtra(planned) || next.planned[position] === undefined) return [];
    const standing = on.standings[position];
    return standing === "done" || standing === "under-way" ? aboutBegun(on, planned, position, moved) : [];
  });
  const waiting = required(moved.plan, "The plan").graph.tasks.flatMap((planned, position) => (isExtra(planned) ? [] : aboutWaiting(on, planned, position, moved, now)));
  return [...tasks, ...aboutMilestones(on, next, ended), ...waiting];
}

/** Work that has begun must have had all it would have waited for. */
function aboutBegun(on: MigrationCase, before: PlannedTask, position: number, moved: Order): readonly BlockingFinding[] {
  const task = required(on.order.tasks[position], before.id);
  const after = required(moved.plan?.graph.tasks[position], before.id);
  const began = task.readyAt ?? task.startedAt ?? task.finishedAt;
  if (began === null || sameWaits(before, after, on)) return [];
  return after.edges.flatMap((edge, index): BlockingFinding[] => {
    if (edge.edge === null) return [];
    const reached = reachedAt(moved, edge);
    const inTime = (reached === undefined || (reached !== null && reached <= began)) && askEdge(moved, on.proposed, position, index, began).status === "satisfied";
    return inTime ? [] : [finding(on, after, "history-not-a-prefix", `"${after.title}" has begun, and the release lets it wait for ${nameOf(moved, edge)} first.`)];
  });
}

/** True when a task waits for the same, by the same rules. */
function sameWaits(before: PlannedTask, after: PlannedTask, { pinned, proposed }: MigrationCase): boolean {
  const rules = (planned: PlannedTask, release: CompiledRelease) => planned.edges.map((edge) => {
    const compiled = compiledEdge(release, planned, edge);
    return compiled && { type: { ...compiled.type, version: 0, description: "", title: "" }, with: edge.with };
  });
  return same(before.edges.map(({ on }) => on), after.edges.map(({ on }) => on)) && same(rules(before, pinned), rules(after, proposed));
}

/** When the source of an edge came to its end; null when it has not, undefined when it is the clock or an approval. */
function reachedAt(order: Order, { on }: PlannedEdge): string | null | undefined {
  const index = graphIndex(required(order.plan, "The plan").graph);
  if ("task" in on) return order.tasks[index.taskPosition.get(on.task) ?? -1]?.finishedAt ?? null;
  return "milestone" in on ? (order.milestones[index.milestonePosition.get(on.milestone) ?? -1]?.reachedAt ?? null) : undefined;
}

function nameOf(order: Order, { on }: PlannedEdge): string {
  if ("task" in on) return `"${order.plan?.graph.tasks.find(({ id }) => id === on.task)?.title ?? on.task}"`;
  return "milestone" in on ? `milestone ${on.milestone}` : "an instant";
}

/** A milestone that was reached must count as reached under the release, too: charges and messages hang on it. */
function aboutMilestones(on: MigrationCase, next: NextPlan, ended: ReadonlySet<string>): readonly BlockingFinding[] {
  const { order, standings } = on;
  const old = required(order.plan, "The plan").graph;
  return old.milestones.flatMap((milestone, position): BlockingFinding[] => {
    const wanted = next.wantedMilestones.get(milestone.id);
    if (ended.has(milestone.itemId) || wanted === undefined || order.milestones[position]?.outcome !== "REACHED" || same(wanted.by, milestone.by)) return [];
    const { taskPosition } = graphIndex(old);
    const done = "tasks" in wanted.by && wanted.by.tasks.every((id) => ["done", "skipped", "excluded"].includes(standings[taskPosition.get(id) ?? -1] ?? ""));
    if (done) return [];
    const template = order.items.find(({ id }) => id === milestone.itemId)?.decomposition?.template ?? "";
    const version = on.proposed.planTemplates.get(template)?.definition.version ?? null;
    return [{
      rule: "milestone-reached-otherwise", itemId: milestone.itemId, taskId: null, definition: { kind: "plan-template", key: template, version, element: `milestones/${milestone.key}` },
      why: `Milestone ${milestone.key} is reached, and by the release it would not be yet.`,
    }];
  });
}

/** Work to come must be able to begin some day, with what it needs. */
function aboutWaiting(on: MigrationCase, planned: PlannedTask, position: number, moved: Order, now: string): readonly BlockingFinding[] {
  const task = required(moved.tasks[position], planned.id);
  if (task.state !== "PENDING") return [];
  const answers = planned.edges.map((_, edge) => askEdge(moved, on.proposed, position, edge, now));
  const impossible = answers.findIndex((answer, edge) => answer.status === "impossible" && answer.onImpossible === "FALLOUT" && planned.edges[edge]?.edge !== null);
  if (impossible >= 0) {
    const edge = required(planned.edges[impossible], "The edge");
    const output = textOf(compiledEdge(on.proposed, planned, edge)?.definition.with?.["output"]);
    const source = "task" in edge.on ? moved.tasks.find(({ id }) => "task" in edge.on && id === edge.on.task) : undefined;
    const lacks = output !== null && source !== undefined && outcomeOf(source.state) === "SUCCESS";
    return [finding(on, planned, lacks ? "input-missing" : "dependency-impossible", `"${planned.title}" would wait for ${lacks ? `${output} of ` : ""}${nameOf(moved, edge)}, which ${lacks ? "is done and did not give it" : "can no longer be met"}.`)];
  }
  if (planned.edges.length === 0 || answers.some(({ status }) => status !== "satisfied")) return [];
  const [violation] = planned.source.by === "template" ? (on.proposed.taskTypes.get(planned.type)?.inputs(providedInputs(moved, on.proposed, position, now)) ?? []) : [];
  return violation ? [finding(on, planned, "input-missing", `"${planned.title}" would begin with inputs that do not fit its task type: ${violation.path} ${violation.message}.`)] : [];
}

/** The last instant the order knows of: rules that ask for the clock are asked then. */
export function latestInstant(order: Order): string {
  let latest = order.acceptedAt;
  for (const { readyAt, sentAt, finishedAt } of order.tasks) for (const at of [readyAt, sentAt, finishedAt]) if (at !== null && at > latest) latest = at;
  for (const { reachedAt } of order.milestones) if (reachedAt !== null && reachedAt > latest) latest = reachedAt;
  return latest;
}
