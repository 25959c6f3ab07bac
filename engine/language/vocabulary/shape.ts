import { isJsonObject, type Json, type JsonObject } from "../../support/json.ts";

/** What is known of a value before there is one: enough to complete a path, to offer operators and to find a wrong name. */
export interface Shape {
  readonly type: "text" | "number" | "boolean" | "instant" | "list" | "object" | "any";
  /** What it is, in a few words. */
  readonly about?: string;
  /** All values it can have, when they can be listed. */
  readonly values?: readonly Json[];
  readonly fields?: { readonly [name: string]: Shape };
  /** Fields that are not listed may stand here too. */
  readonly open?: boolean;
  readonly items?: Shape;
}

export const text = (about: string, values?: readonly string[]): Shape => ({ type: "text", about, ...(values && { values }) });
export const number = (about: string): Shape => ({ type: "number", about });
export const yesNo = (about: string): Shape => ({ type: "boolean", about, values: [true, false] });
export const instant = (about: string): Shape => ({ type: "instant", about });
export const object = (about: string, fields: { readonly [name: string]: Shape }, open = false): Shape => ({ type: "object", about, fields, open });
export const list = (about: string, items: Shape): Shape => ({ type: "list", about, items });
/** An object about whose fields nothing is known. */
export const free = (about: string): Shape => ({ type: "object", about, fields: {}, open: true });

const TYPES: { readonly [type: string]: Shape["type"] } = { string: "text", number: "number", integer: "number", boolean: "boolean", array: "list", object: "object" };

/** The shape of what a JSON Schema lets through. JSON Schema forbids no other fields unless it says so, so objects stay open. */
export function shapeOfSchema(schema: JsonObject, about = ""): Shape {
  const words = typeof schema["title"] === "string" ? schema["title"] : typeof schema["description"] === "string" ? schema["description"] : about;
  const { const: only, enum: listed, properties, items } = schema;
  const values = only !== undefined ? [only] : Array.isArray(listed) ? (listed as readonly Json[]) : undefined;
  const named = [schema["type"]].flat().find((type) => typeof type === "string" && type !== "null");
  const type = TYPES[typeof named === "string" ? named : ""] ?? typeOfValue(values?.[0]) ?? (properties === undefined ? "any" : "object");
  if (type === "object") {
    const fields = isJsonObject(properties) ? Object.entries(properties).flatMap(([name, property]) => (isJsonObject(property) ? [[name, shapeOfSchema(property)] as const] : [])) : [];
    return { type, about: words, fields: Object.fromEntries(fields), open: schema["additionalProperties"] !== false };
  }
  if (type === "list") return { type, about: words, items: isJsonObject(items) ? shapeOfSchema(items) : { type: "any" } };
  const isInstant = type === "text" && schema["format"] === "date-time";
  return { type: isInstant ? "instant" : type, about: words, ...(type === "boolean" && !values ? { values: [true, false] } : values && { values }) };
}

function typeOfValue(value: Json | undefined): Shape["type"] | null {
  return typeof value === "string" ? "text" : typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : null;
}

/** What a value is that may have either shape. */
export function eitherShape(a: Shape, b: Shape): Shape {
  if (a.type === "any" || b.type === "any") return a.type === "any" ? { ...b, open: true } : { ...a, open: true };
  if (a.type !== b.type) return { type: "any", about: a.about ?? "" };
  const names = [...new Set([...Object.keys(a.fields ?? {}), ...Object.keys(b.fields ?? {})])];
  const join = (left: Shape | undefined, right: Shape | undefined): Shape => (left && right ? eitherShape(left, right) : (left ?? right ?? { type: "any" }));
  const { values: _, ...rest } = a;
  return {
    ...rest,
    ...(a.values && b.values ? { values: [...new Set([...a.values, ...b.values])] } : {}),
    ...(a.fields || b.fields ? { fields: Object.fromEntries(names.map((name) => [name, join(a.fields?.[name], b.fields?.[name])])), open: a.open === true || b.open === true } : {}),
    ...(a.items || b.items ? { items: join(a.items, b.items) } : {}),
  };
}

/** What stands at the end of a path; null where nothing of that name can be. FEEL reads a field of every element of a list. */
export function shapeAt(shape: Shape, segments: readonly string[]): Shape | null {
  const [name, ...rest] = segments;
  if (name === undefined) return shape;
  if (shape.type === "any") return shape;
  if (shape.type === "list") return shapeAt(shape.items ?? { type: "any" }, segments);
  const field = shape.fields !== undefined && Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
  if (field !== undefined) return shapeAt(field, rest);
  return shape.open === true ? { type: "any" } : null;
}
