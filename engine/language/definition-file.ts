import { definitionSchemas } from "./definition-schemas.ts";

/** One file as it stands in a folder or a bundle: where it is and its JSON, already parsed. */
export interface DefinitionFile {
  /** Ends in `<kind>/<key>.json`. Companion files are ignored. */
  readonly path: string;
  readonly content: unknown;
}

/** True for the files beside definitions that hold none: canvas positions, and the name of the release above the kinds' folders. */
export function isCompanionFile(path: string): boolean {
  if (path.endsWith(".layout.json")) return true;
  const segments = path.split("/");
  const folder = segments.at(-2);
  return segments.at(-1) === "release.json" && (folder === undefined || !Object.hasOwn(definitionSchemas, folder));
}
