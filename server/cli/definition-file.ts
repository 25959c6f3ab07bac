import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseDefinition } from "../../engine/language/parse-definition.ts";
import { isJsonObject } from "../../engine/support/json.ts";
import type { SavedFile } from "../promotion/drafts.ts";
import { EnvironmentError, InputError } from "./usage-error.ts";

/** A definition in a file anywhere, with the place its kind and key give it in a draft. */
export function definitionFile(file: string): SavedFile {
  const text = read(file);
  const parsed = parseDefinition(text, file);
  if (!parsed.ok) throw new InputError(`${file} is no definition: ${parsed.diagnostics[0]?.message ?? "it is no JSON"}`);
  const { kind, key } = isJsonObject(parsed.content) ? parsed.content : {};
  if (typeof kind === "string" && typeof key === "string") return { path: `${kind}/${key}.json`, text };
  if (file.endsWith(".layout.json")) return { path: `plan-template/${basename(file)}`, text };
  throw new InputError(`${file} is no definition: it names no kind and key.`);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new EnvironmentError(`${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`);
  }
}
