import type { TemplateEdge } from "../../engine/language/kinds.ts";
import { canonicalJson } from "../../engine/support/canonical-json.ts";
import type { Json } from "../../engine/support/json.ts";
import { plan as words } from "../strings/plan.ts";
import type { Files } from "../workspace/history.ts";
import { isDefinition } from "../workspace/workspace.ts";
import { barredWaiters } from "./plan-edits.ts";
import type { Plan } from "./use-plan.ts";

/** One legal way for a task to depend on another. */
export interface DependencyChoice {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly edge: TemplateEdge;
}

/** The ways a task can depend on another and does not yet, each with what the first task can give; plain success first. */
export function dependencyChoices({ template, view, find }: Plan, files: Files, from: string, to: string): readonly DependencyChoice[] {
  const there = new Set((template.tasks.find(({ key }) => key === to)?.dependsOn ?? []).map((edge) => canonicalJson(edge as unknown as Json)));
  const typeOf = (key: string) => find("task-type", template.tasks.find((task) => task.key === key)?.type);
  const reached = template.milestones.filter((milestone) => "reachedBy" in milestone && milestone.reachedBy.includes(from));
  const outputs = Object.keys(typeOf(from)?.outputs ?? {});
  const needed = (typeOf(to)?.inputs as { readonly required?: readonly string[] } | undefined)?.required ?? [];
  const waiter = view.tasks.find(({ key }) => key === to)?.title ?? to;
  const all = [...files.values()].flatMap(({ content }): readonly DependencyChoice[] => {
    if (!isDefinition(content) || content.kind !== "dependency-type") return [];
    const { key: type, title, description: detail } = content;
    const parameter = /predecessor\.outputs\.\{(\w+)\}/.exec(JSON.stringify(content.provides ?? ""))?.[1];
    if (content.binds === "task" && parameter !== undefined) {
      return outputs.map((output) => ({ id: `${type} ${output}`, title: `${title}: ${output}`, detail: needed.includes(output) ? words.neededBy(waiter) : "", edge: { type, task: from, with: { [parameter]: output } } }));
    }
    if (content.binds === "task") return [{ id: type, title, detail, edge: { type, task: from, ...exampleValues(content.parameters) } }];
    if (content.binds === "milestone") return reached.map(({ key }) => ({ id: `${type} ${key}`, title: `${title}: ${key}`, detail, edge: { type, milestone: key } }));
    return [];
  });
  return all.filter(({ edge }) => !there.has(canonicalJson(edge as unknown as Json))).toSorted((a, b) => (a.id === "success" ? -1 : b.id === "success" ? 1 : a.title.localeCompare(b.title, "en")));
}

/** The tasks that cannot wait for this one, each with why in words: what a wire from it must not be dropped on. */
export function barredTargets(plan: Plan, files: Files, from: string): ReadonlyMap<string, string> {
  const reasons = { self: words.self, circle: words.circle } as const;
  const barred = new Map<string, string>([...barredWaiters(plan.template, from)].map(([key, reason]) => [key, reasons[reason]]));
  const connected = plan.view.edges.filter((edge) => edge.from === from && !barred.has(edge.to));
  for (const { to } of connected) if (dependencyChoices(plan, files, from, to).length === 0) barred.set(to, words.already);
  return barred;
}

/** Values for the required parameters of a type, from its own examples, so that a new edge is whole from the beginning. */
function exampleValues(parameters: unknown): Pick<TemplateEdge, "with"> {
  const { properties = {}, required = [] } = (parameters ?? {}) as { readonly properties?: { readonly [name: string]: { readonly examples?: readonly never[] } }; readonly required?: readonly string[] };
  const values = Object.fromEntries(required.map((name) => [name, properties[name]?.examples?.[0] ?? ""]));
  return required.length === 0 ? {} : { with: values };
}
