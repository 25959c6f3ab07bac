import type { CompiledChangePolicy, CompiledMilestoneMap, CompiledPlanTemplate, CompiledRelease, CompiledTargetSystem, CompiledTaskType } from "../language/compiled-release.ts";
import type { CompiledTable } from "../table/compile-table.ts";

/**
 * The same release, with every decision table telling which of its rows answered, as `<table>/<row>`; `otherwise` is a row
 * of that name. The engine decides exactly as before and stores nothing more: what fired is known to the one who listens.
 */
export function traceTables(release: CompiledRelease, fired: (row: string) => void): CompiledRelease {
  const traced = (table: CompiledTable): CompiledTable => ({ ...table, evaluate: (facts) => tell(table, table.evaluate(facts), fired) });
  const systems = mapped(release.targetSystems, (system): CompiledTargetSystem => ({ ...system, failures: traced(system.failures) }));
  const withSystem = <T extends Pick<CompiledTaskType, "targetSystem">>(type: T): T => {
    const system = systems.get(type.targetSystem?.definition.key ?? "");
    return system ? { ...type, targetSystem: system } : type;
  };
  const withStatus = (map: CompiledMilestoneMap): CompiledMilestoneMap => ({ ...map, statusTable: traced(map.statusTable) });
  const withTables = (policy: CompiledChangePolicy): CompiledChangePolicy => ({ ...policy, decide: traced(policy.decide), tasks: traced(policy.tasks) });
  return {
    ...release,
    targetSystems: systems,
    taskTypes: mapped(release.taskTypes, withSystem),
    milestoneMaps: mapped(release.milestoneMaps, withStatus),
    decomposition: mapped(release.decomposition, traced),
    planTemplates: mapped(release.planTemplates, (template): CompiledPlanTemplate => ({
      ...template,
      fallout: traced(template.fallout),
      milestoneMap: withStatus(template.milestoneMap),
      ...(template.changePolicy && { changePolicy: withTables(template.changePolicy) }),
    })),
    ...(release.authority && { authority: traced(release.authority) }),
  };
}

function tell(table: CompiledTable, answer: ReturnType<CompiledTable["evaluate"]>, fired: (row: string) => void): ReturnType<CompiledTable["evaluate"]> {
  const otherwise = answer.hit === "one" && answer.otherwise;
  for (const row of otherwise ? ["otherwise"] : answer.rows) fired(`${table.definition.key}/${row}`);
  return answer;
}

function mapped<V, W>(entries: ReadonlyMap<string, V>, make: (value: V) => W): ReadonlyMap<string, W> {
  return new Map([...entries].map(([key, value]) => [key, make(value)]));
}
