import { compileDuration } from "./compile-duration.ts";
import type { CompiledTimeoutPolicy } from "./compiled-release.ts";
import type { Report } from "./diagnostic.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import type { TimeoutPolicy } from "./kinds.ts";

/** Compiles a timeout policy: its spans in milliseconds, its steps as they are written. */
export function compileTimeoutPolicy(definition: TimeoutPolicy, report: Report): CompiledTimeoutPolicy {
  return {
    key: definition.key,
    steps: definition.steps.map((step, position) => {
      const optional = (text: string | undefined, name: string): number | null =>
        text === undefined ? null : compileDuration(text, report, jsonPointer("steps", position, name));
      return {
        afterMs: compileDuration(step.after, report, jsonPointer("steps", position, "after")),
        in: step.in ?? null,
        do: step.do,
        everyMs: optional(step.every, "every"),
        untilMs: optional(step.until, "until"),
      };
    }),
  };
}
