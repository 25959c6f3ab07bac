import type { Definition } from "../../../engine/language/kinds.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";
import { editRelease, type Edit } from "../../../engine/language/examples/edit-release.ts";
import type { Draft } from "../../../engine/language/examples/minimal-release.ts";

/** The shipped definitions after a few edits: file without its ending, JSON Pointer, new value; undefined removes. */
export function revise(...edits: readonly Edit[]): readonly Definition[] {
  const files = new Map(loadDefinitions().filter(({ path }) => path !== "release.json").map(({ path, content }) => [path.replace(/\.json$/, ""), content as Draft]));
  for (const edit of edits) editRelease(files, edit);
  return [...files.values()] as unknown as readonly Definition[];
}

/** One shipped definition after a few edits of itself: JSON Pointer, new value. */
export function reviseOne(file: string, ...edits: readonly (readonly [pointer: string, value: Edit[2]])[]): Definition {
  return revise(...edits.map(([pointer, value]) => [file, pointer, value] as const)).find(({ kind, key }) => `${kind}/${key}` === file) as Definition;
}
