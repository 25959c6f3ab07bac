import { checkAgainst } from "../../engine/language/check-against.ts";
import { compile } from "../../engine/language/compile.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import type { Definition } from "../../engine/language/kinds.ts";
import { LANGUAGE_VERSION } from "../../engine/language/language-version.ts";
import type { CommitFile } from "../git/repository.ts";
import { fileOf, idOf, jsonOf, meaningOf, releaseFileOf, withVersion, type DefinitionFiles, type FiledDefinition } from "./definition-files.ts";
import type { PublishedVersions } from "./published-versions.ts";

/** What one definition is to the release a draft would become. */
export interface DefinitionChange {
  readonly kind: string;
  readonly key: string;
  readonly title: string;
  readonly change: "added" | "changed" | "removed" | "moved";
  readonly path: string;
  /** Its version in the release; null when it is removed. */
  readonly version: number | null;
  readonly versionBefore: number | null;
}

/** What a candidate is made of. */
export interface CandidateParts {
  /** The files that are live, and those of the draft. */
  readonly live: DefinitionFiles;
  readonly draft: DefinitionFiles;
  /** The definitions of the active release: what keeps its content keeps its version, and nothing orders rely on may disappear. */
  readonly inUse: readonly Definition[];
  /** `kind/key` of what the migration of orders takes care of. */
  readonly migrated: readonly string[];
  readonly published: PublishedVersions;
  readonly name: string;
}

/** The release a draft would become, or why it cannot become one. */
export interface Candidate {
  readonly changes: readonly DefinitionChange[];
  /** All JSON files of the release, with versions assigned. */
  readonly files: readonly CommitFile[];
  readonly release: CompiledRelease | null;
  /** Errors when there is no release, and warnings. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes a release of a draft's files: exactly the definitions whose content differs from the active release get a new
 * version, one above every version ever published under their key; versions an author wrote are not looked at. The digest
 * follows from both alone, so what was reviewed is what is promoted; the name is not part of it.
 */
export function buildCandidate({ live, draft, inUse, migrated, published, name }: CandidateParts): Candidate {
  const changes = describeChanges({ live, draft, inUse, published });
  const versionOf = versionsOf(inUse, published);
  const definitions = [...draft.definitions.values()].map((definition) => ({ path: definition.path, content: withVersion(definition, versionOf(definition)) }));
  const files = [
    ...definitions.map(({ path, content }) => fileOf(content, path)),
    ...draft.companions,
    releaseFileOf(name, LANGUAGE_VERSION),
  ];
  if (draft.diagnostics.length > 0) return { changes, files, release: null, diagnostics: draft.diagnostics };
  const compilation = compile(definitions, { name });
  if (!compilation.ok) return { changes, files, release: null, diagnostics: compilation.diagnostics };
  const diagnostics = [...checkAgainst(inUse, compilation.release.definitions, { migrated }), ...compilation.warnings];
  return { changes, files, release: diagnostics.some(({ severity }) => severity === "error") ? null : compilation.release, diagnostics };
}

/** What differs in content, or in place, by kind and key. */
export function describeChanges({ live, draft, inUse, published }: Pick<CandidateParts, "live" | "draft" | "inUse" | "published">): readonly DefinitionChange[] {
  return compareFiles(live, draft, versionsOf(inUse, published));
}

/** The same for files whose versions are assigned: those of two commits of the target branch. */
export function describePromoted(before: DefinitionFiles, after: DefinitionFiles): readonly DefinitionChange[] {
  return compareFiles(before, after, ({ version }) => version);
}

function compareFiles(live: DefinitionFiles, draft: DefinitionFiles, versionOf: (definition: FiledDefinition) => number): readonly DefinitionChange[] {
  const changes: DefinitionChange[] = [];
  for (const [id, definition] of draft.definitions) {
    const before = live.definitions.get(id);
    const versionBefore = before === undefined ? null : versionOf(before);
    if (before === undefined) changes.push({ ...headOf(definition), change: "added", version: versionOf(definition), versionBefore });
    else if (before.meaning !== definition.meaning) changes.push({ ...headOf(definition), change: "changed", version: versionOf(definition), versionBefore });
    else if (before.path !== definition.path) changes.push({ ...headOf(definition), change: "moved", version: versionBefore, versionBefore });
  }
  for (const [id, before] of live.definitions) {
    if (!draft.definitions.has(id)) changes.push({ ...headOf(before), change: "removed", version: null, versionBefore: versionOf(before) });
  }
  return changes.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

/**
 * The version a definition has in a release: that of the active release while its content is the same, else a new one.
 * Scenarios belong to no release and keep theirs.
 */
function versionsOf(inUse: readonly Definition[], published: Pick<PublishedVersions, "highest">): (definition: FiledDefinition) => number {
  const active = new Map(inUse.map((definition) => [idOf(definition), { version: definition.version, meaning: meaningOf(jsonOf(definition)) }]));
  return (definition) => {
    if (definition.kind === "scenario") return Math.max(definition.version, 1);
    const same = active.get(idOf(definition));
    return same?.meaning === definition.meaning ? same.version : published.highest(idOf(definition)) + 1;
  };
}

function headOf({ kind, key, path, content }: FiledDefinition): Pick<DefinitionChange, "kind" | "key" | "title" | "path"> {
  const { title } = content;
  return { kind, key, path, title: typeof title === "string" ? title : key };
}
