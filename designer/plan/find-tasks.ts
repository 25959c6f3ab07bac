import type { Plan } from "./use-plan.ts";

/** Keys of the tasks in which every word stands: in the title, the performer, or anywhere in the JSON. */
export function foundTasks({ template, view }: Pick<Plan, "template" | "view">, text: string): readonly string[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const byKey = new Map(template.tasks.map((task) => [task.key, task]));
  return view.tasks.filter(({ key, title, performer }) => {
    const whole = `${title} ${performer ?? ""} ${JSON.stringify(byKey.get(key))}`.toLowerCase();
    return wanted.every((word) => whole.includes(word));
  }).map(({ key }) => key);
}
