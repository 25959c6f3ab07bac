import { isJsonObject, type Json } from "./json.ts";

/**
 * RFC 8785 (JSON Canonicalization Scheme): members sorted by UTF-16 code units, no spaces, numbers and strings as
 * ECMAScript writes them. Equal values give equal bytes, whatever order they were built in. Members that are undefined
 * do not exist.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(",")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(",")}}`;
}
