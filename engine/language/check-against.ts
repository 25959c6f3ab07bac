import { canonicalJson } from "../support/canonical-json.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import type { Json } from "../support/json.ts";
import { DiagnosticLog } from "./diagnostic-log.ts";
import type { Diagnostic, Report } from "./diagnostic.ts";
import type { Definition, Kind, PlanTemplate, TaskType, TemplateMilestone } from "./kinds.ts";

export interface AgainstOptions {
  /** `<kind>/<key>` of what the migration of the release takes care of; nothing else may break. */
  readonly migrated?: Iterable<string>;
}

/** The definitions of two releases, found by kind and key. */
interface Pair {
  readonly base: ReadonlyMap<string, Definition>;
  readonly proposed: ReadonlyMap<string, Definition>;
  readonly migrated: ReadonlySet<string>;
  readonly reportFor: (file: string) => Report;
}

/**
 * Compares a release that is to be published with the one published before: no version is used twice for different
 * content, none goes back, and nothing disappears that orders under way or other plans rely on (G10). Both are complete and
 * compile by themselves; the versions of `proposed` are those promotion has assigned. Files of the diagnostics are
 * `<kind>/<key>.json`.
 */
export function checkAgainst(base: readonly Definition[], proposed: readonly Definition[], options: AgainstOptions = {}): Diagnostic[] {
  const log = new DiagnosticLog();
  const pair: Pair = { base: byName(base), proposed: byName(proposed), migrated: new Set(options.migrated), reportFor: (file) => log.for(file) };
  checkVersions(pair);
  checkTaskTypes(pair);
  checkMilestones(pair);
  return log.list();
}

function byName(definitions: readonly Definition[]): Map<string, Definition> {
  return new Map(definitions.map((definition) => [nameOf(definition.kind, definition.key), definition]));
}

const nameOf = (kind: Kind, key: string): string => `${kind}/${key}`;
const fileOf = (name: string): string => `${name}.json`;

function all<K extends Kind>(definitions: ReadonlyMap<string, Definition>, kind: K): Extract<Definition, { readonly kind: K }>[] {
  return [...definitions.values()].filter((each): each is Extract<Definition, { readonly kind: K }> => each.kind === kind);
}

function checkVersions({ base, proposed, reportFor }: Pair): void {
  for (const [name, before] of base) {
    const after = proposed.get(name);
    if (!after) continue;
    if (after.version < before.version) reportFor(fileOf(name))(
      "version-order", "/version",
      `Version ${before.version} is published, so ${after.version} would go back; let promotion assign ${before.version + 1}.`,
    );
    else if (after.version === before.version && canonicalJson(after as unknown as Json) !== canonicalJson(before as unknown as Json)) reportFor(fileOf(name))(
      "version-immutable", "/version",
      `Version ${before.version} is published with other content and never changes; let promotion assign ${before.version + 1}.`,
    );
  }
}

/** A task type that plans of the published release use, and the outputs they use of it, stay for the orders under way. */
function checkTaskTypes({ base, proposed, migrated, reportFor }: Pair): void {
  const usedBy = new Map<string, string>();
  for (const template of all(base, "plan-template")) for (const { type } of template.tasks) usedBy.set(type, template.key);
  for (const before of all(base, "task-type")) {
    const name = nameOf("task-type", before.key);
    const user = usedBy.get(before.key);
    if (user === undefined || migrated.has(name)) continue;
    const after = proposed.get(name) as TaskType | undefined;
    if (!after) {
      reportFor(fileOf(name))(
        "breaking-change", "",
        `The published plan "${user}" uses the task type "${before.key}", so orders under way may need it; keep it, or name ${name} in the migration.`,
      );
      continue;
    }
    for (const output of Object.keys(before.outputs ?? {})) {
      if (!Object.hasOwn(after.outputs ?? {}, output) && isConsumed(before.key, output, base)) reportFor(fileOf(name))(
        "breaking-change", "/outputs",
        `The output "${output}" is used by published plans, so orders under way may need it; keep it, or name ${name} in the migration.`,
      );
    }
  }
}

function isConsumed(typeKey: string, output: string, base: ReadonlyMap<string, Definition>): boolean {
  return all(base, "plan-template").some((template) => {
    const sources = new Set(template.tasks.filter(({ type }) => type === typeKey).map(({ key }) => key));
    return template.tasks.some(({ dependsOn }) => (dependsOn ?? []).some((edge) => edge.task !== undefined && sources.has(edge.task) && Object.values(edge.with ?? {}).includes(output)));
  });
}

/** A milestone that other plans, billing or the customer's view wait for is reached at least as easily as before. */
function checkMilestones({ base, proposed, migrated, reportFor }: Pair): void {
  for (const before of all(base, "plan-template")) {
    const name = nameOf("plan-template", before.key);
    const after = proposed.get(name) as PlanTemplate | undefined;
    if (!after || migrated.has(name)) continue;
    for (const milestone of before.milestones) {
      const consumer = consumerOf(milestone.key, before, base);
      if (consumer === null) continue;
      const position = after.milestones.findIndex(({ key }) => key === milestone.key);
      const changed = after.milestones[position];
      if (!changed) reportFor(fileOf(name))(
        "breaking-change", "/milestones",
        `${consumer} waits for the milestone "${milestone.key}", which is gone; keep it, or name ${name} in the migration.`,
      );
      else if (isNarrower(milestone, changed)) reportFor(fileOf(name))(
        "breaking-change", jsonPointer("milestones", position),
        `${consumer} waits for the milestone "${milestone.key}", which now asks for more than before; keep it, or name ${name} in the migration.`,
      );
    }
  }
}

/** Who else waits for a milestone of a plan, in words; null when nobody does. */
function consumerOf(key: string, template: PlanTemplate, base: ReadonlyMap<string, Definition>): string | null {
  for (const trigger of all(base, "billing-trigger")) {
    if (trigger.milestone === key && template.billingTriggers.includes(trigger.key)) return `The billing trigger "${trigger.key}"`;
  }
  for (const other of all(base, "plan-template")) {
    if (other.tasks.some(({ dependsOn }) => (dependsOn ?? []).some((edge) => edge.item !== undefined && edge.milestone === key))) return `The plan "${other.key}" of another item`;
  }
  const map = base.get(nameOf("milestone-map", template.milestoneMap));
  return map?.kind === "milestone-map" && map.milestones.some((each) => each.key === key) ? `The customer, by "${map.key}",` : null;
}

/** True when a milestone is reached in another way, or needs a task more than before. */
function isNarrower(before: TemplateMilestone, after: TemplateMilestone): boolean {
  if ("reachedBy" in before && "reachedBy" in after) return after.reachedBy.some((task) => !before.reachedBy.includes(task));
  if ("reachedOn" in before && "reachedOn" in after) return before.reachedOn !== after.reachedOn;
  return !("reachedAt" in before && "reachedAt" in after);
}
