import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";
import { itemSchema, knownProperties, listRule, propertySchema, schemaOf, type Schema } from "./schema-walk.ts";

/**
 * The canonical text of a definition: what every tool writes, so that a file changes where its content does and two
 * people's changes fall on different lines. LF, two spaces, a final line feed. Properties stand in schema order, unknown
 * ones behind them by name; cells of a row in the order of its columns; names the author chose (`request`, `with`, a
 * carried JSON Schema) in the author's order. On one line: an object of scalars and lists of scalars, a condition that
 * names a fact, and each element of a list whose schema says so (`x-list`: rows, columns, dependencies, steps, …).
 *
 * A file without a kind (layout, `release.json`) is written by the same rules with all properties by name. Members that
 * are undefined do not exist. Writing what was read back changes nothing.
 */
export function formatDefinition(definition: Json): string {
  const schema = schemaOf(definition);
  if (schema === null || !isJsonObject(definition)) return `${write(sorted(definition), null, "")}\n`;
  return `${writeObject(membersOf(inColumnOrder(definition), schema), schema, "")}\n`;
}

type Members = readonly (readonly [name: string, value: Json])[];

function write(value: Json, schema: Schema, indent: string): string {
  if (Array.isArray(value)) return writeList(value as readonly Json[], schema, indent);
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = membersOf(value, schema);
  return isConditionLeaf(value) || members.every(([, member]) => isFlat(member)) ? onOneLine(value, schema) : writeObject(members, schema, indent);
}

function writeObject(members: Members, schema: Schema, indent: string): string {
  const inner = `${indent}  `;
  const lines = members.map(([name, value]) => `${inner}${JSON.stringify(name)}: ${write(value, propertySchema(schema, name), inner)}`);
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

function writeList(list: readonly Json[], schema: Schema, indent: string): string {
  if (isFlat(list)) return onOneLine(list, schema);
  const inner = `${indent}  `;
  const element = listRule(schema)?.line === true ? (value: Json) => onOneLine(value, itemSchema(schema)) : (value: Json) => write(value, itemSchema(schema), inner);
  return `[\n${list.map((value) => `${inner}${element(value)}`).join(",\n")}\n${indent}]`;
}

function onOneLine(value: Json, schema: Schema): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map((element) => onOneLine(element, itemSchema(schema))).join(", ")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = membersOf(value, schema).map(([name, member]) => `${JSON.stringify(name)}: ${onOneLine(member, propertySchema(schema, name))}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** A scalar, or a list of scalars. */
function isFlat(value: Json): boolean {
  return Array.isArray(value) ? (value as readonly Json[]).every(isScalar) : isScalar(value);
}

function isScalar(value: Json): boolean {
  return value === null || typeof value !== "object";
}

function isConditionLeaf(value: JsonObject): boolean {
  return typeof value["fact"] === "string" && value["operator"] !== undefined;
}

/** The members that exist, in the order in which they are written. */
function membersOf(value: JsonObject, schema: Schema): Members {
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  const known = knownProperties(schema);
  const ordered = known === null ? names : [...known.filter((name) => names.includes(name)), ...names.filter((name) => !known.includes(name)).sort()];
  return ordered.map((name) => [name, value[name] as Json]);
}

/** A decision table with the cells of its rows, and the answers of `otherwise`, in the order of its columns. */
function inColumnOrder(definition: JsonObject): JsonObject {
  const { columns, rows, otherwise } = definition;
  if (definition["kind"] !== "decision-table" || !Array.isArray(columns)) return definition;
  const names = ["id", ...(columns as readonly Json[]).map(columnName).filter((name) => name !== null)];
  const arrange = (cells: Json): Json => (isJsonObject(cells) ? arranged(cells, names) : cells);
  return {
    ...definition,
    ...(Array.isArray(rows) ? { rows: (rows as readonly Json[]).map(arrange) } : {}),
    ...(otherwise === undefined ? {} : { otherwise: arrange(otherwise) }),
  };
}

function columnName(column: Json): string | null {
  const name = isJsonObject(column) ? (column["key"] ?? column["out"]) : null;
  return typeof name === "string" ? name : null;
}

function arranged(value: JsonObject, names: readonly string[]): JsonObject {
  const present = names.filter((name) => Object.hasOwn(value, name));
  const others = Object.keys(value).filter((name) => !names.includes(name)).sort();
  return Object.fromEntries([...new Set(present), ...others].map((name) => [name, value[name]]));
}

/** The value with the properties of all its objects by name. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, value[name] === undefined ? undefined : sorted(value[name])]));
}
