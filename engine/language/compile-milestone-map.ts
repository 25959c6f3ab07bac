import { compileValue, type CompiledValue } from "../feel/compile-value.ts";
import type { CompiledTable } from "../table/compile-table.ts";
import type { CompiledMilestoneMap, CompiledTaskType } from "./compiled-release.ts";
import type { Report } from "./diagnostic.ts";
import { FACT_SCOPES } from "./fact-scopes.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import type { MilestoneMap } from "./kinds.ts";

export function compileMilestoneMap(
  definition: MilestoneMap, statusTable: CompiledTable, notifyWith: CompiledTaskType | undefined, report: Report,
): CompiledMilestoneMap {
  const milestoneMessages = new Map<string, CompiledValue>();
  definition.milestones.forEach(({ key, notify }, position) => {
    if (notify) milestoneMessages.set(key, compileValue(notify, FACT_SCOPES.milestoneMessage, report, jsonPointer("milestones", position, "notify")));
  });
  const statusMessages = new Map<string, CompiledValue>();
  definition.statuses.forEach(({ key, notify }, position) => {
    if (notify) statusMessages.set(key, compileValue(notify, FACT_SCOPES.statusMessage, report, jsonPointer("statuses", position, "notify")));
  });
  return { definition, statusTable, ...(notifyWith ? { notifyWith } : {}), milestoneMessages, statusMessages };
}
