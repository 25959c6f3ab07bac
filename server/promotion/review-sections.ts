import { setImmediate as breathe } from "node:timers/promises";
import { describeDefinitions, type DefinitionWords } from "../../engine/diff/describe-diff.ts";
import type { ReleaseDiff } from "../../engine/diff/definition-diff.ts";
import { diffDefinitions } from "../../engine/diff/diff-definitions.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { percentOf, type Coverage } from "../../engine/scenario/coverage.ts";
import type { ScenarioResult } from "../../engine/scenario/run-scenario.ts";
import type { Candidate, DefinitionChange } from "./build-candidate.ts";
import { runScenarios } from "./run-scenarios.ts";

/** Is the release sound? */
export interface Checks {
  readonly sound: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly changes: readonly DefinitionChange[];
  /** Digest of the release it would become. */
  readonly digest: string | null;
}

/** What changes, for people and for programs. */
export interface DiffReport {
  /** One line for each thing that changes. */
  readonly words: readonly string[];
  readonly definitions: readonly DefinitionWords[];
  readonly diff: ReleaseDiff;
}

/** Does it still do what the scenarios say? */
export interface ScenariosReport {
  readonly passed: number;
  readonly failed: number;
  readonly results: readonly Omit<ScenarioResult, "run">[];
  readonly coverage: Coverage & { readonly percent: number };
}

export function computeChecks({ release, diagnostics, changes }: Candidate): Checks {
  return { sound: release !== null, diagnostics, changes, digest: release?.digest ?? null };
}

export function computeDiff(before: CompiledRelease, after: CompiledRelease): DiffReport {
  const diff = diffDefinitions(before.definitions, after.definitions);
  const definitions = describeDefinitions(diff);
  return { words: definitions.flatMap(({ summary }) => summary), definitions, diff };
}

/** Runs the scenarios one after the other and lets other work through between them; `stopped` ends that early. */
export async function computeScenarios(release: CompiledRelease, progress: (done: number, total: number) => void, stopped: () => boolean): Promise<ScenariosReport> {
  const all = [...release.scenarios.values()];
  const { results, coverage } = await runScenarios(all, release, async (done) => {
    progress(done, all.length);
    await breathe();
    return stopped();
  });
  const passed = results.filter((result) => result.passed).length;
  return {
    passed, failed: results.length - passed,
    results: results.map(({ key, title, passed: good, unmet }) => ({ key, title, passed: good, unmet })),
    coverage: { ...coverage, percent: percentOf(coverage) },
  };
}
