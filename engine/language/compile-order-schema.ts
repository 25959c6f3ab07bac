import { compileCondition } from "../rules/compile-condition.ts";
import { compileDuration } from "./compile-duration.ts";
import { compileJsonSchema, type EvidenceCheck } from "./compile-json-schema.ts";
import type { CompiledOrderSchema } from "./compiled-release.ts";
import type { Report } from "./diagnostic.ts";
import { FACT_SCOPES } from "./fact-scopes.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import type { OrderSchema } from "./kinds.ts";

export function compileOrderSchema(definition: OrderSchema, report: Report): CompiledOrderSchema {
  for (const side of ["technical", "commercial"] as const) {
    const validFor = definition.qualification?.[side]?.validFor;
    if (validFor !== undefined) compileDuration(validFor, report, jsonPointer("qualification", side, "validFor"));
  }
  const actions = new Map<string, EvidenceCheck>();
  for (const [action, schema] of Object.entries(definition.actions)) {
    actions.set(action, compileJsonSchema(schema, report, jsonPointer("actions", action)));
  }
  return {
    definition,
    order: compileJsonSchema(definition.order, report, "/order"),
    actions,
    breaches: (definition.breaches ?? []).map(({ code, message, when }, position) => ({
      code, message, when: compileCondition(when, FACT_SCOPES.breaches, report, jsonPointer("breaches", position, "when")),
    })),
  };
}
