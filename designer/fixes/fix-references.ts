import type { Definition, Kind } from "../../engine/language/kinds.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";
import { schemaAt, valueAt, withValueAt } from "../form/place.ts";
import { readable } from "../form/readable.ts";
import { startContent } from "../library/start-content.ts";
import { KIND_LOOKS } from "../look/kind-look.ts";
import { fixes as words } from "../strings/fixes.ts";
import { pathOf } from "../workspace/workspace.ts";
import { inPlace, type Contents, type Fix, type Fixer } from "./fix.ts";

/** Begins the definition that is named and does not exist. */
export const createMissing: Fixer = ({ diagnostic: { path }, content, value, files }) => {
  const own = isJsonObject(content) && typeof content["kind"] === "string" ? content["kind"] : "";
  const kind = schemaAt(own as Kind, path)?.["x-ref"];
  if (typeof kind !== "string" || typeof value !== "string" || !/^[a-z][a-z0-9-]*$/.test(value)) return [];
  return [{ title: words.create(KIND_LOOKS[kind as Kind].one.toLowerCase(), value), changes: [begun(kind as Kind, value, files)] }];
};

/** Names a definition of a kind in a property that lacks one: one that exists, else a new one. */
export const chooseOrCreate = (kind: Kind, property: string): Fixer => (problem) => {
  const [first] = definitionsOf(kind, problem.files);
  const key = first?.key ?? `standard-${kind}`;
  const named = inPlace(problem, words.choose(first?.title ?? key), withValueAt(problem.content, `/${property}`, key));
  return first === undefined ? [{ title: words.create(KIND_LOOKS[kind].one.toLowerCase(), key), changes: [...named.changes, begun(kind, key, problem.files)] }] : [named];
};

/** Gives the template the milestone that is named; an event from outside of the same name reaches it, until tasks are said. */
export const addMilestone: Fixer = (problem) => {
  const { content, value, diagnostic: { path } } = problem;
  const milestones = valueAt(content, "/milestones");
  if (!/^\/tasks\/\d+\/dependsOn\/\d+\/milestone$/.test(path) || typeof value !== "string" || !Array.isArray(milestones)) return [];
  return [inPlace(problem, words.addMilestone(value), withValueAt(content, "/milestones", [...(milestones as readonly Json[]), { key: value, reachedOn: value }]))];
};

/** The values of one property in a list of objects. */
export function keysIn(list: readonly Json[], property: string): readonly string[] {
  return list.flatMap((entry) => (isJsonObject(entry) && typeof entry[property] === "string" ? [entry[property]] : []));
}

function begun(kind: Kind, key: string, files: Contents): Fix["changes"][number] {
  const title = readable(key);
  return { path: pathOf(kind, key), content: startContent({ kind, key, title, description: title, keysOf: (wanted) => definitionsOf(wanted, files).map((each) => each.key) }) as unknown as Json };
}

function definitionsOf(kind: Kind, files: Contents): readonly Definition[] {
  const found = [...files.values()].filter((content) => isJsonObject(content) && content["kind"] === kind && typeof content["key"] === "string");
  return (found as unknown as Definition[]).toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
