import { definitionSchemas } from "../../engine/language/definition-schemas.ts";

/** Where the text editor finds the files of a draft, and their schemas; nothing is fetched from there. */
export const DRAFT_ADDRESS = "inmemory://draft/";

/** The schema of each kind for the files of that kind: completion and hover. What is wrong is said by our own checks. */
export const JSON_LANGUAGE = {
  validate: true,
  allowComments: false,
  schemaValidation: "ignore",
  enableSchemaRequest: false,
  schemas: Object.entries(definitionSchemas).map(([kind, schema]) => ({ uri: `inmemory://schema/${kind}.json`, fileMatch: [`${DRAFT_ADDRESS}${kind}/*`], schema })),
} as const;
