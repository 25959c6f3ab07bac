import { compileValue } from "../feel/compile-value.ts";
import { compileDuration } from "./compile-duration.ts";
import { compileJsonSchema } from "./compile-json-schema.ts";
import type { CompiledManualTask } from "./compiled-release.ts";
import type { Report } from "./diagnostic.ts";
import { FACT_SCOPES } from "./fact-scopes.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import type { ManualTask } from "./kinds.ts";

export function compileManualTask(definition: ManualTask, report: Report): CompiledManualTask {
  if (definition.sla) compileDuration(definition.sla.within, report, "/sla/within");
  return {
    definition,
    ...(definition.queue === undefined ? {} : { queue: compileValue(definition.queue, FACT_SCOPES.queue, report, "/queue") }),
    form: compileJsonSchema(definition.form, report, "/form"),
    escalation: (definition.escalation ?? []).map(({ after, to }, position) =>
      ({ afterMs: compileDuration(after, report, jsonPointer("escalation", position, "after")), to })),
  };
}
