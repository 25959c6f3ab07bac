import { compileRelease } from "./compile-release.ts";
import { allChecks } from "./checks/all-checks.ts";
import type { CompileContext } from "./compile-context.ts";
import type { CompiledRelease } from "./compiled-release.ts";
import type { DefinitionFile } from "./definition-file.ts";
import { DiagnosticLog } from "./diagnostic-log.ts";
import type { Diagnostic, Report } from "./diagnostic.ts";
import { LANGUAGE_VERSION } from "./language-version.ts";
import { readDefinitions } from "./read-definitions.ts";
import { resolveReferences } from "./resolve-references.ts";
import { knowsLanguage, upgradeDefinitions } from "./upgrade/upgrade-definitions.ts";

export type Compilation =
  | { readonly ok: true; readonly release: CompiledRelease; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export interface CompileOptions {
  /** Name of the release; no part of its digest. */
  readonly name: string;
  /** The roles that people hold, when the caller knows all of them: then a role that nobody holds is reported. */
  readonly roles?: Iterable<string>;
  /** Version of the language the files are written in; today's when left out. */
  readonly languageVersion?: number;
}

/** The file of a folder that names its release and its language. */
const RELEASE_FILE = "release.json";

/**
 * Compiles a set of definition files into a release that can run, or says what is wrong with them. Never throws on bad
 * input. Each problem names file, place and what to do; at most `LIMITS.diagnostics` are listed. Problems come in three
 * waves, because later ones would only repeat earlier ones: each file by itself, references between files, and what the
 * definitions mean together. The digest depends on the content alone, not on the order of files or properties, nor on
 * `options.name`. Files of an older language are compiled as an upgraded copy; their digest stays what it always was.
 */
export function compile(files: readonly DefinitionFile[], options: CompileOptions): Compilation {
  const log = new DiagnosticLog();
  const { name, languageVersion = LANGUAGE_VERSION } = options;
  checkLanguage(languageVersion, log.for(RELEASE_FILE));
  if (log.hasErrors) return { ok: false, diagnostics: log.list() };
  const upgraded = upgradeDefinitions(files.map(({ content }) => content), languageVersion);
  const index = readDefinitions(files.map(({ path }, position) => ({ path, content: upgraded[position] })), log);
  if (!log.hasErrors) resolveReferences(index, log);
  if (log.hasErrors) return { ok: false, diagnostics: log.list() };
  const context: CompileContext = { index, reportFor: (file) => log.for(file), roles: options.roles ? new Set(options.roles) : null };
  const { release, tables } = compileRelease(context, { name, languageVersion, files });
  for (const check of allChecks) check({ ...context, tables });
  return log.hasErrors ? { ok: false, diagnostics: log.list() } : { ok: true, release, warnings: log.list() };
}

function checkLanguage(version: number, report: Report): void {
  if (!knowsLanguage(version)) {
    report("language-version-unsupported", "/languageVersion", `These definitions are written in version ${version} of the language, and this program knows versions 1 to ${LANGUAGE_VERSION}; use a newer program.`);
  } else if (version < LANGUAGE_VERSION) {
    report("language-version-outdated", "/languageVersion", `These definitions are written in version ${version} of the language, and today's is ${LANGUAGE_VERSION}; run "orderloom upgrade".`);
  }
}
