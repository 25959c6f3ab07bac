/** A JSON Pointer (RFC 6901) from its segments; no segments is the whole document. */
export function jsonPointer(...segments: readonly (string | number)[]): string {
  let pointer = "";
  for (const segment of segments) pointer += `/${typeof segment === "number" ? segment : escaped(segment)}`;
  return pointer;
}

function escaped(segment: string): string {
  return SPECIAL.test(segment) ? segment.replaceAll("~", "~0").replaceAll("/", "~1") : segment;
}

const SPECIAL = /[~/]/;
