import type { ColumnType } from "../language/table-kinds.ts";
import type { Json } from "../support/json.ts";
import { type CellReading, quote, read, readLiteral, refuse } from "./read-literal.ts";

/**
 * Reads an output cell: FEEL behind `=`, else a value of the column's type. Texts stand without quotes; quotes are for those
 * that would be read otherwise (`"null"`, `" with spaces "`). Empty or a dash says nothing.
 */
export function readOutputCell(written: string, type: ColumnType): CellReading {
  const text = written.trim();
  if (text === "" || text === "-") return read(undefined);
  if (written.startsWith("=")) return read(written);
  if (text === "null") return read(null);
  if (type === "string") return read(unquoted(text) ?? text);
  if (type === "list") return readOutputList(text);
  const quoted = type === "date" || type === "duration" ? unquoted(text) : null;
  return readLiteral(quoted ?? text, type);
}

function readOutputList(text: string): CellReading {
  if (text.startsWith("[")) {
    const list = parseJson(text);
    return Array.isArray(list) ? read(list as readonly Json[]) : refuse("cell-value", `${quote(text)} is no list; write A, B or ["A", "B"].`);
  }
  const values: Json[] = [];
  for (const part of text.split(/[,;\n]/).map((one) => one.trim())) {
    if (part === "") return refuse("cell-value", `${quote(text)} has an empty place in its list.`);
    const reading = readLiteral(unquoted(part) ?? part, unquoted(part) === null ? "list" : "string");
    if (!reading.ok) return reading;
    values.push(reading.cell ?? null);
  }
  return read(values);
}

function unquoted(text: string): string | null {
  if (!text.startsWith('"') || !text.endsWith('"')) return null;
  const value = parseJson(text);
  return typeof value === "string" ? value : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
