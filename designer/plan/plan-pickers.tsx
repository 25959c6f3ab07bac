import { useMemo } from "react";
import type { TemplateEdge } from "../../engine/language/kinds.ts";
import { canonicalJson } from "../../engine/support/canonical-json.ts";
import { jsonPointer } from "../../engine/support/json-pointer.ts";
import type { Json } from "../../engine/support/json.ts";
import { KIND_LOOKS } from "../look/kind-look.ts";
import { Picker, type Choice } from "../look/picker.tsx";
import { plan as words } from "../strings/plan.ts";
import { isDefinition, useWorkspace } from "../workspace/workspace.ts";
import { addTask, cannotWait, connect, insertTask } from "./plan-edits.ts";
import type { PlanEdge } from "./plan-view.ts";
import { edgeAt } from "./selection.ts";
import { editTemplate, type Plan } from "./use-plan.ts";

/** What is being asked for in front of the canvas: a task to add, the task that shall wait, or how it depends. */
export type Asking =
  | { readonly kind: "add"; readonly after: string | null; readonly into: PlanEdge | null }
  | { readonly kind: "waiter"; readonly from: string }
  | { readonly kind: "dependency"; readonly from: string; readonly to: string };

interface AskingProps<K extends Asking["kind"]> {
  readonly plan: Plan;
  readonly asking: Extract<Asking, { kind: K }>;
  readonly select: (pointer: string) => void;
  readonly close: () => void;
}

/** Which task type the new task has; Enter adds it where it was asked for. */
export function AddTask({ plan, asking, select, close }: AskingProps<"add">) {
  const files = useWorkspace(({ history }) => history.files);
  const { icon: Icon } = KIND_LOOKS["task-type"];
  const choices = useMemo(
    () =>
      [...files.values()].flatMap(({ content }): Choice[] => {
        if (!isDefinition(content) || content.kind !== "task-type") return [];
        const system = plan.find("target-system", content.targetSystem)?.title;
        return [{ id: content.key, title: content.title, detail: system ?? content.owner, icon: <Icon className="icon" aria-hidden="true" /> }];
      }).toSorted((a, b) => a.title.localeCompare(b.title, "en")),
    [files, plan, Icon],
  );
  const add = ({ id, title }: Choice): void => {
    const place = asking.into === null ? null : edgeAt(plan.view, asking.into.pointer);
    const { template, key } = place === null ? addTask(plan.template, id, asking.after ?? undefined) : insertTask(plan.template, id, place);
    editTemplate(template, { label: place === null ? words.added(title) : words.inserted(title) });
    select(jsonPointer("tasks", template.tasks.findIndex((task) => task.key === key)));
  };
  return <Picker label={words.addTitle} placeholder={words.addPlaceholder} nothing={words.addNothing} choices={choices} choose={add} close={close} />;
}

/** Which task shall wait for the selected one; what cannot wait for it says why. */
export function ChooseWaiter({ plan: { template, view }, asking: { from }, ask, close }: Omit<AskingProps<"waiter">, "select"> & { readonly ask: (asking: Asking) => void }) {
  const { icon: Icon } = KIND_LOOKS["task-type"];
  const choices = view.tasks.filter(({ key }) => key !== from).map(({ key, title, performer }): Choice => {
    const reason = cannotWait(template, from, key);
    return { id: key, title, detail: performer ?? "", icon: <Icon className="icon" aria-hidden="true" />, disabled: reason === "circle" ? words.circle : undefined };
  });
  const title = view.tasks.find(({ key }) => key === from)?.title ?? from;
  return <Picker label={words.chooseWaiter(title)} placeholder={words.chooseWaiter(title)} nothing={words.waiterNothing} choices={choices} choose={({ id }) => ask({ kind: "dependency", from, to: id })} close={close} />;
}

/** How the one task depends on the other: the types that can bind them, each with what the first task can give. */
export function ChooseDependency({ plan, asking: { from, to }, select, close }: AskingProps<"dependency">) {
  const files = useWorkspace(({ history }) => history.files);
  const { icon: Icon } = KIND_LOOKS["dependency-type"];
  const titleOf = (key: string): string => plan.view.tasks.find((task) => task.key === key)?.title ?? key;
  const choices = useMemo(() => {
    const icon = <Icon className="icon" aria-hidden="true" />;
    const reached = plan.template.milestones.filter((milestone) => "reachedBy" in milestone && milestone.reachedBy.includes(from));
    const typeOf = (key: string) => plan.find("task-type", plan.template.tasks.find((task) => task.key === key)?.type);
    const outputs = Object.keys(typeOf(from)?.outputs ?? {});
    const needed = (typeOf(to)?.inputs as { readonly required?: readonly string[] } | undefined)?.required ?? [];
    return [...files.values()].flatMap(({ content }): (Choice & { readonly edge: TemplateEdge })[] => {
      if (!isDefinition(content) || content.kind !== "dependency-type") return [];
      const { key: type, title, description: detail } = content;
      const parameter = /predecessor\.outputs\.\{(\w+)\}/.exec(JSON.stringify(content.provides ?? ""))?.[1];
      if (content.binds === "task" && parameter !== undefined) {
        return outputs.map((output) => ({ id: `${type} ${output}`, title: `${title}: ${output}`, detail: needed.includes(output) ? words.neededBy(titleOf(to)) : "", icon, edge: { type, task: from, with: { [parameter]: output } } }));
      }
      if (content.binds === "task") return [{ id: type, title, detail, icon, edge: { type, task: from, ...exampleValues(content.parameters) } }];
      if (content.binds === "milestone") return reached.map(({ key }) => ({ id: `${type} ${key}`, title: `${title}: ${key}`, detail, icon, edge: { type, milestone: key } }));
      return [];
    }).map((choice) => (isThere(plan, to, choice.edge) ? { ...choice, disabled: words.already } : choice)).toSorted((a, b) => (a.id === "success" ? -1 : b.id === "success" ? 1 : a.title.localeCompare(b.title, "en")));
  }, [files, plan, from, to, Icon]);
  const make = ({ edge }: { readonly edge: TemplateEdge }): void => {
    editTemplate(connect(plan.template, to, edge), { label: words.connected(titleOf(from), titleOf(to)) });
    const position = plan.template.tasks.findIndex(({ key }) => key === to);
    select(jsonPointer("tasks", position, "dependsOn", plan.template.tasks[position]?.dependsOn?.length ?? 0));
  };
  return <Picker label={words.chooseType} placeholder={words.chooseType} nothing={words.addNothing} choices={choices} choose={make} close={close} />;
}

/** Whether a task depends in exactly this way already. */
function isThere({ template }: Plan, to: string, edge: TemplateEdge): boolean {
  const edges = template.tasks.find(({ key }) => key === to)?.dependsOn ?? [];
  return edges.some((other) => canonicalJson(other as unknown as Json) === canonicalJson(edge as unknown as Json));
}

/** Values for the required parameters of a type, from its own examples, so that a new edge is whole from the beginning. */
function exampleValues(parameters: unknown): Pick<TemplateEdge, "with"> {
  const { properties = {}, required = [] } = (parameters ?? {}) as { readonly properties?: { readonly [name: string]: { readonly examples?: readonly never[] } }; readonly required?: readonly string[] };
  const values = Object.fromEntries(required.map((name) => [name, properties[name]?.examples?.[0] ?? ""]));
  return required.length === 0 ? {} : { with: values };
}
