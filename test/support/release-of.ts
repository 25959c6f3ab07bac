import { compile } from "../../engine/language/compile.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { DefinitionFile } from "../../engine/language/definition-file.ts";
import type { TemplateEdge, TemplateMilestone, TemplateTask } from "../../engine/language/kinds.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";
import { kitDefinitions } from "./definition-kit.ts";
import { loadDefinitions } from "./load-definitions.ts";

/** A definition as a test writes it: what is not said gets a default. */
export type Sketch = { readonly kind: string; readonly key: string } & JsonObject;

/** A plan template as a test writes it. `tasks` may be a list of task types' keys: each is then its own task. */
export interface TemplateSketch {
  readonly tasks: readonly TemplateTask[];
  readonly milestones?: readonly TemplateMilestone[];
  readonly billingTriggers?: readonly string[];
  readonly completeWhen?: Json;
  readonly deadline?: string;
  readonly milestoneMap?: string;
  readonly changePolicy?: string;
}

/** A task of a template: `task("b", "keyed-work", after("a"))`. */
export function task(key: string, type = "keyed-work", ...parts: readonly Partial<TemplateTask>[]): TemplateTask {
  const dependsOn = parts.flatMap((part) => part.dependsOn ?? []);
  return Object.assign({ key, type }, ...parts, dependsOn.length > 0 ? { dependsOn } : {}) as TemplateTask;
}

/** Waits for the success of other tasks of the same item. */
export function after(...tasks: readonly string[]): Partial<TemplateTask> {
  return { dependsOn: tasks.map((name) => ({ type: "success", task: name })) };
}

export function edge(dependency: TemplateEdge): Partial<TemplateTask> {
  return { dependsOn: [dependency] };
}

/** A condition with one line. */
export function when(fact: string, path: string, operator: string, value: Json): { readonly all: readonly [{ fact: string; path: string; operator: string; value: Json }] } {
  return { all: [{ fact, path, operator, value }] };
}

/**
 * A release from a few sketches, through the real compiler: one template per offering, the shipped dependency types, and
 * the kit's systems, policies and task types (`definition-kit.ts`). A sketch replaces the kit's definition of its kind and
 * key. A sketch the compiler refuses fails the test with the compiler's own words.
 */
export function releaseOf(templates: { readonly [offering: string]: TemplateSketch }, ...sketches: readonly Sketch[]): CompiledRelease {
  const compilation = compile(definitionsOf(templates, ...sketches), { name: "test" });
  if (!compilation.ok) throw new Error(compilation.diagnostics.map(({ code, file, path, message }) => `${code} ${file}${path}: ${message}`).join("\n"));
  return compilation.release;
}

/** The files of `releaseOf`, to be looked at or broken. */
export function definitionsOf(templates: { readonly [offering: string]: TemplateSketch }, ...sketches: readonly Sketch[]): DefinitionFile[] {
  const all = new Map<string, JsonObject>();
  const add = (sketch: Sketch) => all.set(`${sketch.kind}/${sketch.key}.json`, { version: 1, title: `The ${sketch.key}`, description: "For tests.", ...sketch });
  for (const { path, content } of loadDefinitions()) if (path.startsWith("dependency-type/")) all.set(path, content as JsonObject);
  for (const sketch of [...kitDefinitions, decomposition(Object.keys(templates)), schemaOf(Object.keys(templates))]) add(sketch);
  for (const [offering, template] of Object.entries(templates)) {
    add({ kind: "plan-template", key: templateKey(offering), milestoneMap: "kit", fallout: "fallout", milestones: [], billingTriggers: [], ...(template as unknown as JsonObject) });
  }
  for (const sketch of sketches) add(sketch);
  return [...all].map(([path, content]) => ({ path, content: JSON.parse(JSON.stringify(content)) as unknown }));
}

export function templateKey(offering: string): string {
  return offering.toLowerCase().replaceAll("_", "-");
}

function decomposition(offerings: readonly string[]): Sketch {
  return {
    kind: "decision-table", key: "decomposition", purpose: "decomposition", hitPolicy: "UNIQUE",
    columns: [
      { key: "offering", in: "item.offering", type: "string" }, { key: "action", in: "item.action", type: "string" },
      { out: "planTemplate", type: "string" },
    ],
    rows: [
      ...offerings.map((offering) => ({ id: templateKey(offering), offering: [offering], action: ["ADD", "MODIFY"], planTemplate: templateKey(offering) })),
      { id: "bundle", offering: ["BUNDLE"], planTemplate: null },
    ],
  };
}

function schemaOf(offerings: readonly string[]): Sketch {
  const any = { type: "object" };
  return {
    kind: "order-schema", key: "kit", offerings: [...offerings, "BUNDLE"], quote: { required: false }, order: any,
    actions: { ADD: any, MODIFY: any, DISCONNECT: any, NO_CHANGE: any },
  };
}
