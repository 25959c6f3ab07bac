import type { DefinitionFile } from "../../../engine/language/definition-file.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../engine/support/json.ts";
import type { Random } from "../random.ts";
import { when } from "./sketch.ts";

/** One thing done to sound definitions after which the compiler must refuse them. */
export interface Breakage {
  readonly name: string;
  /** Kind and, where it matters, which definition is broken. */
  readonly of: (definition: JsonObject) => boolean;
  readonly with: (definition: JsonObject) => JsonObject;
}

const kind = (name: string) => (definition: JsonObject) => definition["kind"] === name;
const effectsOf = (definition: JsonObject) => (isJsonObject(definition["effects"]) ? definition["effects"]["class"] : undefined);
const queryable = (definition: JsonObject) => effectsOf(definition) === "queryable";
const command = (definition: JsonObject) => kind("task-type")(definition) && isJsonObject(definition["work"]) && definition["work"]["mode"] === "command";
const listOf = (definition: JsonObject, member: string) => (definition[member] ?? []) as readonly JsonObject[];
const firstTask = (definition: JsonObject, change: (task: JsonObject) => JsonObject) => {
  const [first, ...rest] = listOf(definition, "tasks");
  return { ...definition, tasks: [change(first ?? {}), ...rest] };
};

export const BREAKAGES: readonly Breakage[] = [
  { name: "an edge to a task that is not there", of: kind("plan-template"), with: (t) => firstTask(t, (task) => ({ ...task, dependsOn: [{ type: "success", task: "nowhere" }] })) },
  { name: "a task that waits for itself", of: kind("plan-template"), with: (t) => firstTask(t, (task) => ({ ...task, dependsOn: [{ type: "success", task: task["key"] as Json }] })) },
  { name: "two tasks of one name", of: kind("plan-template"), with: (t) => ({ ...t, tasks: [...listOf(t, "tasks"), listOf(t, "tasks")[0] ?? {}] }) },
  { name: "a milestone nobody reaches", of: kind("plan-template"), with: (t) => ({ ...t, milestones: [{ key: "live", reachedBy: ["nowhere"] }] }) },
  { name: "an unknown fact", of: kind("plan-template"), with: (t) => firstTask(t, (task) => ({ ...task, includeWhen: when("weather", "sunny", "equal", true) })) },
  { name: "an unknown operator", of: kind("plan-template"), with: (t) => firstTask(t, (task) => ({ ...task, includeWhen: when("item", "quantity", "roughly", 1) })) },
  { name: "an expression that reads a clock", of: kind("plan-template"), with: (t) => firstTask(t, (task) => ({ ...task, with: { label: "=string(now())" } })) },
  { name: "an unknown dependency type", of: kind("plan-template"), with: (t) => firstTask(t, (task) => ({ ...task, dependsOn: [{ type: "hope" }] })) },
  { name: "an unknown task type", of: kind("plan-template"), with: (t) => firstTask(t, (task) => ({ ...task, type: "miracle" })) },
  { name: "work for a system without a system", of: command, with: ({ targetSystem: _gone, ...t }) => t },
  { name: "work without a retry policy", of: command, with: ({ retry: _gone, ...t }) => t },
  { name: "irreversible work that is undone", of: (d) => command(d) && String(d["compensation"]).startsWith("undo-"), with: (t) => ({ ...t, irreversible: true }) },
  { name: "a command that claims to have no effect", of: command, with: (t) => ({ ...t, compensation: "no-effect" }) },
  { name: "undoing by a policy that is not there", of: (d) => command(d) && String(d["compensation"]).startsWith("undo-"), with: (t) => ({ ...t, compensation: "undo-nothing" }) },
  { name: "a queryable system without a settle window", of: queryable, with: (s) => ({ ...s, effects: { class: "queryable" } }) },
  { name: "a settle window of nothing", of: queryable, with: (s) => ({ ...s, effects: { class: "queryable", settleWindow: "PT0S" } }) },
  { name: "a system of no class", of: kind("target-system"), with: (s) => ({ ...s, effects: {} }) },
  { name: "a repeat to a system that does things twice", of: (d) => kind("retry-policy")(d) && d["reconcileFirst"] === true, with: (p) => ({ ...p, maxAttempts: 3, backoff: { strategy: "FIXED", initialDelay: "PT1S" }, reconcileFirst: false }) },
  { name: "a timeout of nothing", of: kind("timeout-policy"), with: (p) => ({ ...p, steps: [{ after: "PT0S", do: "ESCALATE" }] }) },
  { name: "a trigger that waits for a milestone nobody has", of: kind("billing-trigger"), with: (b) => ({ ...b, milestone: "never" }) },
  { name: "a wrong purpose", of: kind("change-policy"), with: (p) => ({ ...p, decide: "failures" }) },
];

/** Breaks one definition of a release; null when the drawn breakage finds nothing to break. Only what is used counts. */
export function breakRelease(random: Random, files: readonly DefinitionFile[]): { readonly name: string; readonly files: readonly DefinitionFile[] } | null {
  const breakage = random.pick(BREAKAGES);
  const names = namesUsed(files);
  const candidates = files.filter(({ content }) => isJsonObject(content) && breakage.of(content) && names.has(String(content["key"])) && matters(content, files));
  if (candidates.length === 0) return null;
  const victim = random.pick(candidates);
  const broken = files.map((file) => (file === victim ? { ...file, content: breakage.with(file.content as JsonObject) } : file));
  return { name: `${breakage.name} in ${victim.path}`, files: broken };
}

/** A retry policy is unsafe only for a command. */
function matters(definition: JsonObject, files: readonly DefinitionFile[]): boolean {
  if (definition["kind"] !== "retry-policy") return true;
  return files.some(({ content }) => isJsonObject(content) && command(content) && content["retry"] === definition["key"]);
}

/** Keys some other definition names. */
function namesUsed(files: readonly DefinitionFile[]): ReadonlySet<string> {
  const texts = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string") texts.add(value);
    else if (Array.isArray(value)) value.forEach(collect);
    else if (isJsonObject(value)) for (const [name, member] of Object.entries(value)) if (name !== "key") collect(member);
  };
  for (const { content } of files) collect(content);
  for (const { content } of files) if (isJsonObject(content) && content["kind"] === "plan-template") texts.add(String(content["key"]));
  return texts;
}
