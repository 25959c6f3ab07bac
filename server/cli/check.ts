import { join } from "node:path";
import { explainCheck, explainedCodes } from "../../engine/language/examples/explain-check.ts";
import { codeOf, formatProblems, placeOf } from "../../engine/language/format-problems.ts";
import { suggest } from "../../engine/language/suggest.ts";
import { compileFolder, type CompiledFolder } from "./compile-folder.ts";
import { parseArguments } from "./parse-arguments.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const FORMATS = ["text", "json", "github", "markdown"] as const;

/** `orderloom check [DIR]`: compiles definitions and lists what is wrong with them; `--explain CODE` says what a code means. */
export async function checkCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals, value } = parseArguments(args, { values: ["format", "explain", "roles"], flags: [], positionals: { atLeast: 0, atMost: 1, missing: "" } });
  const code = value("explain");
  if (code !== undefined) return explain(code, terminal);
  const wanted = value("format") ?? "text";
  const format = FORMATS.find((each) => each === wanted);
  if (format === undefined) throw new UsageError(`The format "${wanted}" is not known; use ${FORMATS.join(", ")}.`);
  const dir = positionals[0] ?? "definitions";
  const roles = value("roles")?.split(",").map((role) => role.trim()).filter((role) => role !== "");
  const compiled = inFolder(dir, await compileFolder(dir, roles ? { roles } : {}));
  if (format === "json") terminal.print(JSON.stringify(toReport(compiled), null, 2));
  else if (format === "text") printText(compiled, terminal);
  else {
    for (const line of formatProblems(compiled.problems, format)) terminal.print(line);
    if (format === "markdown") terminal.print(`${compiled.problems.length > 0 ? "\n" : ""}${summaryOf(compiled)}`);
  }
  return compiled.release === null ? 1 : 0;
}

function explain(code: string, terminal: Terminal): number {
  const help = explainCheck(code);
  if (help === null) throw new UsageError(`There is no code "${code}"${suggest(code, explainedCodes())}`);
  const { severity, explanation, fix, example } = help;
  terminal.print(`${terminal.paint(severity === "error" ? "bad" : "attention", code)} (${severity})`);
  terminal.print(`${explanation}\n${fix}`);
  if (example === null) return 0;
  terminal.print(`\nFor example, when ${example.when}:`);
  for (const line of example.changes) terminal.print(`  ${line}`);
  for (const line of example.answer) terminal.print(`  ${terminal.paint("quiet", "->")} ${line}`);
  return 0;
}

/** Problems name their files as the reader opens them. */
function inFolder(dir: string, compiled: CompiledFolder): CompiledFolder {
  return { ...compiled, problems: compiled.problems.map((problem) => ({ ...problem, file: join(dir, problem.file).replaceAll("\\", "/") })) };
}

function printText(compiled: CompiledFolder, terminal: Terminal): void {
  for (const problem of compiled.problems) {
    terminal.print(`${placeOf(problem)} ${terminal.paint(problem.severity === "error" ? "bad" : "attention", codeOf(problem))} ${problem.message}`);
  }
  terminal.print(terminal.paint(compiled.release === null ? "bad" : "good", summaryOf(compiled)));
}

function summaryOf({ files, release, problems }: CompiledFolder): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  const found = [errors > 0 ? counted(errors, "error") : "", warnings > 0 ? counted(warnings, "warning") : ""].filter(Boolean).join(", ");
  if (release === null) return `${found} in ${counted(files, "file")}; the definitions do not compile.`;
  return `Release ${release.name} compiles${found === "" ? "" : ` with ${found}`}: ${counted(release.definitions.length, "definition")}, digest ${release.digest}`;
}

function toReport({ files, release, problems }: CompiledFolder) {
  return {
    ok: release !== null,
    name: release?.name ?? null,
    digest: release?.digest ?? null,
    files,
    definitions: release?.definitions.length ?? null,
    problems: problems.map(({ file, line, column, code, severity, path, message }) => ({ file, line, column, code, severity, path, message })),
  };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
