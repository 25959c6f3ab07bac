import { canonicalJson } from "../../engine/support/canonical-json.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { isCompanionFile } from "../../engine/language/definition-file.ts";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import type { Definition } from "../../engine/language/kinds.ts";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import { parseDefinition } from "../../engine/language/parse-definition.ts";
import type { CommitFile } from "../git/repository.ts";
import { RELEASE_FILE } from "../load-release.ts";

/** A definition as a file holds it. It may be unsound; it has a kind and a key. */
export interface FiledDefinition {
  readonly path: string;
  readonly kind: string;
  readonly key: string;
  /** 0 when the file names none. */
  readonly version: number;
  readonly content: JsonObject;
  /** The content without its version, as one text: equal texts mean the same. */
  readonly meaning: string;
}

/** The files of a commit, read. */
export interface DefinitionFiles {
  /** By `kind/key`: a file that moves stays the same definition. */
  readonly definitions: ReadonlyMap<string, FiledDefinition>;
  /** JSON that is no definition: canvas positions. */
  readonly companions: readonly CommitFile[];
  readonly releaseName: string | null;
  /** Files that are no JSON, or of which two claim the same id. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the JSON files of a commit. What is wrong inside a definition is the compiler's business. */
export function readDefinitionFiles(files: readonly CommitFile[]): DefinitionFiles {
  const definitions = new Map<string, FiledDefinition>();
  const companions: CommitFile[] = [];
  const diagnostics: Diagnostic[] = [];
  let releaseName: string | null = null;
  for (const file of files) {
    const parsed = parseDefinition(file.text, file.path);
    if (!parsed.ok) {
      diagnostics.push(...parsed.diagnostics);
    } else if (file.path === RELEASE_FILE) {
      releaseName = isJsonObject(parsed.content) && typeof parsed.content["name"] === "string" ? parsed.content["name"] : null;
    } else if (isCompanionFile(file.path)) {
      companions.push(file);
    } else {
      const definition = filed(file.path, parsed.content);
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
  return { definitions, companions, releaseName, diagnostics };
}

export function idOf({ kind, key }: { readonly kind: string; readonly key: string }): string {
  return `${kind}/${key}`;
}

/** A definition as plain JSON. */
export function jsonOf(definition: Definition): JsonObject {
  return definition as unknown as JsonObject;
}

/** The definition under another version. */
export function withVersion({ content }: FiledDefinition, version: number): JsonObject {
  return { ...content, version };
}

/** The file that holds a definition, in its canonical text. */
export function fileOf(definition: JsonObject, path: string): CommitFile {
  return { path, text: formatDefinition(definition) };
}

function filed(path: string, content: Json): FiledDefinition | null {
  if (!isJsonObject(content)) return null;
  const { kind, key, version } = content;
  if (typeof kind !== "string" || typeof key !== "string") return null;
  return { path, kind, key, version: typeof version === "number" ? version : 0, content, meaning: canonicalJson({ ...content, version: 0 }) };
}
