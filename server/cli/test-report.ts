import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { percentOf, type Coverage } from "../../engine/scenario/coverage.ts";
import type { Paint } from "./terminal.ts";

/** What `orderloom test` found, ready to be printed. */
export interface TestReport {
  readonly release: CompiledRelease;
  readonly scenarios: readonly TestedScenario[];
  /** null when nobody asked. */
  readonly coverage: Coverage | null;
  /** Percent that must be reached; null when any is good. */
  readonly leastCoverage: number | null;
}

export interface TestedScenario {
  readonly key: string;
  readonly title: string;
  readonly passed: boolean;
  readonly file: string;
  readonly failures: readonly { readonly pointer: string; readonly line: number; readonly column: number; readonly message: string }[];
}

/** A report as lines. */
export type TestFormat = (report: TestReport, paint: Paint) => readonly string[];

export const TEST_FORMATS: ReadonlyMap<string, TestFormat> = new Map([["text", asText], ["json", asJson], ["junit", asJunit], ["markdown", asMarkdown]]);

function asText({ scenarios, coverage, leastCoverage }: TestReport, paint: Paint): readonly string[] {
  const width = Math.max(...scenarios.map(({ key }) => key.length));
  return [
    ...scenarios.flatMap(({ key, title, passed, file, failures }) => [
      `${passed ? paint("good", "✓") : paint("bad", "✗")} ${key.padEnd(width)}  ${title}`,
      ...failures.map(({ line, column, message }) => `    ${file}:${line}:${column} ${message}`),
    ]),
    "",
    paint(scenarios.every(({ passed }) => passed) ? "good" : "bad", summaryOf(scenarios)),
    ...(coverage === null ? [] : ["", ...coverageLines(coverage, leastCoverage, paint)]),
  ];
}

function coverageLines(coverage: Coverage, least: number | null, paint: Paint): readonly string[] {
  const tone = least !== null && percentOf(coverage) < least ? "bad" : "strong";
  const width = Math.max(...coverage.groups.map(({ name }) => name.length));
  return [
    paint(tone, `Coverage ${shareOf(coverage)}${least === null ? "" : `, at least ${least}% wanted`}`),
    ...coverage.groups.flatMap((group) => [`  ${group.name.padEnd(width)}  ${shareOf(group)}`, ...group.missed.map((name) => `    ${paint("attention", `never: ${name}`)}`)]),
  ];
}

function shareOf({ reached, total }: Pick<Coverage, "reached" | "total">): string {
  return `${reached} of ${total} (${percentOf({ reached, total })}%)`;
}

function summaryOf(scenarios: TestReport["scenarios"]): string {
  return `${scenarios.filter(({ passed }) => passed).length} of ${scenarios.length} scenarios passed.`;
}

function asJson({ release, scenarios, coverage, leastCoverage }: TestReport): readonly string[] {
  const passed = scenarios.every((scenario) => scenario.passed) && (coverage === null || percentOf(coverage) >= (leastCoverage ?? 0));
  return [JSON.stringify({ passed, release: { name: release.name, digest: release.digest }, scenarios, coverage }, null, 2)];
}

/** What test reporters of pipelines read: one case per scenario. */
function asJunit({ scenarios }: TestReport): readonly string[] {
  const failed = scenarios.filter(({ passed }) => !passed).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${scenarios.length}" failures="${failed}">`,
    `  <testsuite name="scenarios" tests="${scenarios.length}" failures="${failed}">`,
    ...scenarios.flatMap(({ key, title, passed, file, failures }) =>
      passed
        ? [`    <testcase classname="scenario" name="${xml(key)}: ${xml(title)}" file="${xml(file)}"/>`]
        : [
            `    <testcase classname="scenario" name="${xml(key)}: ${xml(title)}" file="${xml(file)}">`,
            `      <failure message="${xml(failures[0]?.message ?? "")}">${xml(failures.map(({ line, column, message }) => `${file}:${line}:${column} ${message}`).join("\n"))}</failure>`,
            "    </testcase>",
          ]),
    "  </testsuite>",
    "</testsuites>",
  ];
}

function xml(text: string): string {
  // XML has no way to write most control characters.
  return text.replaceAll(/[^\P{Cc}\t\n\r]/gu, "\uFFFD").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** What a review shows. */
function asMarkdown({ scenarios, coverage }: TestReport): readonly string[] {
  const failed = scenarios.filter(({ passed }) => !passed);
  return [
    "## Scenarios", "", summaryOf(scenarios),
    ...failed.flatMap(({ key, title, file, failures }) => ["", `### ✗ ${md(title)} (\`${key}\`)`, "", ...failures.map(({ line, message }) => `- \`${file}:${line}\` ${md(message)}`)]),
    ...(coverage === null ? [] : ["", "## Coverage", "", "| | reached | of | |", "|---|---|---|---|", ...coverage.groups.map((group) => `| ${group.name} | ${group.reached} | ${group.total} | ${percentOf(group)}% |`)]),
    ...(coverage === null ? [] : coverage.groups.flatMap(({ missed }) => missed).map((name, position) => `${position === 0 ? "\nNever reached:\n\n" : ""}- \`${name}\``)),
  ];
}

function md(text: string): string {
  return text.replaceAll(/[\\`*_<>|]/g, "\\$&");
}
