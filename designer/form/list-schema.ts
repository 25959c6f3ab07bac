import { listRule } from "../../engine/language/schema-walk.ts";
import { isJsonObject, type JsonObject } from "../../engine/support/json.ts";

/** What the schema of a list says of its elements: what one is called, which properties tell it apart, and its own schema. */
export function schemaOfList(list: JsonObject): { readonly element: string; readonly identity: readonly string[]; readonly items: JsonObject } {
  const items = isJsonObject(list["items"]) ? list["items"] : {};
  const rule = listRule(list);
  const title = typeof items["title"] === "string" ? items["title"].toLowerCase() : "";
  return { element: rule?.element ?? title, identity: rule?.identity ?? ["key", "id", "name", "type"], items };
}
