import { schemaOf } from "../language/schema-walk.ts";
import type { Definition } from "../language/kinds.ts";
import type { Json, JsonObject } from "../support/json.ts";
import type { Arrangement, Change, ReleaseDiff } from "./definition-diff.ts";
import { editContent } from "./edit-content.ts";
import { renameDefinitions } from "./rename-definition.ts";
import { renameElements } from "./rename-element.ts";

/**
 * The definitions after a diff, by kind and key: `applyDiff(a, diffDefinitions(a, b))` is `b`, down to the canonical text of
 * its files. Expects the definitions the diff was made from.
 */
export function applyDiff(before: readonly Definition[], diff: ReleaseDiff): readonly Definition[] {
  const renames = diff.definitions.flatMap((one) => (one.status === "renamed" ? [{ kind: one.kind, from: one.from, to: one.key }] : []));
  const definitions = new Map(renameDefinitions(before, renames).map((definition) => [`${definition.kind}/${definition.key}`, definition]));
  const arrangements = new Map(diff.arrangements.map(({ kind, key, arrangement }) => [`${kind}/${key}`, arrangement]));
  for (const one of diff.definitions) {
    const id = `${one.kind}/${one.key}`;
    if (one.status === "removed") definitions.delete(id);
    else if (one.status === "added") definitions.set(id, one.definition);
    else definitions.set(id, edited(definitions.get(id), one.changes, arrangements.get(id) ?? []));
    arrangements.delete(id);
  }
  for (const [id, arrangement] of arrangements) definitions.set(id, edited(definitions.get(id), [], arrangement));
  return [...definitions].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, definition]) => definition);
}

function edited(definition: Definition | undefined, changes: readonly Change[], arrangement: readonly Arrangement[]): Definition {
  const content = (definition ?? {}) as unknown as JsonObject;
  const renames = changes.flatMap(({ path, ...change }) => (change.op === "rename" ? [{ list: path[0] ?? "", property: change.property, from: change.from, to: change.to }] : []));
  const renamed: Json = renameElements(content, renames);
  return editContent(renamed, [...changes, ...arrangement], schemaOf(content)) as unknown as Definition;
}
