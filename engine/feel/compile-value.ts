import type { Report } from "../language/diagnostic.ts";
import { LIMITS } from "../language/limits.ts";
import { pointer } from "../rules/fact-path.ts";
import type { FactName, Facts } from "../rules/facts.ts";
import { FORBIDDEN_SEGMENTS } from "../rules/facts.ts";
import type { Json } from "../support/json.ts";
import { isJsonObject } from "../support/json.ts";
import { compileExpression } from "./compile-expression.ts";

/**
 * A literal or FEEL value after compilation. `evaluate` never throws: what FEEL cannot compute is null, and a temporal
 * result comes back as ISO text.
 */
export interface CompiledValue {
  readonly evaluate: (facts: Facts) => Json;
  /** True when the value contains no expression, so that it may be evaluated once. */
  readonly constant: boolean;
}

/** True for a text that is FEEL, which begins with `=`. */
export function isFeel(value: Json | undefined): value is string {
  return typeof value === "string" && value.startsWith("=");
}

/** What authors write who expect another language: `${…}` and `{{…}}`. */
const FOREIGN_TEMPLATE = /\$\{|\{\{/;

/**
 * Compiles literal JSON in which a text that begins with `=` is FEEL, at any depth. A field whose expression has no value
 * is null, never left out, so that the shape of a request does not depend on the data.
 */
export function compileValue(
  value: Json, allowedNames: ReadonlySet<FactName>, report: Report, path: string,
): CompiledValue {
  return compileAt(value, allowedNames, report, path, 1);
}

function compileAt(
  value: Json, allowed: ReadonlySet<FactName>, report: Report, path: string, depth: number,
): CompiledValue {
  if (isFeel(value)) {
    const { evaluate } = compileExpression(value.slice(1), allowed, report, path);
    return { evaluate, constant: false };
  }
  if (typeof value === "string" && FOREIGN_TEMPLATE.test(value)) {
    report("expression-forbidden", path, `${JSON.stringify(value)} is a template of another language and would be sent as it is; write FEEL behind =.`);
  }
  if (typeof value !== "object" || value === null) return literal(value);
  if (depth > LIMITS.depth) {
    report("too-deep", path, `Values may be nested ${LIMITS.depth} deep at most.`);
    return literal(null);
  }
  if (!isJsonObject(value)) {
    const parts = value.map((part, index) => compileAt(part, allowed, report, pointer(path, index), depth + 1));
    if (parts.every((part) => part.constant)) return literal(value);
    return { evaluate: (facts) => parts.map((part) => part.evaluate(facts)), constant: false };
  }
  const fields: (readonly [string, CompiledValue])[] = [];
  for (const [key, field] of Object.entries(value)) {
    if (FORBIDDEN_SEGMENTS.has(key)) report("path-forbidden", pointer(path, key), `No field may be called ${key}.`);
    else if (field !== undefined) fields.push([key, compileAt(field, allowed, report, pointer(path, key), depth + 1)]);
  }
  if (fields.every(([, field]) => field.constant)) return literal(value);
  return {
    evaluate: (facts) => {
      const result: { [key: string]: Json } = {};
      for (const [key, field] of fields) result[key] = field.evaluate(facts);
      return result;
    },
    constant: false,
  };
}

const literal = (value: Json): CompiledValue => ({ evaluate: () => value, constant: true });
