import type { Json } from "../../engine/support/json.ts";

/** Deepest nesting accepted from outside; what lies deeper would overflow whoever walks it later. */
export const WIRE_JSON_DEPTH_MAX = 32;

/** NUL and half characters: PostgreSQL stores neither. */
const UNSTORABLE = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * JSON that a target system sent, or undefined when it cannot be used: no JSON, nested too deep, a text that cannot be
 * stored, or a name that reaches the prototype. More forgiving than the reader of our own API: a target system cannot be
 * asked to write its numbers shorter, and refusing its answer would leave an outcome unknown.
 */
export function parseWireJson(text: string): Json | undefined {
  let parsed: Json;
  try {
    parsed = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  return storable(parsed) ? parsed : undefined;
}

/** Walks level by level, without recursion. */
function storable(root: Json): boolean {
  let level: readonly unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > WIRE_JSON_DEPTH_MAX) return false;
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === "string" && UNSTORABLE.test(value)) return false;
      if (typeof value !== "object" || value === null) continue;
      for (const [key, member] of Object.entries(value)) {
        if (key === "__proto__" || UNSTORABLE.test(key)) return false;
        next.push(member);
      }
    }
    level = next;
  }
  return true;
}
