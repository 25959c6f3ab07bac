/** One file as it stands in a folder or a bundle: where it is and its JSON, already parsed. */
export interface DefinitionFile {
  /** Ends in `<kind>/<key>.json`. Files named `*.layout.json` and `release.json` are no definitions and are ignored. */
  readonly path: string;
  readonly content: unknown;
}

/** True for the files beside definitions that hold no definition: canvas positions and the name of the release. */
export function isCompanionFile(path: string): boolean {
  return path.endsWith(".layout.json") || path === "release.json" || path.endsWith("/release.json");
}
