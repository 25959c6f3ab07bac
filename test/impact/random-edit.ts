import { compile } from "../../engine/language/compile.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { DefinitionFile } from "../../engine/language/definition-file.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import type { Random } from "../chaos/random.ts";
import { when } from "../chaos/world/sketch.ts";

/** One thing an analyst may do to one definition. */
interface Edit {
  readonly name: string;
  readonly of: (definition: JsonObject) => boolean;
  readonly with: (definition: JsonObject, random: Random, all: readonly JsonObject[]) => JsonObject;
}

const kind = (name: string, more: (definition: JsonObject) => boolean = () => true) => (definition: JsonObject) => definition["kind"] === name && more(definition);
const list = (definition: JsonObject, member: string) => (definition[member] ?? []) as readonly JsonObject[];
const text = (value: Json | undefined) => (typeof value === "string" ? value : "");
const template = kind("plan-template");

function changeTask(definition: JsonObject, random: Random, change: (task: JsonObject, position: number) => JsonObject): JsonObject {
  const tasks = list(definition, "tasks");
  const place = random.between(0, tasks.length - 1);
  return { ...definition, tasks: tasks.map((task, position) => (position === place ? change(task, position) : task)) };
}

function changeElement(definition: JsonObject, member: string, random: Random, change: (element: JsonObject) => JsonObject): JsonObject {
  const elements = list(definition, member);
  const place = random.between(0, elements.length - 1);
  return { ...definition, [member]: elements.map((element, position) => (position === place ? change(element) : element)) };
}

const success = (task: Json | undefined): JsonObject => ({ type: "success", task: text(task) });
const waits = (task: JsonObject, edge: JsonObject): JsonObject => ({ ...task, dependsOn: [...list(task, "dependsOn"), edge] });
const otherThan = (random: Random, all: readonly JsonObject[], name: string, present: Json | undefined): string =>
  random.pick(all.filter((definition) => definition["kind"] === name && definition["key"] !== present).map(({ key }) => text(key)));

export const EDITS: readonly Edit[] = [
  { name: "a task at the end", of: template, with: (t, random) => ({ ...t, tasks: [...list(t, "tasks"), waits({ ...random.pick(list(t, "tasks").filter(({ type }) => type !== "approval")), key: "added", dependsOn: [] }, success(list(t, "tasks").at(-1)?.["key"]))] }) },
  {
    name: "a task in between", of: template,
    with: (t, random) => {
      const tasks = list(t, "tasks");
      const place = random.between(0, tasks.length - 1);
      const added = waits({ key: "between", type: random.pick(tasks)["type"] ?? null, with: {} }, success(tasks[place]?.["key"]));
      return { ...t, tasks: [...tasks.slice(0, place + 1), added, ...tasks.slice(place + 1).map((task, index) => (index === 0 ? waits(task, success("between")) : task))] };
    },
  },
  {
    name: "a task less", of: (d) => template(d) && list(d, "tasks").length > 2,
    with: (t, random) => {
      const gone = text(random.pick(list(t, "tasks"))["key"]);
      const without = (task: JsonObject): JsonObject => ({ ...task, dependsOn: list(task, "dependsOn").filter((edge) => edge["task"] !== gone) });
      return {
        ...t, tasks: list(t, "tasks").filter(({ key }) => key !== gone).map(without),
        milestones: list(t, "milestones").map((milestone) => (Array.isArray(milestone["reachedBy"]) ? { ...milestone, reachedBy: (milestone["reachedBy"] as readonly string[]).filter((key) => key !== gone) } : milestone)),
      };
    },
  },
  { name: "a task of another type", of: template, with: (t, random, all) => changeTask(t, random, (task) => ({ ...task, type: random.pick(all.filter(({ kind: k, category }) => k === "task-type" && category === "WORK").map(({ key }) => text(key))) })) },
  { name: "another title", of: template, with: (t, random) => changeTask(t, random, (task) => ({ ...task, title: `Renamed ${text(task["key"])}` })) },
  { name: "another parameter", of: template, with: (t, random) => changeTask(t, random, (task) => ({ ...task, with: { label: `new-${text(task["key"])}` } })) },
  { name: "another point of no return", of: template, with: (t, random) => changeTask(t, random, ({ pointOfNoReturn, ...task }) => ({ ...task, ...(pointOfNoReturn === undefined && { pointOfNoReturn: random.pick(["soft", "hard"]) }) })) },
  { name: "a condition that does not hold", of: template, with: (t, random) => changeTask(t, random, (task) => ({ ...task, includeWhen: when("item", "quantity", "greaterThan", random.pick([1, 98])) })) },
  { name: "no conditions any more", of: template, with: (t) => ({ ...t, tasks: list(t, "tasks").map(({ includeWhen: _gone, ...task }) => task) }) },
  { name: "one dependency more", of: template, with: (t, random) => changeTask(t, random, (task, position) => (position === 0 ? task : waits(task, success(list(t, "tasks")[random.between(0, position - 1)]?.["key"])))) },
  { name: "no dependencies of one task", of: template, with: (t, random) => changeTask(t, random, ({ dependsOn: _gone, ...task }) => task) },
  { name: "an hour of waiting", of: template, with: (t, random) => changeTask(t, random, (task) => waits(task, { type: "time", with: { at: '=date and time(order.acceptedAt) + duration("PT90M")' } })) },
  { name: "optional work", of: template, with: (t, random) => changeTask(t, random, (task) => ({ ...task, mandatory: task["mandatory"] === false })) },
  { name: "a window", of: template, with: (t, random) => changeTask(t, random, ({ window, ...task }) => ({ ...task, ...(window === undefined && { window: "office" }) })) },
  { name: "a milestone reached by something else", of: template, with: (t, random) => ({ ...t, milestones: list(t, "milestones").map((milestone) => (milestone["key"] === "live" ? { ...milestone, reachedBy: [random.pick(list(t, "tasks"))["key"] ?? null] } : milestone)) }) },
  { name: "a milestone more", of: template, with: (t, random) => ({ ...t, milestones: [...list(t, "milestones"), { key: "half", reachedBy: [random.pick(list(t, "tasks"))["key"] ?? null] }] }) },
  { name: "another deadline", of: template, with: (t) => ({ ...t, deadline: t["deadline"] === "P9D" ? "P8D" : "P9D" }) },
  { name: "other charges", of: template, with: (t, random, all) => ({ ...t, billingTriggers: all.filter((d) => d["kind"] === "billing-trigger").map(({ key }) => text(key)).filter(() => random.chance(0.5)) }) },
  { name: "a charge at another milestone", of: kind("billing-trigger"), with: (b) => ({ ...b, milestone: b["milestone"] === "live" ? "order-accepted" : "live" }) },
  { name: "a charge from another day", of: kind("billing-trigger"), with: (b) => ({ ...b, effectiveFrom: "=order.acceptedAt" }) },
  { name: "charges of another type", of: kind("billing-trigger"), with: (b, random) => ({ ...b, charges: when("charge", "type", "equal", random.pick(["RECURRING", "ONE_OFF", "DEPOSIT"])) }) },
  { name: "completion with or without a charge", of: kind("billing-trigger"), with: (b) => ({ ...b, blocksCompletion: b["blocksCompletion"] !== true }) },
  { name: "another request", of: kind("task-type", (d) => d["category"] === "WORK"), with: (t) => ({ ...t, request: { ...(t["request"] as JsonObject), note: "new" } }) },
  { name: "another name for a type", of: kind("task-type"), with: (t) => ({ ...t, title: "Another name" }) },
  { name: "work that cannot be undone any more", of: kind("task-type", (d) => text(d["compensation"]).startsWith("undo-")), with: (t) => ({ ...t, compensation: "correct-forward" }) },
  { name: "another retry policy", of: kind("retry-policy", (d) => isJsonObject(d["backoff"])), with: (p) => ({ ...p, maxAttempts: Number(p["maxAttempts"]) + 1 }) },
  { name: "another timeout", of: kind("timeout-policy"), with: (p, random) => changeElement(p, "steps", random, (step) => ({ ...step, after: `PT${random.between(31, 90)}M` })) },
  { name: "a longer settle window", of: kind("target-system", (d) => isJsonObject(d["effects"]) && d["effects"]["class"] === "queryable"), with: (s) => ({ ...s, effects: { class: "queryable", settleWindow: "PT5M" } }) },
  { name: "another limit", of: kind("target-system"), with: (s) => ({ ...s, limits: { concurrency: 77 } }) },
  { name: "another failure class", of: kind("decision-table", (d) => d["purpose"] === "failure"), with: (t, random) => changeElement(t, "rows", random, (row) => ({ ...row, class: "PERMANENT" })) },
  { name: "a product less", of: kind("decision-table", (d) => d["purpose"] === "decomposition"), with: (t, random) => ({ ...t, rows: list(t, "rows").filter((_, position) => position !== random.between(0, list(t, "rows").length - 2)) }) },
  { name: "another template for a product", of: kind("decision-table", (d) => d["purpose"] === "decomposition"), with: (t, random, all) => changeElement(t, "rows", random, (row) => (row["planTemplate"] === null ? row : { ...row, planTemplate: otherThan(random, all, "plan-template", row["planTemplate"]) })) },
  { name: "another message", of: kind("milestone-map"), with: (m) => ({ ...m, milestones: list(m, "milestones").map((milestone) => ({ ...milestone, notify: { en: '=("It works: " + item.id)' } })) }) },
  { name: "another answer about changes", of: kind("decision-table", (d) => d["purpose"] === "change"), with: (t, random) => changeElement(t, "rows", random, (row) => ({ ...row, fee: 99 })) },
  { name: "other office hours", of: kind("calendar"), with: (c) => ({ ...c, week: { monday: ["06:00-10:00"], thursday: ["06:00-22:00"], saturday: ["10:00-11:00"] } }) },
  { name: "another dependency rule", of: kind("dependency-type", (d) => d["key"] === "success"), with: (d) => ({ ...d, satisfiedWhen: { all: [{ fact: "predecessor", path: "outcome", operator: "equal", value: "SUCCESS" }, { fact: "predecessor", path: "attempts", operator: "lessThan", value: 50 }] } }) },
  { name: "another description", of: () => true, with: (d) => ({ ...d, description: "Says the same in other words." }) },
];

export interface EditedRelease {
  readonly name: string;
  readonly release: CompiledRelease;
}

/** A release after one random edit that the compiler accepts. */
export function editRelease(random: Random, files: readonly DefinitionFile[]): EditedRelease {
  const all = files.map(({ content }) => content as JsonObject);
  for (let tries = 0; tries < 500; tries += 1) {
    const edit = random.pick(EDITS);
    const victims = all.filter(edit.of);
    if (victims.length === 0) continue;
    const victim = random.pick(victims);
    const edited = tryEdit(() => edit.with(victim, random, all));
    if (edited === null) continue;
    const compilation = compile(files.map((file) => (file.content === victim ? { ...file, content: { ...edited, version: 2 } } : file)), { name: "proposed" });
    if (compilation.ok) return { name: `${edit.name} in ${text(victim["kind"])}/${text(victim["key"])}`, release: compilation.release };
  }
  throw new Error("No edit was accepted");
}

/** An edit that finds nothing to pick from is no edit. */
function tryEdit(edit: () => JsonObject): JsonObject | null {
  try {
    return edit();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
