import { compile, type Compilation } from "../../engine/language/compile.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { problem } from "../problems/problem.ts";
import { readReleaseNames, wasActivated } from "../store/promotion-store.ts";
import { buildCandidate } from "./build-candidate.ts";
import { unsound } from "./candidate-of.ts";
import { idOf, readDefinitionFiles, type DefinitionFiles } from "./definition-files.ts";
import type { PromotionContext } from "./promotion-context.ts";
import type { PublishedVersions } from "./published-versions.ts";
import { nextReleaseName } from "./release-name.ts";

/**
 * The release of a commit that reached the target branch without a promotion of ours. The first one a database sees is what
 * its branch holds. After that only a remote whose own reviews are believed may bring one; its versions and its name are then
 * assigned as a promotion here would, because a merge on the remote assigns none.
 */
export async function arrivedRelease(context: PromotionContext, commit: string, at: string): Promise<CompiledRelease> {
  const { database, releases, repository, target } = context;
  const files = await context.filesOf(commit);
  const active = releases.active();
  if (active === null || !(await wasActivated(database.select, null))) return compileFiles(files);
  if (context.reviewIn !== "remote") {
    throw problem("promotion-unreviewed", `Nobody promoted commit ${commit.slice(0, 12)} of ${target}. Submit it as a draft, or let the remote review (ORDERLOOM_DEFINITIONS_REVIEW=remote).`);
  }
  const before = (await releases.activations(1))[0]?.commit ?? null;
  const live = before !== null && (await repository.has(before)) ? await context.filesOf(before) : readDefinitionFiles([]);
  const published = await context.published();
  refuseVersionsByHand(live, files, published);
  const taken = await readReleaseNames(database.select);
  const name = files.releaseName !== null && !taken.has(files.releaseName) ? files.releaseName : nextReleaseName(at, taken);
  const { release, diagnostics } = buildCandidate({ live, draft: files, inUse: active.definitions, migrated: [], published, name });
  if (release === null) throw unsound(diagnostics);
  return release;
}

/** The release that files are as they stand. */
export function compileFiles(files: DefinitionFiles): CompiledRelease {
  if (files.diagnostics.length > 0) throw unsound(files.diagnostics);
  const compilation = compilationOf(files);
  if (!compilation.ok) throw unsound(compilation.diagnostics);
  return compilation.release;
}

/** The same, or null when the files are not sound. */
export function compileSound(files: DefinitionFiles): CompiledRelease | null {
  const compilation = compilationOf(files);
  return files.diagnostics.length === 0 && compilation.ok ? compilation.release : null;
}

function compilationOf({ definitions, releaseName, languageVersion }: DefinitionFiles): Compilation {
  return compile([...definitions.values()], { name: releaseName ?? "unnamed", languageVersion });
}

/** A version somebody wrote does not go back, and does not give a published version another content. */
function refuseVersionsByHand(live: DefinitionFiles, files: DefinitionFiles, published: PublishedVersions): void {
  const found: Diagnostic[] = [];
  for (const definition of files.definitions.values()) {
    const id = idOf(definition);
    const before = live.definitions.get(id);
    if (before === undefined || before.version === definition.version) continue;
    const problemOf = (code: string, message: string) => found.push({ code, severity: "error", file: definition.path, path: "/version", message });
    if (definition.version < before.version) problemOf("version-order", `Version ${before.version} is published, so ${definition.version} would go back; leave the version to promotion.`);
    else if (!published.fits(id, definition.version, definition.content)) problemOf("version-immutable", `Version ${definition.version} was published with another content; leave the version to promotion.`);
  }
  if (found.length > 0) throw unsound(found);
}
