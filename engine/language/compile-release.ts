import { compileTable, type CompiledTable } from "../table/compile-table.ts";
import { compileBillingTrigger } from "./compile-billing-trigger.ts";
import { compileCompensationPolicy } from "./compile-compensation-policy.ts";
import type { CompileContext } from "./compile-context.ts";
import { compileDependencyType } from "./compile-dependency-type.ts";
import { compileManualTask } from "./compile-manual-task.ts";
import { compileMilestoneMap } from "./compile-milestone-map.ts";
import { compileOrderSchema } from "./compile-order-schema.ts";
import { compilePlanTemplate } from "./compile-plan-template.ts";
import { compileReconciliationRule } from "./compile-reconciliation-rule.ts";
import { compileRetryPolicy } from "./compile-retry-policy.ts";
import { compileTargetSystem } from "./compile-target-system.ts";
import { compileTaskType } from "./compile-task-type.ts";
import { compileTimeoutPolicy } from "./compile-timeout-policy.ts";
import type { CompiledChangePolicy, CompiledCompensation, CompiledOrderSchema, CompiledRelease } from "./compiled-release.ts";
import type { DefinitionFile } from "./definition-file.ts";
import type { Report } from "./diagnostic.ts";
import { TABLE_SCOPES } from "./fact-scopes.ts";
import type { Definition, Kind } from "./kinds.ts";
import { offeringsOf } from "./offerings.ts";
import type { PublishedDefinition } from "./release-bundle.ts";
import { releaseDigest } from "./release-digest.ts";

/** What a release was read from, as it was written. */
export interface ReleaseSource {
  readonly name: string;
  readonly languageVersion: number;
  readonly files: readonly DefinitionFile[];
}

/**
 * Compiles every part of a release whose shapes are right and whose references resolve, in the order in which parts need
 * each other. What is wrong is reported; the release is worth using only when nothing was.
 */
export function compileRelease(context: CompileContext, { name, languageVersion, files }: ReleaseSource): { readonly release: CompiledRelease; readonly tables: ReadonlyMap<string, CompiledTable> } {
  const each = <K extends Kind, C>(
    kind: K, compileOne: (definition: Extract<Definition, { readonly kind: K }>, report: Report) => C,
  ): Map<string, C> =>
    new Map(context.index.all(kind).map(({ file, definition }) => [definition.key, compileOne(definition, context.reportFor(file))]));

  const tables = each("decision-table", (table, report) => compileTable(table, TABLE_SCOPES[table.purpose], report));
  const targetSystems = each("target-system", (system, report) => compileTargetSystem(system, must(tables, system.failures), report));
  const manualTasks = each("manual-task", compileManualTask);
  const retryPolicies = each("retry-policy", compileRetryPolicy);
  const timeoutPolicies = each("timeout-policy", compileTimeoutPolicy);
  const compensations = new Map<string, CompiledCompensation>();
  const compensation = (key: string): CompiledCompensation => must(compensations, key);
  const parts = { targetSystems, manualTasks, retryPolicies, timeoutPolicies, compensation };
  const taskTypes = each("task-type", (type, report) => compileTaskType(type, parts, report));
  each("compensation-policy", (policy, report) =>
    compensations.set(policy.key, compileCompensationPolicy(policy, (key) => must(taskTypes, key), report)));
  const milestoneMaps = each("milestone-map", (map, report) =>
    compileMilestoneMap(map, must(tables, map.statusTable), map.notifyWith === undefined ? undefined : must(taskTypes, map.notifyWith).compiled, report));
  const billingTriggers = each("billing-trigger", (trigger, report) =>
    compileBillingTrigger(trigger, must(taskTypes, trigger.taskType).compiled, report));
  const dependencyTypes = each("dependency-type", compileDependencyType);
  const changePolicies = each("change-policy", (policy): CompiledChangePolicy =>
    ({ definition: policy, decide: must(tables, policy.decide), tasks: must(tables, policy.tasks) }));
  const planTemplates = each("plan-template", (template, report) =>
    compilePlanTemplate(template, {
      taskType: (key) => must(taskTypes, key),
      dependencyType: (key) => must(dependencyTypes, key),
      milestoneMap: (key) => must(milestoneMaps, key),
      changePolicy: (key) => must(changePolicies, key),
      table: (key) => must(tables, key),
      compensation,
      billingTrigger: (key) => must(billingTriggers, key),
    }, report));
  const schemas = each("order-schema", compileOrderSchema);

  const authority = [...tables.values()].find(({ definition }) => definition.purpose === "authority");
  const executed = context.index.everything().filter(({ definition }) => definition.kind !== "scenario");
  const written = new Map(files.map(({ path, content }) => [path, content]));
  const published = executed.map(({ file }) => written.get(file) as PublishedDefinition);
  const release: CompiledRelease = {
    name,
    digest: releaseDigest(published, languageVersion),
    languageVersion,
    definitions: executed.map(({ definition }) => definition),
    published,
    scenarios: each("scenario", (scenario) => scenario),
    planTemplates,
    taskTypes: new Map([...taskTypes].map(([key, { compiled }]) => [key, compiled])),
    targetSystems,
    manualTasks,
    reconciliationRules: each("reconciliation-rule", compileReconciliationRule),
    calendars: each("calendar", (calendar) => calendar),
    milestoneMaps,
    orderSchemas: byOffering(schemas),
    decomposition: decompositionOf(tables),
    ...(authority ? { authority } : {}),
  };
  return { release, tables };
}

/** References were resolved before, so a missing part is our own mistake. */
function must<C>(parts: ReadonlyMap<string, C>, key: string): C {
  const part = parts.get(key);
  if (part === undefined) throw new Error(`The reference "${key}" was not resolved before compiling.`);
  return part;
}

function byOffering(schemas: ReadonlyMap<string, CompiledOrderSchema>): Map<string, CompiledOrderSchema> {
  return new Map([...schemas.values()].flatMap((schema) => schema.definition.offerings.map((offering) => [offering, schema] as const)));
}

function decompositionOf(tables: ReadonlyMap<string, CompiledTable>): Map<string, CompiledTable> {
  const found = new Map<string, CompiledTable>();
  for (const table of tables.values()) {
    if (table.definition.purpose !== "decomposition") continue;
    for (const { offering } of offeringsOf(table.definition)) found.set(offering, table);
  }
  return found;
}
