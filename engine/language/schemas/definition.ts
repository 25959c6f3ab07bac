import type { JsonObject } from "../../support/json.ts";
import { integer, key, text } from "./parts.ts";

/**
 * The schema of one kind: the properties every definition has, then its own. Property order is the order in which files
 * are written.
 */
export function definition(
  kind: string,
  words: { readonly title: string; readonly description: string; readonly example: string },
  properties: { readonly [name: string]: JsonObject },
  required: readonly string[],
  extra: JsonObject = {},
): JsonObject {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `orderloom:${kind}`,
    title: words.title,
    description: words.description,
    type: "object",
    additionalProperties: false,
    properties: {
      kind: { const: kind, title: "Kind", description: "What this file defines; also the name of its folder.", examples: [kind] },
      key: key("Key", "Name of this definition, unique in its kind; also the name of its file.", words.example),
      version: integer("Version", "Number of the published version. Promotion assigns it; drafts leave it alone.", 1, { minimum: 1 }),
      title: text("Title", "What people call it, in a few words.", [words.title]),
      description: text("Description", "What it is for, in a sentence or two.", [words.description]),
      ...properties,
    },
    required: ["kind", "key", "version", "title", "description", ...required],
    ...extra,
  };
}
