import type { CompiledRelease } from "../language/compiled-release.ts";
import { offeringColumn } from "../language/offerings.ts";
import { referencesOf } from "../language/references-of.ts";
import type { DecisionTable } from "../language/table-kinds.ts";
import type { Order } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import { isUndo } from "../order/planned-work.ts";
import { required } from "../support/defect.ts";
import { definitionId, same, type DefinitionChange } from "./changed-definitions.ts";
import { settledItems, type Standing } from "./standing.ts";

type Changes = ReadonlyMap<string, DefinitionChange>;

/** Which changed definitions stand behind one kind of work. */
export interface WorkNeeds {
  /** Decide how it is done: type, system, failures, retries, timeouts, forms, calendars. */
  readonly execution: readonly string[];
  /** Decide how it is undone. */
  readonly undo: readonly string[];
  /** Decide when it may begin. */
  readonly edges: readonly string[];
}

/** The changed definitions an order uses or will use, each with the work that does; empty work: the order as such. */
export type DefinitionsInUse = ReadonlyMap<string, readonly PlannedTask[]>;

/**
 * The first cut of an impact report: which of the changed definitions matter to an order at all. Work that is over needs
 * only what undoes it, work that was left out needs nothing, items that have ended neither.
 */
export function definitionsInUse(order: Order, standings: readonly Standing[], pinned: CompiledRelease, proposed: CompiledRelease, changes: Changes): DefinitionsInUse {
  const used = new Map<string, PlannedTask[]>();
  const use = (ids: readonly string[], by: PlannedTask | null) => {
    for (const id of ids) {
      const users = used.get(id);
      if (!users) used.set(id, by ? [by] : []);
      else if (by) users.push(by);
    }
  };
  const references = changedBehind(pinned, changes);
  if (pinned.authority) use(references.of(definitionId(pinned.authority.definition)), null);
  else if (proposed.authority) use([definitionId(proposed.authority.definition)], null);
  const settled = settledItems(order, standings);
  for (const item of order.items) {
    if (settled.has(item.id)) continue;
    for (const { definition } of [pinned, proposed].flatMap(({ orderSchemas }) => orderSchemas.get(item.offering) ?? [])) if (changes.has(definitionId(definition))) use([definitionId(definition)], null);
    use(decompositionChanged(item.offering, pinned, proposed), null);
    if (item.decomposition) use(references.ofTemplate(item.decomposition.template), null);
    else if (order.plan === null) use(references.ofOffering(item.offering), null);
  }
  order.plan?.graph.tasks.forEach((planned, position) => {
    const { execution, undo, edges } = references.ofWork(planned);
    switch (standings[position]) {
      case "not-begun":
      case "stopped":
        return use([...execution, ...undo, ...edges], planned);
      case "under-way":
        return use([...execution, ...undo], planned);
      case "done":
        return use([...execution.filter((id) => id === `task-type/${planned.type}`), ...undo], planned);
      default:
    }
  });
  return used;
}

/** Looks up which changed definitions stand behind parts of a release; each part once. */
export interface ChangedBehind {
  readonly of: (id: string) => readonly string[];
  readonly ofTemplate: (key: string) => readonly string[];
  readonly ofOffering: (offering: string) => readonly string[];
  readonly ofWork: (planned: PlannedTask) => WorkNeeds;
}

const lookups = new WeakMap<CompiledRelease, WeakMap<Changes, ChangedBehind>>();

export function changedBehind(release: CompiledRelease, changes: Changes): ChangedBehind {
  let ofRelease = lookups.get(release);
  if (!ofRelease) lookups.set(release, (ofRelease = new WeakMap()));
  let lookup = ofRelease.get(changes);
  if (!lookup) ofRelease.set(changes, (lookup = createLookup(release, changes)));
  return lookup;
}

interface Named {
  readonly id: string;
  readonly path: string;
}

function createLookup(release: CompiledRelease, changes: Changes): ChangedBehind {
  const definitions = new Map(release.definitions.map((definition) => [definitionId(definition), definition]));
  const named = memoize((id: string): readonly Named[] => {
    const definition = definitions.get(id);
    return definition ? referencesOf(definition).map((reference) => ({ id: definitionId(reference), path: reference.path })) : [];
  });
  /** Everything behind these, themselves included, that has changed. */
  const reach = (start: readonly string[], follow: (id: string, path: string) => boolean = () => true): readonly string[] => {
    const seen = new Set(start);
    for (const id of seen) for (const next of named(id)) if (follow(id, next.path)) seen.add(next.id);
    return [...seen].filter((id) => changes.has(id));
  };
  const of = memoize((id: string) => reach([id]));
  const ofTemplate = memoize((key: string) => {
    const own = `plan-template/${key}`;
    const triggers = (named(own)).filter(({ path }) => path.startsWith("/billingTriggers/")).map(({ id }) => id);
    // What stands behind its tasks and charges is asked for each task of the order; a trigger itself may claim other charges.
    const rest = reach([own], (id, path) => id !== own || !/^\/(tasks|billingTriggers)\//.test(path));
    return [...new Set([...rest, ...triggers.filter((id) => changes.has(id))])];
  });
  const needs = (type: string, undo: string | undefined, edges: readonly string[]): WorkNeeds => {
    const own = `task-type/${type}`;
    const policy = undo === undefined ? named(own).find(({ path }) => path === "/compensation")?.id : `compensation-policy/${undo}`;
    return { execution: reach([own], (id, path) => id !== own || path !== "/compensation"), undo: policy === undefined ? [] : of(policy), edges: edges.filter((id) => changes.has(id)) };
  };
  const ofTask = memoize((name: string): WorkNeeds => {
    const [template = "", position = ""] = name.split("#");
    const task = release.planTemplates.get(template)?.tasks[Number(position)]?.definition;
    if (!task) return NOTHING;
    const { execution, ...rest } = needs(task.type, task.compensation, (task.dependsOn ?? []).map(({ type }) => `dependency-type/${type}`));
    return { ...rest, execution: task.window === undefined ? execution : [...new Set([...execution, ...of(`calendar/${task.window}`)])] };
  });
  const ofType = memoize((type: string) => needs(type, undefined, []));
  return {
    of,
    ofTemplate,
    ofOffering: memoize((offering) => [...templatesOf(release, offering)].flatMap((key) => of(`plan-template/${key}`))),
    ofWork({ source, type }) {
      if (source.by === "template") return ofTask(`${source.template}#${source.task}`);
      return source.by === "compensation" ? { ...ofType(type), undo: of(`compensation-policy/${source.policy}`) } : ofType(type);
    },
  };
}

const NOTHING: WorkNeeds = { execution: [], undo: [], edges: [] };

/** The decomposition tables of an offering, when what they say about this offering differs. Rows of other offerings do not count. */
function decompositionChanged(offering: string, pinned: CompiledRelease, proposed: CompiledRelease): readonly string[] {
  const [was, is] = [pinned.decomposition.get(offering)?.definition, proposed.decomposition.get(offering)?.definition];
  if (was === is || same(was && about(was, offering), is && about(is, offering))) return [];
  return [...new Set([was, is].flatMap((table) => (table ? [definitionId(table)] : [])))];
}

function about(table: DecisionTable, offering: string) {
  const { version: _version, description: _description, title: _title, ...rest } = table;
  return { ...rest, rows: rowsAbout(table, offering) };
}

function rowsAbout(table: DecisionTable, offering: string): DecisionTable["rows"] {
  const column = offeringColumn(table);
  return column === null ? table.rows : table.rows.filter((row) => !Array.isArray(row[column]) || (row[column] as readonly unknown[]).includes(offering));
}

function templatesOf(release: CompiledRelease, offering: string): ReadonlySet<string> {
  const table = release.decomposition.get(offering)?.definition;
  const answers = table ? [...rowsAbout(table, offering), ...(table.otherwise ? [table.otherwise] : [])] : [];
  return new Set(answers.flatMap((answer) => (typeof answer["planTemplate"] === "string" ? [answer["planTemplate"]] : [])));
}

function memoize<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return required(made.get(key), key);
  };
}

/** True for work that was planned for other work: undoing it, changing it, calling it back. */
export function isExtra(planned: PlannedTask): boolean {
  return isUndo(planned) || planned.source.by === "amendment";
}
