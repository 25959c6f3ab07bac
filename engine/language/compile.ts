import { compileRelease } from "./compile-release.ts";
import { allChecks } from "./checks/all-checks.ts";
import type { CompileContext } from "./compile-context.ts";
import type { CompiledRelease } from "./compiled-release.ts";
import type { DefinitionFile } from "./definition-file.ts";
import { DiagnosticLog } from "./diagnostic-log.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { readDefinitions } from "./read-definitions.ts";
import { resolveReferences } from "./resolve-references.ts";

export type Compilation =
  | { readonly ok: true; readonly release: CompiledRelease; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export interface CompileOptions {
  /** Name of the release; no part of its digest. */
  readonly name: string;
  /** The roles that people hold, when the caller knows all of them: then a role that nobody holds is reported. */
  readonly roles?: Iterable<string>;
}

/**
 * Compiles a set of definition files into a release that can run, or says what is wrong with them. Never throws on bad
 * input. Each problem names file, place and what to do; at most `LIMITS.diagnostics` are listed. Problems come in three
 * waves, because later ones would only repeat earlier ones: each file by itself, references between files, and what the
 * definitions mean together. The digest depends on the content alone, not on the order of files or properties, nor on
 * `options.name`.
 */
export function compile(files: readonly DefinitionFile[], options: CompileOptions): Compilation {
  const log = new DiagnosticLog();
  const index = readDefinitions(files, log);
  if (!log.hasErrors) resolveReferences(index, log);
  if (log.hasErrors) return { ok: false, diagnostics: log.list() };
  const context: CompileContext = { index, reportFor: (file) => log.for(file), roles: options.roles ? new Set(options.roles) : null };
  const release = compileRelease(context, options.name);
  for (const check of allChecks) check(context);
  return log.hasErrors ? { ok: false, diagnostics: log.list() } : { ok: true, release, warnings: log.list() };
}
