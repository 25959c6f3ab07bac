import type { CompiledRelease } from "../language/compiled-release.ts";
import { COVERAGE_GROUPS, coveragePoints, type CoverageGroupName } from "./coverage-points.ts";
import { pointsReached } from "./points-reached.ts";
import type { ScenarioRun } from "./run-scenario.ts";

/** How much of a release some runs have reached. */
export interface Coverage {
  readonly reached: number;
  readonly total: number;
  /** Groups that the release has anything of. */
  readonly groups: readonly CoverageGroup[];
}

export interface CoverageGroup {
  readonly name: CoverageGroupName;
  readonly reached: number;
  readonly total: number;
  /** What no run reached, by name: dead, or not tested. */
  readonly missed: readonly string[];
}

/** What of the release these runs reached: rows that answered, dependencies that were the last to be met, branches of policies. */
export function coverageOf(release: CompiledRelease, runs: readonly ScenarioRun[]): Coverage {
  const reached = new Set(runs.flatMap((run) => [...pointsReached(run, release)]));
  const points = coveragePoints(release);
  const groups = COVERAGE_GROUPS.flatMap((name): readonly CoverageGroup[] => {
    const names = points.flatMap((point) => (point.group === name ? [point.name] : []));
    const missed = names.filter((point) => !reached.has(point));
    return names.length === 0 ? [] : [{ name, reached: names.length - missed.length, total: names.length, missed }];
  });
  return { groups, reached: sum(groups.map((group) => group.reached)), total: sum(groups.map((group) => group.total)) };
}

/** Whole percent, rounded down: 100 means all of it. */
export function percentOf({ reached, total }: Pick<Coverage, "reached" | "total">): number {
  return total === 0 ? 100 : Math.floor((reached / total) * 100);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
