import { useMemo } from "react";
import type { TemplateEdge } from "../../engine/language/kinds.ts";
import { jsonPointer } from "../../engine/support/json-pointer.ts";
import { KIND_LOOKS } from "../look/kind-look.ts";
import { Picker, type Choice } from "../look/picker.tsx";
import { plan as words } from "../strings/plan.ts";
import { useWorkspace } from "../workspace/workspace.ts";
import { putTask, taskTypes, type NewTaskPlace } from "./add-task.ts";
import { barredTargets, dependencyChoices } from "./dependency-choices.ts";
import { connect } from "./plan-edits.ts";
import type { PickTasks } from "./use-picks.ts";
import { editTemplate, type Plan } from "./use-plan.ts";

/** What is being asked for in front of the canvas: a task to add, the task that shall wait, or how it depends. */
export type Asking =
  | { readonly kind: "add"; readonly place: NewTaskPlace }
  | { readonly kind: "waiter"; readonly from: string }
  | { readonly kind: "dependency"; readonly from: string; readonly to: string };

interface AskingProps<K extends Asking["kind"]> {
  readonly plan: Plan;
  readonly asking: Extract<Asking, { kind: K }>;
  readonly select: (pointer: string) => void;
  readonly close: () => void;
}

/** Which task type the new task has; Enter adds it where it was asked for. */
export function AddTask({ plan, asking, pick, close }: Omit<AskingProps<"add">, "select"> & { readonly pick: PickTasks }) {
  const files = useWorkspace(({ history }) => history.files);
  const { icon: Icon } = KIND_LOOKS["task-type"];
  const choices = useMemo(() => taskTypes(files, plan.find).map((type) => ({ ...type, icon: <Icon className="icon" aria-hidden="true" /> })), [files, plan, Icon]);
  return <Picker label={words.addTitle} placeholder={words.addPlaceholder} nothing={words.addNothing} choices={choices} choose={({ id }) => putTask(plan, id, asking.place, pick)} close={close} />;
}

/** Which task shall wait for the selected one; what cannot wait for it says why. */
export function ChooseWaiter({ plan, asking: { from }, ask, close }: Omit<AskingProps<"waiter">, "select"> & { readonly ask: (asking: Asking) => void }) {
  const { icon: Icon } = KIND_LOOKS["task-type"];
  const files = useWorkspace(({ history }) => history.files);
  const choices = useMemo(() => {
    const barred = barredTargets(plan, files, from);
    return plan.view.tasks.filter(({ key }) => key !== from).map(({ key, title, performer }): Choice => ({ id: key, title, detail: performer ?? "", icon: <Icon className="icon" aria-hidden="true" />, disabled: barred.get(key) }));
  }, [plan, files, from, Icon]);
  const title = plan.view.tasks.find(({ key }) => key === from)?.title ?? from;
  return <Picker label={words.chooseWaiter(title)} placeholder={words.chooseWaiter(title)} nothing={words.waiterNothing} choices={choices} choose={({ id }) => ask({ kind: "dependency", from, to: id })} close={close} />;
}

/** How the one task depends on the other: the types that can bind them, each with what the first task can give. */
export function ChooseDependency({ plan, asking: { from, to }, select, close }: AskingProps<"dependency">) {
  const files = useWorkspace(({ history }) => history.files);
  const { icon: Icon } = KIND_LOOKS["dependency-type"];
  const titleOf = (key: string): string => plan.view.tasks.find((task) => task.key === key)?.title ?? key;
  const choices = useMemo(() => dependencyChoices(plan, files, from, to).map((choice) => ({ ...choice, icon: <Icon className="icon" aria-hidden="true" /> })), [files, plan, from, to, Icon]);
  const make = ({ edge }: { readonly edge: TemplateEdge }): void => {
    editTemplate(connect(plan.template, to, edge), { label: words.connected(titleOf(from), titleOf(to)) });
    const position = plan.template.tasks.findIndex(({ key }) => key === to);
    select(jsonPointer("tasks", position, "dependsOn", plan.template.tasks[position]?.dependsOn?.length ?? 0));
  };
  return <Picker label={words.chooseType} placeholder={words.chooseType} nothing={words.already} choices={choices} choose={make} close={close} />;
}
