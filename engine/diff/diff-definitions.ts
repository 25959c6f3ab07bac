import { schemaOf } from "../language/schema-walk.ts";
import type { Definition, Kind } from "../language/kinds.ts";
import { textOf, type Json, type JsonObject } from "../support/json.ts";
import type { Change, DefinitionArrangement, DefinitionDiff, Enclosing, ReleaseDiff } from "./definition-diff.ts";
import { diffContent, type ContentDiff } from "./diff-content.ts";
import { findDefinitionRenames, findElementRenames } from "./find-renames.ts";
import { renameDefinitions } from "./rename-definition.ts";
import { renameElements, type ElementRename } from "./rename-element.ts";
import { TitleBook } from "./title-book.ts";

/**
 * What distinguishes two releases, or two branches, by identity: a definition by kind and key, an element by the name its
 * list gives it. A renamed thing is one change, and what refers to it none. Moving an element is no change, unless the order
 * means something (rows under FIRST, statuses in order of progress). Layout is no part of a definition, so it never shows.
 * The same two sets give the same diff, in whatever order they are handed over.
 */
export function diffDefinitions(before: readonly Definition[], after: readonly Definition[]): ReleaseDiff {
  const renames = findDefinitionRenames(before, after);
  const followed = renameDefinitions(before, renames);
  const formerKeys = new Map(renames.map(({ kind, from, to }) => [`${kind}/${to}`, from]));
  const book = new TitleBook(before, after);
  const old = byId(followed);
  const now = byId(after);
  const definitions: DefinitionDiff[] = [];
  const arrangements: DefinitionArrangement[] = [];
  for (const id of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [was, is] = [old.get(id), now.get(id)];
    if (was === undefined || is === undefined) {
      if (is !== undefined) definitions.push({ ...headOf(is), status: "added", definition: is });
      if (was !== undefined) definitions.push({ ...headOf(was), status: "removed", definition: was });
      continue;
    }
    const { changes, arrangement } = diffDefinition(was, is, book);
    const from = formerKeys.get(id);
    if (from !== undefined) definitions.push({ ...headOf(is), status: "renamed", from, changes });
    else if (changes.length > 0) definitions.push({ ...headOf(is), status: "changed", changes });
    if (arrangement.length > 0) arrangements.push({ kind: is.kind, key: is.key, arrangement });
  }
  return { definitions, arrangements, titles: book.titlesFor(definitions) };
}

function byId(definitions: readonly Definition[]): ReadonlyMap<string, Definition> {
  return new Map(definitions.map((definition) => [`${definition.kind}/${definition.key}`, definition]));
}

/** A draft may have lost its title; then its key stands for it. */
function headOf(definition: Definition): { readonly kind: Kind; readonly key: string; readonly title: string } {
  const { kind, key } = definition;
  return { kind, key, title: textOf((definition as unknown as JsonObject)["title"]) ?? key };
}

function diffDefinition(before: Definition, after: Definition, book: TitleBook): ContentDiff {
  if (before === after) return { changes: [], arrangement: [] };
  const renames = findElementRenames(before as unknown as JsonObject, after as unknown as JsonObject);
  const followed = renameElements(before as unknown as JsonObject, renames) as unknown as Definition;
  const content = diffContent(followed, after, schemaOf(after as unknown as Json), (element, name, value) => book.titleOfElement(element, name, value));
  return { changes: [...renames.map((rename) => renameChange(rename, after, book)), ...content.changes], arrangement: content.arrangement };
}

function renameChange({ list, property, from, to }: ElementRename, after: Definition, book: TitleBook): Change {
  const within: Enclosing = book.enclosing(after, list, to);
  return { code: `${within.element}-renamed`, path: [list, to], within: [within], op: "rename", property, from, to };
}
