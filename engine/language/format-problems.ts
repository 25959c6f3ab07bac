import type { LocatedDiagnostic } from "./locate-problems.ts";

/** How the problems of a check are written: for people, for a review, for the annotations of a GitHub workflow. */
export const PROBLEM_FORMATS = ["text", "markdown", "github"] as const;

export type ProblemFormat = (typeof PROBLEM_FORMATS)[number];

/** The lines of some problems; none when there are none. `file` of a problem is what the reader opens. */
export function formatProblems(problems: readonly LocatedDiagnostic[], format: ProblemFormat): readonly string[] {
  if (problems.length === 0) return [];
  switch (format) {
    case "text":
      return problems.map((problem) => `${placeOf(problem)} ${codeOf(problem)} ${problem.message}`);
    case "github":
      return problems.map(workflowCommand);
    case "markdown":
      return ["| | Where | Code | What to do |", "|---|---|---|---|", ...problems.map(tableRow)];
  }
}

/** `file:line:column`. */
export function placeOf({ file, line, column }: LocatedDiagnostic): string {
  return `${file}:${line}:${column}`;
}

/** The code; a warning says so in words, because color is no information. */
export function codeOf({ code, severity }: LocatedDiagnostic): string {
  return severity === "error" ? code : `warning ${code}`;
}

/** A command of GitHub's workflow log, which becomes an annotation in the changed file. */
function workflowCommand({ severity, file, line, column, code, message }: LocatedDiagnostic): string {
  return `::${severity} file=${property(file)},line=${line},col=${column},title=${property(code)}::${data(message)}`;
}

const data = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

function tableRow(problem: LocatedDiagnostic): string {
  return `| ${problem.severity} | \`${placeOf(problem)}\` | \`${problem.code}\` | ${cell(problem.message)} |`;
}

/** What a message may hold and a table cell may not: other cells, other lines, markup. */
const cell = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>|~]/g, "\\$&").replaceAll(/\s*\n\s*/g, " ");
