import type { CompiledTable } from "../table/compile-table.ts";
import { compileDuration } from "./compile-duration.ts";
import type { CompiledTargetSystem } from "./compiled-release.ts";
import type { Report } from "./diagnostic.ts";
import type { TargetSystem } from "./kinds.ts";

export function compileTargetSystem(definition: TargetSystem, failures: CompiledTable, report: Report): CompiledTargetSystem {
  const { effects, breaker, retryBudget } = definition;
  const span = (text: string, path: string): number => compileDuration(text, report, path);
  const window = effects.class === "queryable" ? (effects.settleWindow as string | undefined) : undefined;
  return {
    definition,
    failures,
    settleWindowMs: window === undefined ? 0 : span(window, "/effects/settleWindow"),
    ...(breaker && {
      breaker: {
        failureRate: breaker.failureRate, minimumCalls: breaker.minimumCalls, probes: breaker.probes,
        windowMs: span(breaker.window, "/breaker/window"), openForMs: span(breaker.openFor, "/breaker/openFor"),
      },
    }),
    ...(retryBudget && {
      retryBudget: { share: retryBudget.share, minimum: retryBudget.minimum, windowMs: span(retryBudget.window, "/retryBudget/window") },
    }),
  };
}
