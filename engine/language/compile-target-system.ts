import type { CompiledTable } from "../table/compile-table.ts";
import { compileDuration } from "./compile-duration.ts";
import type { CompiledTargetSystem } from "./compiled-release.ts";
import type { Report } from "./diagnostic.ts";
import type { TargetSystem } from "./kinds.ts";

export function compileTargetSystem(definition: TargetSystem, failures: CompiledTable, report: Report): CompiledTargetSystem {
  const { effects } = definition;
  const window = effects.class === "queryable" ? (effects.settleWindow as string | undefined) : undefined;
  return {
    definition,
    failures,
    settleWindowMs: window === undefined ? 0 : compileDuration(window, report, "/effects/settleWindow"),
  };
}
