import { isForbiddenName } from "./forbidden-names.ts";
import type { Report } from "./diagnostic.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import { LIMITS } from "./limits.ts";
import { FORBIDDEN_SEGMENTS } from "../rules/facts.ts";
import { isPlainObject } from "./plain-object.ts";
import { secretIn } from "./secret-patterns.ts";
import { findHiddenCharacter } from "./suspicious-characters.ts";

/** Properties whose text is a name by which something is looked up. Paths of facts are checked where they are compiled. */
const NAMING_PROPERTIES: ReadonlySet<string> = new Set([
  "key", "id", "fact", "out", "as", "type", "task", "milestone", "compensates", "reachedBy", "reachedOn",
  "taskType", "manualTask", "targetSystem", "scope", "offerings", "code", "output",
]);

/**
 * What must hold for the content of any file before anything else looks at it: plain JSON, not too deep, not too large,
 * no name that reaches into the prototype, no hidden characters, no secrets. Returns false when it does not hold; then
 * nothing else may read the content. Never throws.
 */
export function checkContent(content: unknown, report: Report): boolean {
  let problems = 0;
  let visited = 0;
  const refuse = (code: string, path: readonly (string | number)[], message: string): void => {
    problems += 1;
    report(code, jsonPointer(...path), message);
  };

  const text = (value: string, path: readonly (string | number)[], naming: boolean): void => {
    const hidden = findHiddenCharacter(value);
    if (hidden) refuse("bidi-control", path, `The text holds the invisible character ${hidden}; remove it.`);
    if (naming && isForbiddenName(value)) refuse("forbidden-property", path, `The name "${value}" is not allowed; choose another one.`);
    const secret = secretIn(value);
    if (secret) refuse(
      "secret-in-definition", path,
      `This looks like ${secret}; definitions are public to all authors, so keep it in the environment and revoke it now.`,
    );
  };

  const visit = (value: unknown, path: readonly (string | number)[], depth: number, naming: boolean): void => {
    visited += 1;
    if (problems >= LIMITS.problemsPerFile) return;
    if (visited > LIMITS.definitionValues) {
      if (visited === LIMITS.definitionValues + 1) refuse(
        "too-large", [],
        `The definition holds more than ${LIMITS.definitionValues} values; split it.`,
      );
      return;
    }
    if (value === null || typeof value === "boolean") return;
    if (typeof value === "string") return text(value, path, naming);
    if (typeof value === "number") {
      if (!Number.isFinite(value)) refuse("malformed", path, "This number is not finite; write an ordinary number.");
      return;
    }
    if (!Array.isArray(value) && !isPlainObject(value)) return refuse(
      "malformed", path,
      "This is not JSON; use objects, lists, texts, numbers, true, false and null.",
    );
    if (depth >= LIMITS.depth) return refuse(
      "too-deep", path,
      `Objects and lists are nested more than ${LIMITS.depth} deep; flatten them.`,
    );
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) visit(value[index], [...path, index], depth + 1, naming);
      return;
    }
    for (const name of Object.keys(value)) {
      const inner = [...path, name];
      if (FORBIDDEN_SEGMENTS.has(name)) {
        refuse("forbidden-property", inner, `A property may not be called "${name}"; choose another name.`);
        continue;
      }
      text(name, inner, false);
      visit(value[name], inner, depth + 1, NAMING_PROPERTIES.has(name));
    }
  };

  visit(content, [], 0, false);
  return problems === 0;
}
