import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Kind } from "../language/kinds.ts";
import type { OrderEventBody } from "../order/events.ts";
import { evolve } from "../order/evolve.ts";
import { graphIndex } from "../order/graph-index.ts";
import type { Decomposition, Item, Order, ReleaseRef } from "../order/order.ts";
import type { Plan, PlannedTask } from "../order/plan.ts";
import { buildPlan, type PlanResult } from "../plan/build-plan.ts";
import { required } from "../support/defect.ts";
import { findingsAboutWork, type MigrationCase } from "./blocking-findings.ts";
import type { BlockingRule } from "./blocking-rules.ts";
import { changedDefinitions, definitionId, placeOf, same } from "./changed-definitions.ts";
import { changedBehind, definitionsInUse, isExtra, type DefinitionsInUse } from "./definitions-in-use.ts";
import { findingsAboutHistory, latestInstant } from "./history-findings.ts";
import { nextPlan, type NextPlan } from "./next-plan.ts";
import type { BlockingFinding, Difference } from "./order-impact.ts";
import { planDifferences } from "./plan-differences.ts";
import { isEnded, isOpen, standingsOf } from "./standing.ts";

/** What moving one order to another release would do, found out without doing it. */
export interface MigrationPlan {
  /** True when nothing the order uses or will use differs: only its pin changes. */
  readonly unaffected: boolean;
  readonly blocked: readonly BlockingFinding[];
  readonly differences: readonly Difference[];
  readonly decompositions: readonly { readonly itemId: string; readonly decomposition: Decomposition | null }[];
  readonly restarted: readonly string[];
  /** What happens to the plan, after the order is pinned to the release. Empty when the plan stays as it is, or when it is blocked. */
  readonly steps: readonly OrderEventBody[];
}

const UNTOUCHED: Pick<MigrationPlan, "blocked" | "differences" | "restarted" | "steps"> = { blocked: [], differences: [], restarted: [], steps: [] };

/**
 * Plans the migration of an open order to the proposed release. Pure and deterministic; reads the order's state, which is
 * the fold of its journal, and the two releases, and nothing else.
 */
export async function planMigration(order: Order, pinned: CompiledRelease, proposed: CompiledRelease): Promise<MigrationPlan> {
  const changes = changedDefinitions(pinned, proposed);
  const standings = standingsOf(order);
  const on: MigrationCase = { order, pinned, proposed, changes, standings };
  const used = definitionsInUse(order, standings, pinned, proposed, changes);
  if (used.size === 0) return { ...UNTOUCHED, unaffected: true, decompositions: sameDecompositions(order, proposed) };
  const blocked = [...openDecisions(order)];
  const fresh = await buildPlan(order, proposed);
  if (order.plan === null) return withoutPlan(on, used, blocked, fresh);
  if (!fresh.made) return { ...UNTOUCHED, unaffected: false, blocked: [...blocked, ...notPlannable(on, fresh)], decompositions: [] };
  const replaced = otherTemplates(order, fresh, proposed);
  if (replaced.length > 0) return { ...UNTOUCHED, unaffected: false, blocked: [...blocked, ...replaced], decompositions: [] };
  return withPlan(on, used, blocked, order.plan, fresh.plan);
}

async function withoutPlan(on: MigrationCase, used: DefinitionsInUse, blocked: readonly BlockingFinding[], fresh: PlanResult): Promise<MigrationPlan> {
  const { order, pinned, proposed } = on;
  const present = await buildPlan(order, pinned);
  const lost = present.made ? notPlannable(on, fresh) : [];
  const nothing = { tasks: [], milestones: [] };
  const side = (result: PlanResult, release: CompiledRelease) => ({ graph: result.made ? result.plan.graph : nothing, release });
  const differences = planDifferences(side(present, pinned), side(fresh, proposed), { open: () => true, concerns: () => true });
  return { ...UNTOUCHED, unaffected: false, blocked: [...blocked, ...lost], differences: [...differences, ...otherRules(on, used, differences)], decompositions: [] };
}

function withPlan(on: MigrationCase, used: DefinitionsInUse, open: readonly BlockingFinding[], plan: Plan, fresh: Extract<PlanResult, { made: true }>["plan"]): MigrationPlan {
  const { order, pinned, proposed, standings } = on;
  const to: ReleaseRef = { name: proposed.name, digest: proposed.digest };
  const next = nextPlan(order, plan, standings, fresh, proposed);
  const ended = new Set(order.items.filter(isEnded).map(({ id }) => id));
  const restarted = restartedWork(on, plan, next);
  const decompositions = fresh.items.filter(({ itemId }) => !ended.has(itemId)).map(({ itemId, decomposition }) => ({ itemId, decomposition }));
  const steps = stepsOf(order, plan, next, fresh, ended, to);
  const aboutWork = [...open, ...findingsAboutWork(on, next)];
  // What cannot be moved at all cannot be looked at as it would stand afterwards.
  const blocked = aboutWork.length > 0 ? aboutWork : findingsAboutHistory(on, next, movedOrder(order, to, decompositions, restarted, steps));
  const differences = [
    ...planDifferences({ graph: plan.graph, release: pinned }, { graph: next.graph, release: proposed }, {
      open: (_planned, position) => isOpen(standings[position]),
      concerns: (itemId) => !ended.has(itemId) || order.tasks.some((_, position) => plan.graph.tasks[position]?.itemId === itemId && isOpen(standings[position])),
    }),
    ...droppedMilestones(plan, next),
    ...movedDates(order, plan, fresh, ended),
  ];
  return { unaffected: false, blocked, differences: [...differences, ...otherRules(on, used, differences)], decompositions, restarted, steps: blocked.length > 0 ? [] : steps };
}

/** While someone decides, or a change is carried out, the rules it was begun under stay. */
function openDecisions(order: Order): readonly BlockingFinding[] {
  const about = (rule: BlockingRule, why: string): BlockingFinding => ({ rule, definition: null, itemId: null, taskId: null, why });
  const change = order.changes.find(({ state }) => state === "AWAITING_APPROVAL" || state === "EXECUTING");
  const approval = order.approvals.find(({ state, subject }) => state === "PENDING" && subject.type !== "migration" && subject.type !== "change");
  return [
    ...(change ? [about("change-under-way", `${change.type === "CANCEL" ? "A cancellation" : "An amendment"} (${change.id}) is under way.`)] : []),
    ...(approval ? [about("approval-pending", `${approval.id} waits for the role ${approval.role}.`)] : []),
  ];
}

function notPlannable({ order, proposed }: MigrationCase, fresh: PlanResult): readonly BlockingFinding[] {
  if (fresh.made) return [];
  return fresh.problems.map(({ itemId, message }): BlockingFinding => {
    const offering = order.items.find(({ id }) => id === itemId)?.offering ?? "";
    const table = proposed.decomposition.get(offering)?.definition;
    return { rule: "offering-no-longer-decomposes", definition: table ? { kind: table.kind, key: table.key, version: table.version, element: null } : null, itemId, taskId: null, why: message };
  });
}

function otherTemplates(order: Order, fresh: Extract<PlanResult, { made: true }>, proposed: CompiledRelease): readonly BlockingFinding[] {
  return order.items.flatMap((item): BlockingFinding[] => {
    const next = fresh.plan.items.find(({ itemId }) => itemId === item.id)?.decomposition ?? null;
    const [was, is] = [item.decomposition?.template ?? null, next?.template ?? null];
    // Of an item that has ended only the status is still shown.
    if (isEnded(item) ? was === null || proposed.planTemplates.has(was) : was === is) return [];
    const definition = next && { kind: "decision-table" as const, key: next.table, version: next.tableVersion, element: `rows/${next.row}` };
    return [{ rule: "plan-template-changed", definition, itemId: item.id, taskId: null, why: `Item ${item.id} is fulfilled by ${was ?? "no plan"}, and by the release it would be by ${is ?? "none"}.` }];
  });
}

/** Kinds behind a task that decide when it becomes ready, with what, and which clock runs then. */
const DECIDES_READINESS: ReadonlySet<Kind> = new Set<Kind>(["task-type", "timeout-policy", "calendar", "dependency-type"]);

/** Work that is not under way and that the release plans in another way: what was worked out for it is worked out anew. */
function restartedWork({ pinned, changes, standings }: MigrationCase, plan: Plan, next: NextPlan): readonly string[] {
  const over = new Set([...next.cancelled, ...next.skipped]);
  return plan.graph.tasks.flatMap((planned, position) => {
    const standing = standings[position];
    if ((standing !== "not-begun" && standing !== "stopped") || over.has(position) || isExtra(planned)) return [];
    const { execution, edges } = changedBehind(pinned, changes).ofWork(planned);
    const behind = [...execution, ...edges].flatMap((id) => changes.get(id) ?? []).filter(({ wordsOnly }) => !wordsOnly);
    // What stopped has been ready before: only another request makes it anew.
    const acts = behind.some(({ kind, key }) => (standing === "stopped" ? kind === "task-type" && key === planned.type : DECIDES_READINESS.has(kind)));
    const own = planned.source.by === "template" && changes.get(`plan-template/${planned.source.template}`)?.elements.includes(`tasks/${planned.key}`) === true;
    const trigger = planned.source.by === "billing-trigger" && behindTrigger(planned, pinned, changes);
    const act = ({ title: _title, source: _source, depth: _depth, edges: on, ...rest }: PlannedTask) => ({ ...rest, on: on.map((edge) => ({ ...edge, edge: 0 })) });
    return acts || own || trigger || !same(act(planned), act(required(next.graph.tasks[position], planned.id))) ? [planned.id] : [];
  });
}

function behindTrigger({ source }: PlannedTask, pinned: CompiledRelease, changes: MigrationCase["changes"]): boolean {
  const trigger = source.by === "billing-trigger" ? pinned.planTemplates.get(source.template)?.billingTriggers[source.trigger]?.definition.key : undefined;
  return trigger !== undefined && changes.has(`billing-trigger/${trigger}`);
}

/** The events by which the next plan takes over. */
function stepsOf(order: Order, plan: Plan, next: NextPlan, fresh: Extract<PlanResult, { made: true }>["plan"], ended: ReadonlySet<string>, to: ReleaseRef): readonly OrderEventBody[] {
  const taskAt = (position: number) => required(plan.graph.tasks[position], `Planned task ${position}`);
  const over = [
    ...next.cancelled.map((position) => ({ taskId: taskAt(position).id, event: { type: "TaskCancelled", taskId: taskAt(position).id, reason: `Release ${to.name} does not have it` } as const })),
    ...next.skipped.map((position) => ({ taskId: taskAt(position).id, event: { type: "TaskSkipped", taskId: taskAt(position).id, reason: next.planned[position]?.excluded ?? "" } as const })),
  ];
  const closed = over.flatMap(({ taskId }) => order.cases.filter((open) => open.state === "OPEN" && open.taskId === taskId))
    .map(({ id: caseId }) => ({ type: "FalloutCaseClosed", caseId, resolution: `The order moved to release ${to.name}` }) as const);
  const dueMilestones = fresh.dueMilestones.filter(({ milestoneId, dueAt }) => !ended.has(milestoneId.split("/", 1)[0] ?? "") && order.milestones.find(({ id }) => id === milestoneId)?.dueAt !== dueAt);
  const deadlines = fresh.items.filter(({ itemId, deadlineAt }) => !ended.has(itemId) && order.items.find(({ id }) => id === itemId)?.deadlineAt !== deadlineAt).map(({ itemId, deadlineAt }) => ({ itemId, deadlineAt }));
  const replans = !same(plan.graph, next.graph) || dueMilestones.length > 0 || deadlines.length > 0;
  const superseded = { type: "PlanSuperseded", planId: fresh.planId, number: fresh.number, supersedes: plan.id, graph: next.graph, reopenedMilestones: reopened(order, plan, next), dueMilestones, deadlines } as const;
  const dropped = next.dropped.map((position) => ({ type: "MilestoneNotApplicable", milestoneId: required(plan.graph.milestones[position], "The milestone").id }) as const);
  return [...closed, ...over.map(({ event }) => event), ...(replans ? [superseded] : []), ...dropped];
}

/** Milestones that had been given up and have new work. */
function reopened(order: Order, plan: Plan, next: NextPlan): readonly string[] {
  const known = new Set(plan.graph.tasks.map(({ id }) => id));
  const { taskPosition } = graphIndex(next.graph);
  return plan.graph.milestones.flatMap(({ id }, position) => {
    const by = next.graph.milestones[position]?.by;
    const outcome = order.milestones[position]?.outcome;
    if (!by || !("tasks" in by) || (outcome !== "NOT_APPLICABLE" && outcome !== "MISSED")) return [];
    return by.tasks.some((task) => !known.has(task) && next.graph.tasks[taskPosition.get(task) ?? -1]?.excluded === null) ? [id] : [];
  });
}

/** The order as it would stand right after the migration, before anything follows from it. */
function movedOrder(order: Order, to: ReleaseRef, decompositions: MigrationPlan["decompositions"], restarted: readonly string[], steps: readonly OrderEventBody[]): Order {
  const at = latestInstant(order);
  const pin: OrderEventBody = {
    type: "OrderMigrated", from: order.release, to, by: "", reason: "", previewHash: "", authority: { table: "", version: 0, row: "" }, approvalId: null, decompositions, restarted, changes: [],
  };
  let moved = order;
  for (const event of [pin, ...steps]) moved = evolve(moved, { ...event, at });
  return moved;
}

function droppedMilestones(plan: Plan, next: NextPlan): readonly Difference[] {
  return next.dropped.map((position): Difference => {
    const { itemId, key } = required(plan.graph.milestones[position], "The milestone");
    return { kind: "milestone-removed", definition: null, itemId, subject: key, before: key, after: null, assumed: false, why: `Milestone ${key} of item ${itemId}: the release does not have it.` };
  });
}

/** Dates that follow from the order alone. */
function movedDates(order: Order, plan: Plan, fresh: Extract<PlanResult, { made: true }>["plan"], ended: ReadonlySet<string>): readonly Difference[] {
  const moved = (kind: "deadline" | "milestone-date", itemId: string, subject: string, before: string | null, after: string | null): Difference => ({
    kind, definition: null, itemId, subject, before, after, assumed: false, why: `${subject} of item ${itemId} moves from ${before ?? "none"} to ${after ?? "none"}.`,
  });
  const due = fresh.dueMilestones.flatMap(({ milestoneId, dueAt }) => {
    const position = plan.graph.milestones.findIndex(({ id }) => id === milestoneId);
    const [planned, milestone] = [plan.graph.milestones[position], order.milestones[position]];
    if (!planned || milestone?.outcome !== "OPEN" || ended.has(planned.itemId) || milestone.dueAt === dueAt) return [];
    return [moved("milestone-date", planned.itemId, `${planned.key} (expected)`, milestone.dueAt, dueAt)];
  });
  const deadlines = fresh.items.flatMap(({ itemId, deadlineAt }) => {
    const item = required(order.items.find(({ id }) => id === itemId), itemId);
    return ended.has(itemId) || item.deadlineAt === deadlineAt ? [] : [moved("deadline", itemId, "deadline", item.deadlineAt, deadlineAt)];
  });
  return [...due, ...deadlines];
}

/** Changed definitions that show in no difference of the plan: they act when their moment comes, or when something goes wrong. */
function otherRules({ changes }: MigrationCase, used: DefinitionsInUse, differences: readonly Difference[]): readonly Difference[] {
  const told = new Set(differences.flatMap(({ definition }) => (definition ? [`${definitionId(definition)} ${definition.element ?? ""}`] : [])));
  return [...used].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([id, users]): Difference[] => {
    const change = changes.get(id);
    if (!change) return [];
    const elements = change.elements.filter((element) => !told.has(`${id} ${element}`));
    if (elements.length === 0) return [];
    const titles = [...new Set(users.map(({ title }) => title))];
    const whom = titles.length === 0 ? "this order" : titles.length > 3 ? `${titles.slice(0, 3).join(", ")} and ${titles.length - 3} more` : titles.join(", ");
    const version = (side: typeof change.after) => (side === null ? null : `v${side.version}`);
    return [{
      kind: "rule-changed", definition: placeOf(change, elements[0] ?? null), itemId: null, subject: id, before: version(change.before), after: version(change.after), assumed: false,
      why: `${change.kind} "${change.title}" differs in ${elements.join(", ")}; it applies to ${whom}.`,
    }];
  });
}

function sameDecompositions(order: Order, proposed: CompiledRelease): MigrationPlan["decompositions"] {
  const now = (item: Item): Decomposition | null => {
    const { decomposition } = item;
    if (decomposition === null) return null;
    return {
      ...decomposition,
      tableVersion: proposed.decomposition.get(item.offering)?.definition.version ?? decomposition.tableVersion,
      templateVersion: proposed.planTemplates.get(decomposition.template)?.definition.version ?? decomposition.templateVersion,
    };
  };
  return order.items.filter((item) => item.decomposition !== null && !isEnded(item)).map((item) => ({ itemId: item.id, decomposition: now(item) }));
}
