import { join } from "node:path";
import { compileFolder, type CompiledFolder, type LocatedDiagnostic } from "./compile-folder.ts";
import { parseArguments } from "./parse-arguments.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** `orderloom check [DIR]`: compiles definitions and lists what is wrong with them. */
export async function checkCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals, value } = parseArguments(args, { values: ["format"], flags: [], positionals: { atLeast: 0, atMost: 1, missing: "" } });
  const format = value("format") ?? "text";
  if (format !== "text" && format !== "json") throw new UsageError(`The format "${format}" is not known; use text or json.`);
  const dir = positionals[0] ?? "definitions";
  const compiled = await compileFolder(dir);
  if (format === "json") terminal.print(JSON.stringify(toReport(dir, compiled), null, 2));
  else printText(dir, compiled, terminal);
  return compiled.release === null ? 1 : 0;
}

function printText(dir: string, { files, release, problems }: CompiledFolder, terminal: Terminal): void {
  for (const problem of problems) {
    const place = `${join(dir, problem.file)}:${problem.line}:${problem.column}`;
    terminal.print(`${place} ${terminal.paint(problem.severity === "error" ? "bad" : "attention", codeOf(problem))} ${problem.message}`);
  }
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  const found = [errors > 0 ? counted(errors, "error") : "", warnings > 0 ? counted(warnings, "warning") : ""].filter(Boolean).join(", ");
  if (release === null) terminal.print(terminal.paint("bad", `${found} in ${counted(files, "file")}; the definitions do not compile.`));
  else terminal.print(`${terminal.paint("good", `Release ${release.name} compiles`)}${found === "" ? "" : ` with ${found}`}: ${counted(release.definitions.length, "definition")}, digest ${release.digest}`);
}

/** A warning says so in words, too: color is no information. */
function codeOf(problem: LocatedDiagnostic): string {
  return problem.severity === "error" ? problem.code : `warning ${problem.code}`;
}

function toReport(dir: string, { files, release, problems }: CompiledFolder) {
  return {
    ok: release !== null,
    name: release?.name ?? null,
    digest: release?.digest ?? null,
    files,
    definitions: release?.definitions.length ?? null,
    problems: problems.map(({ file, line, column, code, severity, path, message }) => ({ file: join(dir, file), line, column, code, severity, path, message })),
  };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
