import { itemSchema, propertySchema, type Schema } from "../language/schema-walk.ts";
import type { ListRule } from "../language/schemas/parts.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";
import type { Arrangement, Change } from "./definition-diff.ts";
import { nameElements } from "./element-names.ts";
import { commonListRule } from "./take-apart.ts";

type Edit = Change | Arrangement;

/** The edits of one place, and those below it by the next step of their paths. */
interface Edits {
  readonly here: Edit[];
  readonly below: Map<string, Edits>;
}

/** The content after all edits, in one pass. Renames are done before. */
export function editContent(content: Json, edits: readonly Edit[], schema: Schema): Json {
  const root: Edits = { here: [], below: new Map() };
  for (const edit of edits) {
    let place = root;
    for (const step of edit.path) {
      const next = place.below.get(step) ?? { here: [], below: new Map<string, Edits>() };
      place.below.set(step, next);
      place = next;
    }
    place.here.push(edit);
  }
  return editValue(content, root, schema);
}

function editValue(value: Json, edits: Edits, schema: Schema): Json {
  const [whole] = edits.here.filter(({ op }) => op === "set" || op === "replace" || op === "rewrite");
  if (whole && "value" in whole) return whole.value;
  if (edits.below.size === 0 && edits.here.length === 0) return value;
  if (isJsonObject(value)) return editObject(value, edits, schema);
  const rule = commonListRule(value, value, schema);
  return rule === null ? value : editList(value as readonly Json[], edits, rule, schema);
}

function editObject(value: JsonObject, edits: Edits, schema: Schema): JsonObject {
  const members = new Map(Object.entries(value));
  for (const [name, inner] of edits.below) {
    const [only] = inner.here;
    const isGone = inner.here.some((edit) => (edit.op === "presence" && !edit.written) || (edit.op === "set" && edit.value === undefined));
    if (isGone) members.delete(name);
    else members.set(name, only?.op === "set" ? only.value : editValue(members.get(name) ?? [], inner, propertySchema(schema, name)));
  }
  const order = edits.here.find((edit) => edit.op === "order");
  const names = order?.names ?? [...members.keys()];
  return Object.fromEntries(names.map((name) => [name, members.get(name)]));
}

function editList(list: readonly Json[], edits: Edits, rule: ListRule, schema: Schema): readonly Json[] {
  const following = new Map<string | null, { readonly name: string; readonly value: Json }>();
  const staying: { readonly name: string; readonly value: Json }[] = [];
  for (const { name, value } of nameElements(list, rule)) {
    const own = edits.below.get(name);
    const ops = own?.here ?? [];
    if (ops.some(({ op }) => op === "remove")) continue;
    const element = { name, value: own ? editValue(value, own, itemSchema(schema)) : value };
    const move = ops.find((edit) => edit.op === "move");
    if (move) following.set(move.after, element);
    else staying.push(element);
  }
  for (const [name, { here }] of edits.below) for (const edit of here) if (edit.op === "add") following.set(edit.after, { name, value: edit.value });
  return chained(staying, following);
}

/** The elements that stay where they are, each followed by those that stand behind it now. */
function chained(
  staying: readonly { readonly name: string; readonly value: Json }[], following: ReadonlyMap<string | null, { readonly name: string; readonly value: Json }>,
): readonly Json[] {
  const result: Json[] = [];
  const follow = (name: string | null): void => {
    for (let next = following.get(name); next !== undefined; next = following.get(next.name)) result.push(next.value);
  };
  follow(null);
  for (const { name, value } of staying) {
    result.push(value);
    follow(name);
  }
  return result;
}
