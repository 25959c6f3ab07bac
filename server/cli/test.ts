import { join } from "node:path";
import { percentOf } from "../../engine/scenario/coverage.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Scenario } from "../../engine/language/scenario-kinds.ts";
import { compileFolder, readTexts } from "./compile-folder.ts";
import { locatePointer } from "../../engine/language/locate-pointer.ts";
import { parseArguments } from "./parse-arguments.ts";
import { runScenarios, type ScenarioReport } from "../promotion/run-scenarios.ts";
import type { Terminal } from "./terminal.ts";
import { TEST_FORMATS, type TestedScenario, type TestReport } from "./test-report.ts";
import { InputError, UsageError } from "./usage-error.ts";

/**
 * `orderloom test [DIR]`: runs the scenarios that stand with the definitions. Ends with 1 when one fails, when there is
 * none, or when they reach less of the release than `--min-coverage` asks for.
 */
export async function testCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals, value, flag } = parseArguments(args, { values: ["only", "format", "min-coverage"], flags: ["coverage"], positionals: { atLeast: 0, atMost: 1, missing: "" } });
  const format = TEST_FORMATS.get(value("format") ?? "text");
  if (format === undefined) throw new UsageError(`The format "${value("format") ?? ""}" is not known; use one of ${[...TEST_FORMATS.keys()].join(", ")}.`);
  const least = leastCoverage(value("min-coverage"));
  const dir = positionals[0] ?? "definitions";
  const { release } = await compileFolder(dir);
  if (release === null) throw new InputError(`The definitions in ${dir} do not compile; run "orderloom check ${dir}" to see why.`);
  const scenarios = chosen(release, value("only"), dir);
  const report = await runScenarios(scenarios, release, (done, { key }) => {
    terminal.update(`${done + 1} of ${scenarios.length}: ${key}`);
    return Promise.resolve(false);
  });
  const tested = await withPlaces(report, dir);
  const low = least !== null && percentOf(report.coverage) < least;
  const shown: TestReport = { release, scenarios: tested, coverage: flag("coverage") || least !== null ? report.coverage : null, leastCoverage: least };
  for (const line of format(shown, terminal.paint)) terminal.print(line);
  return low || tested.some(({ passed }) => !passed) ? 1 : 0;
}

function leastCoverage(text: string | undefined): number | null {
  if (text === undefined) return null;
  const least = Number(text);
  if (!(least >= 0 && least <= 100)) throw new UsageError(`"${text}" is no percentage; give a number from 0 to 100.`);
  return least;
}

function chosen(release: CompiledRelease, only: string | undefined, dir: string): readonly Scenario[] {
  const all = [...release.scenarios.values()];
  if (all.length === 0) throw new InputError(`There is no scenario in ${dir}; write one as scenario/<key>.json.`);
  if (only === undefined) return all;
  const one = release.scenarios.get(only);
  if (one === undefined) throw new InputError(`There is no scenario "${only}" in ${dir}.`, [`It has ${all.map(({ key }) => key).join(", ")}.`]);
  return [one];
}

/** The file, line and column of everything that is not as expected. */
async function withPlaces({ results }: ScenarioReport, dir: string): Promise<readonly TestedScenario[]> {
  const textOf = new Map((await readTexts(dir)).map(({ path, text }) => [path, text]));
  return results.map(({ key, title, passed, unmet }) => {
    const path = `scenario/${key}.json`;
    const file = join(dir, path);
    return { key, title, passed, file, failures: unmet.map(({ pointer, message }) => ({ pointer, message, ...locatePointer(textOf.get(path) ?? "{}", pointer) })) };
  });
}
