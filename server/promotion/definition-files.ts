import { canonicalJson } from "../../engine/support/canonical-json.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { isCompanionFile } from "../../engine/language/definition-file.ts";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import type { PublishedDefinition } from "../../engine/language/release-bundle.ts";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import { parseDefinition } from "../../engine/language/parse-definition.ts";
import { knowsLanguage, upgradeDefinitions } from "../../engine/language/upgrade/upgrade-definitions.ts";
import type { CommitFile } from "../git/repository.ts";
import { RELEASE_FILE, releaseOptions } from "../load-release.ts";

/** A definition as a file holds it. It may be unsound; it has a kind and a key. */
export interface FiledDefinition {
  readonly path: string;
  readonly kind: string;
  readonly key: string;
  /** 0 when the file names none. */
  readonly version: number;
  /** As it is written. */
  readonly content: JsonObject;
  /** The same in the language of today. */
  readonly today: JsonObject;
  /** What it says today, by `meaningOf`. */
  readonly meaning: string;
}

/** The files of a commit, read. */
export interface DefinitionFiles {
  /** By `kind/key`: a file that moves stays the same definition. */
  readonly definitions: ReadonlyMap<string, FiledDefinition>;
  /** JSON that is no definition: canvas positions. */
  readonly companions: readonly CommitFile[];
  readonly releaseName: string | null;
  /** The version of the language in which the definitions are written. */
  readonly languageVersion: number;
  /** Files that are no JSON, or of which two claim the same id. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the JSON files of a commit. What is wrong inside a definition is the compiler's business. */
export function readDefinitionFiles(files: readonly CommitFile[]): DefinitionFiles {
  const definitions = new Map<string, FiledDefinition>();
  const companions: CommitFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const { languageVersion, releaseName } = headOf(files);
  for (const file of files) {
    const parsed = parseDefinition(file.text, file.path);
    if (!parsed.ok) {
      diagnostics.push(...parsed.diagnostics);
    } else if (isCompanionFile(file.path)) {
      if (file.path !== RELEASE_FILE) companions.push(file);
    } else {
      const definition = filed(file.path, parsed.content, languageVersion);
      const id = definition === null ? null : idOf(definition);
      if (definition === null || id === null) {
        diagnostics.push({ code: "malformed", severity: "error", file: file.path, path: "", message: "A definition is a JSON object with kind, key, version, title and description." });
      } else if (definitions.has(id)) {
        diagnostics.push({ code: "duplicate-id", severity: "error", file: file.path, path: "/key", message: `${id} stands in ${definitions.get(id)?.path ?? ""} too; keep one of them.` });
      } else {
        definitions.set(id, definition);
      }
    }
  }
  return { definitions, companions, releaseName, languageVersion, diagnostics };
}

export function idOf({ kind, key }: { readonly kind: string; readonly key: string }): string {
  return `${kind}/${key}`;
}

/** The content without its version, as one text: equal texts mean the same. */
export function meaningOf(content: JsonObject): string {
  return canonicalJson({ ...content, version: 0 });
}

/** A definition as plain JSON. */
export function jsonOf(definition: PublishedDefinition): JsonObject {
  return definition as unknown as JsonObject;
}

/** The definition under another version, in the language of today. */
export function withVersion({ today }: FiledDefinition, version: number): JsonObject {
  return { ...today, version };
}

/** The tests among the files: they belong to no release, so whoever writes the files of one takes them over. */
export function scenarioFilesOf({ definitions }: DefinitionFiles): readonly CommitFile[] {
  return [...definitions.values()].filter(({ kind }) => kind === "scenario").map(({ content, path }) => fileOf(content, path));
}

/** The file that names a release and the language its definitions are written in. */
export function releaseFileOf(name: string, languageVersion: number): CommitFile {
  return fileOf({ name, languageVersion }, RELEASE_FILE);
}

/** The file that holds a definition, in its canonical text. */
export function fileOf(definition: JsonObject, path: string): CommitFile {
  return { path, text: formatDefinition(definition) };
}

/** What the release file says; a file that is no JSON is reported with the others and says nothing. */
function headOf(files: readonly CommitFile[]): Pick<DefinitionFiles, "releaseName" | "languageVersion"> {
  const file = files.find(({ path }) => path === RELEASE_FILE);
  const parsed = file && parseDefinition(file.text, file.path);
  const content = parsed?.ok === true && isJsonObject(parsed.content) ? parsed.content : {};
  return { releaseName: typeof content["name"] === "string" ? content["name"] : null, languageVersion: releaseOptions(content).languageVersion };
}

function filed(path: string, content: Json, languageVersion: number): FiledDefinition | null {
  if (!isJsonObject(content)) return null;
  const { kind, key, version } = content;
  if (typeof kind !== "string" || typeof key !== "string") return null;
  const [upgraded] = knowsLanguage(languageVersion) ? upgradeDefinitions([content], languageVersion) : [];
  const today = isJsonObject(upgraded) ? upgraded : content;
  return { path, kind, key, version: typeof version === "number" ? version : 0, content, today, meaning: meaningOf(today) };
}
