import { schemaOfList } from "./list-schema.ts";
import type { TemplateEdge } from "../../engine/language/kinds.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { humanDuration } from "../look/human-duration.ts";
import { edgeLookOf, type EdgeLook } from "../plan/plan-view.ts";
import { form as words } from "../strings/form.ts";
import type { FormContext } from "./form-context.ts";
import { readable } from "./readable.ts";
import { textOf } from "./value-text.ts";

/** One element of a list in a line: what it is, and what else tells it from its neighbors. */
export interface Summary {
  readonly title: string;
  readonly detail: string;
  /** The line of a dependency as the canvas draws it. */
  readonly look: EdgeLook | null;
}

type Names = Pick<FormContext, "find" | "all" | "names">;

/** How many properties beside the title a line has room for. */
const DETAILS_MAX = 2;

/** The line of an element: its title, else what its list says tells elements apart; then the first of its other values. */
export function summaryOf(value: Json | undefined, list: JsonObject, context: Names): Summary {
  const { element, identity, items } = schemaOfList(list);
  if (!isJsonObject(value)) return { title: sayValue(value, items, context) || words.emptyItem, detail: "", look: null };
  if (element === "dependency") return summaryOfEdge(value as unknown as TemplateEdge, context);
  const said = (name: string): string => sayValue(value[name], propertyOf(items, name), context);
  const own = said("title") || titleByKey(element, value["key"], context);
  const naming = own === "" ? identity.filter((name) => said(name) !== "") : ["title", "key", "id"];
  const others = Object.keys(value).filter((name) => !naming.includes(name) && said(name) !== "");
  const title = own === "" ? naming.map(said).join(" · ") : own;
  return {
    title: title === "" ? words.emptyItem : title,
    detail: others.slice(0, DETAILS_MAX).map((name) => labelled(name, said(name), propertyOf(items, name))).join(" · "),
    look: null,
  };
}

function summaryOfEdge(edge: TemplateEdge, { find, names }: Names): Summary {
  const titleIn = (what: string, key: string): string => names(what).find((name) => name.key === key)?.title ?? key;
  const what = edge.task !== undefined ? titleIn("task", edge.task) : edge.milestone !== undefined ? titleIn("milestone", edge.milestone) : "";
  const item = edge.item === undefined ? "" : "relationship" in edge.item ? edge.item.relationship : edge.item.specification;
  const type = find("dependency-type", edge.type);
  const output = edge.as ?? edge.with?.["output"];
  const title = [what, item].filter((part) => part !== "").join(" · ");
  return { title: title === "" ? (type?.title ?? words.emptyItem) : title, detail: typeof output === "string" ? output : (type?.title ?? edge.type), look: edgeLookOf(edge, type) };
}

/** The title of an element that other places of the definition know by its key. */
function titleByKey(element: string, key: Json | undefined, { names }: Names): string {
  return element === "task" || element === "milestone" ? (names(element).find((name) => name.key === key)?.title ?? "") : "";
}

function propertyOf(items: JsonObject, name: string): JsonObject {
  const properties = items["properties"];
  const property = isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  return isJsonObject(property) ? property : {};
}

/** A value in words; empty for what does not fit a line. */
function sayValue(value: Json | undefined, schema: JsonObject, context: Names): string {
  const { all, names } = context;
  if (Array.isArray(value)) return (value as readonly Json[]).map((entry) => sayValue(entry, isJsonObject(schema["items"]) ? schema["items"] : {}, context)).filter((text) => text !== "").join(", ");
  if (isJsonObject(value)) return schema["x-editor"] === "localized-text" ? textOf(value["en"]) : "";
  if (value === undefined || value === null) return "";
  const text = typeof value === "string" ? value : textOf(value);
  if (typeof schema["x-ref"] === "string") return all(schema["x-ref"] as Parameters<Names["all"]>[0]).find(({ key }) => key === text)?.title ?? text;
  if (typeof schema["x-names"] === "string") return names(schema["x-names"]).find(({ key }) => key === text)?.title ?? text;
  if (schema["x-editor"] === "duration") return humanDuration(text);
  return schema["enum"] === undefined ? text : readable(text);
}

/** Spans, numbers and answers of yes or no say nothing without the name of their property. */
function labelled(name: string, text: string, schema: JsonObject): string {
  const bare = schema["x-editor"] === "duration" || schema["type"] === "integer" || schema["type"] === "number" || schema["type"] === "boolean";
  return bare ? `${typeof schema["title"] === "string" ? schema["title"].toLowerCase() : name} ${text}` : text;
}
