import type { CompiledRelease } from "../language/compiled-release.ts";
import type { PlannedMilestone, PlannedTask, PlanGraph } from "../order/plan.ts";
import { isMessage } from "../order/planned-work.ts";
import { workName } from "../plan/item-plan.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { textOf, type Json } from "../support/json.ts";
import { elementsChanged, same } from "./changed-definitions.ts";
import { isExtra } from "./definitions-in-use.ts";
import type { DefinitionPlace, Difference, DifferenceKind } from "./order-impact.ts";

/** One plan with the release whose definitions its tasks stand in. */
export interface PlanSide {
  readonly graph: PlanGraph;
  readonly release: CompiledRelease;
}

/** Which work is compared: the newest of each name, but what is over and what planning left out; by position in each graph. */
export interface Compared {
  /** Work of the present plan that is still to be done, or under way. */
  readonly open: (planned: PlannedTask, position: number) => boolean;
  /** False for items whose fulfillment has ended. */
  readonly concerns: (itemId: string) => boolean;
}

/** What two plans for one order make different: tasks, charges, messages and milestones. */
export function planDifferences(before: PlanSide, after: PlanSide, compared: Compared): readonly Difference[] {
  return [...taskDifferences(before, after, compared), ...milestoneDifferences(before, after, compared)];
}

type Verb = "added" | "removed" | "changed";

function taskDifferences(before: PlanSide, after: PlanSide, { open, concerns }: Compared): readonly Difference[] {
  const stands = (planned: PlannedTask) => concerns(planned.itemId) && !isExtra(planned) && planned.source.by !== "former-release";
  const [was, is] = [newest(before.graph, stands), newest(after.graph, stands)];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return names.flatMap((name): Difference[] => {
    const [old, now] = [was.get(name), is.get(name)];
    const oldPlanned = old?.planned;
    if (old && !open(old.planned, old.position) && old.planned.excluded === null) return [];
    const [oldCounts, nowCounts] = [oldPlanned?.excluded === null, now?.planned.excluded === null];
    if (now && nowCounts && !oldCounts) return [difference("added", now.planned, after.release, null, describe(now.planned), whyAdded(now.planned, oldPlanned !== undefined))];
    if (oldPlanned && oldCounts && !nowCounts) return [difference("removed", oldPlanned, after.release, describe(oldPlanned), null, now ? "by the release the order does not need it" : "the release does not have it")];
    if (!oldPlanned || !now || !oldCounts) return [];
    const fields = fieldsChanged(oldPlanned, now.planned, before, after);
    return fields.map(({ name: field, was: from, is: to }) => ({ ...difference("changed", now.planned, after.release, from, to, `${field} is another one`), subject: `${subjectOf(now.planned)} ${field}` }));
  });
}

function newest(graph: PlanGraph, stands: (planned: PlannedTask) => boolean): ReadonlyMap<string, { readonly planned: PlannedTask; readonly position: number }> {
  return new Map(graph.tasks.flatMap((planned, position) => (stands(planned) ? [[workName(planned), { planned, position }] as const] : [])));
}

function whyAdded(planned: PlannedTask, known: boolean): string {
  return known ? "by the release the order needs it" : `the release has it${planned.source.by === "billing-trigger" ? " for this charge" : ""}`;
}

interface FieldChange {
  readonly name: string;
  readonly was: string | null;
  readonly is: string | null;
}

/** What of one task differs, as the plan has it and as its definition says. */
function fieldsChanged(was: PlannedTask, is: PlannedTask, before: PlanSide, after: PlanSide): readonly FieldChange[] {
  const values: { readonly [name: string]: readonly [Json, Json] } = {
    type: [was.type, is.type],
    title: [was.title, is.title],
    mandatory: [was.mandatory, is.mandatory],
    pointOfNoReturn: [was.pointOfNoReturn, is.pointOfNoReturn],
    with: [was.with, is.with],
    dependsOn: [edgesOf(was, before), edgesOf(is, after)],
    ...definitionFields(was, is, before.release, after.release),
  };
  return Object.entries(values).flatMap(([name, [from, to]]) => (same(from, to) ? [] : [{ name, was: shown(from), is: shown(to) }]));
}

/** What the definition of a task says besides what the plan shows. */
function definitionFields(was: PlannedTask, is: PlannedTask, pinned: CompiledRelease, proposed: CompiledRelease): { readonly [name: string]: readonly [Json, Json] } {
  const [from, to] = [was.source, is.source];
  if (from.by === "template" && to.by === "template") {
    const [old, now] = [pinned.planTemplates.get(from.template)?.tasks[from.task]?.definition, proposed.planTemplates.get(to.template)?.tasks[to.task]?.definition];
    return Object.fromEntries((["compensation", "compensates", "alternatives", "window"] as const).map((name) => [name, [(old?.[name] ?? null) as Json, (now?.[name] ?? null) as Json]]));
  }
  if (from.by === "billing-trigger" && to.by === "billing-trigger") {
    const [old, now] = [pinned.planTemplates.get(from.template)?.billingTriggers[from.trigger]?.definition, proposed.planTemplates.get(to.template)?.billingTriggers[to.trigger]?.definition];
    return Object.fromEntries(elementsChanged((old ?? null) as never, (now ?? null) as never).filter((name) => name !== "title").map((name) => [name, [(old as never)?.[name] ?? null, (now as never)?.[name] ?? null]]));
  }
  if (isMessage(was) && isMessage(is)) return { text: [textsOf(was, pinned), textsOf(is, proposed)] };
  return {};
}

function textsOf({ source }: PlannedTask, release: CompiledRelease): Json {
  const map = release.planTemplates.get(source.template)?.milestoneMap.definition;
  if (source.by === "milestone-message") return (map?.milestones.find(({ key }) => key === source.milestone)?.notify ?? null);
  return source.by === "status-message" ? ((map?.statuses.find(({ key }) => key === source.status)?.notify ?? null)) : null;
}

/** Dependencies by what they mean: their type and parameters, and the name of what they wait for. */
function edgesOf(planned: PlannedTask, { graph, release }: PlanSide): Json {
  const names = namesOf(graph);
  const task = planned.source.by === "template" ? release.planTemplates.get(planned.source.template)?.tasks[planned.source.task] : undefined;
  return planned.edges.map((edge): Json => {
    const definition = edge.edge === null ? undefined : task?.edges[edge.edge]?.definition;
    const on = "task" in edge.on ? (names.get(edge.on.task) ?? edge.on.task) : "milestone" in edge.on ? edge.on.milestone : "instant";
    return { on, type: definition?.type ?? null, with: edge.with, as: definition?.as ?? null, onImpossible: definition?.onImpossible ?? null };
  });
}

const taskNames = new WeakMap<PlanGraph, ReadonlyMap<string, string>>();

function namesOf(graph: PlanGraph): ReadonlyMap<string, string> {
  const known = taskNames.get(graph);
  if (known) return known;
  const names = new Map(graph.tasks.map((task) => [task.id, workName(task)]));
  taskNames.set(graph, names);
  return names;
}

function milestoneDifferences(before: PlanSide, after: PlanSide, { concerns }: Compared): readonly Difference[] {
  const of = ({ graph }: PlanSide) => new Map(graph.milestones.filter(({ itemId, by }) => concerns(itemId) && !("status" in by)).map((milestone) => [milestone.id, milestone]));
  const [was, is] = [of(before), of(after)];
  const difference = (kind: DifferenceKind, { itemId, key }: PlannedMilestone, from: string | null, to: string | null, why: string): Difference => ({
    kind, definition: null, itemId, subject: key, before: from, after: to, assumed: false, why: `Milestone ${key} of item ${itemId}: ${why}.`,
  });
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((id) => {
    const [old, now] = [was.get(id), is.get(id)];
    if (!old && now) return [difference("milestone-added", now, null, reachedBy(now, after), "the release has it")];
    if (old && !now) return [difference("milestone-removed", old, reachedBy(old, before), null, "the release does not have it")];
    if (!old || !now) return [];
    const [from, to] = [reachedBy(old, before), reachedBy(now, after)];
    return from === to ? [] : [difference("milestone-changed", now, from, to, "it is reached by something else")];
  });
}

function reachedBy({ by }: PlannedMilestone, { graph }: PlanSide): string {
  if ("tasks" in by) return by.tasks.map((id) => namesOf(graph).get(id) ?? id).join(", ");
  return "event" in by ? `event ${by.event}` : "instant" in by ? "the clock" : canonicalJson(by);
}

const NOUNS = { "milestone-message": "message", "status-message": "message", "billing-trigger": "billing" } as const;

function difference(verb: Verb, planned: PlannedTask, release: CompiledRelease, before: string | null, after: string | null, why: string): Difference {
  const noun = NOUNS[planned.source.by as keyof typeof NOUNS] ?? "task";
  const { template } = planned.source;
  const definition: DefinitionPlace = { kind: "plan-template", key: template, version: release.planTemplates.get(template)?.definition.version ?? null, element: `tasks/${subjectOf(planned)}` };
  return { kind: `${noun}-${verb}`, definition, itemId: planned.itemId, subject: subjectOf(planned), before, after, assumed: false, why: `"${planned.title}" of item ${planned.itemId}: ${why}.` };
}

/** The key of the work, the same in every order. */
function subjectOf({ key }: PlannedTask): string {
  return key.split("~", 1)[0] ?? key;
}

function describe({ title, type }: PlannedTask): string {
  return `${title} (${type})`;
}

function shown(value: Json): string | null {
  return value === null ? null : (textOf(value) ?? canonicalJson(value));
}
