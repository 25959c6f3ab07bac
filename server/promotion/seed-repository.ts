import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import { parseDefinition } from "../../engine/language/parse-definition.ts";
import type { CommitFile } from "../git/repository.ts";
import { promotionStatements } from "../store/promotion-store.ts";
import { fileOf, idOf, jsonOf, readDefinitionFiles, releaseFileOf, scenarioFilesOf } from "./definition-files.ts";
import { signatureOf } from "./four-eyes.ts";
import type { PromotionContext } from "./promotion-context.ts";

/**
 * Gives a repository without the target branch its first commit: the release that is active when the database knows one
 * already, else the definitions folder. From then on the branch is the truth.
 */
export async function seedRepository(context: PromotionContext, folder: readonly CommitFile[], folderRelease: CompiledRelease, at: string): Promise<void> {
  const { repository, releases, database, target } = context;
  if ((await repository.head(target)) !== null) return;
  const active = releases.active();
  const release = active ?? folderRelease;
  const files = active === null ? canonicalFiles(folder) : filesOfRelease(active, folder);
  const reason = active === null ? "The definitions folder of the first start" : "The active release of the database, for a new repository";
  const commit = await repository.write({
    base: null, parents: [], changes: new Map(files.map(({ path, text }) => [path, text])), author: signatureOf("orderloom"), at, message: `Begin with ${release.name}\n\n${reason}.`,
  });
  await releases.put(release, at);
  await database.write(promotionStatements({ commit, kind: "seed", releaseName: release.name, digest: release.digest, changeSet: null, before: null, actor: "server", at, reason }));
  // Another process may have been faster; its commit is as good as ours.
  await repository.move(target, commit, null);
}

/** The canonical texts of a folder's files; what is no JSON stays as it is. */
export function canonicalFiles(folder: readonly CommitFile[]): readonly CommitFile[] {
  return folder.map(({ path, text }) => {
    const parsed = parseDefinition(text, path);
    return { path, text: parsed.ok ? formatDefinition(parsed.content) : text };
  });
}

function filesOfRelease(release: CompiledRelease, folder: readonly CommitFile[]): readonly CommitFile[] {
  const files = readDefinitionFiles(folder);
  return [
    ...release.published.map((definition) => fileOf(jsonOf(definition), files.definitions.get(idOf(definition))?.path ?? `${idOf(definition)}.json`)),
    ...scenarioFilesOf(files),
    ...files.companions,
    releaseFileOf(release.name, release.languageVersion),
  ];
}
