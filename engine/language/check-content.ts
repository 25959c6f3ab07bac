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
  /** Where the visit stands. */
  const path: (string | number)[] = [];
  const refuse = (code: string, message: string, at: readonly (string | number)[] = path): void => {
    problems += 1;
    report(code, jsonPointer(...at), message);
  };

  const text = (value: string, naming: boolean): void => {
    const hidden = findHiddenCharacter(value);
    if (hidden) refuse("bidi-control", `The text holds the invisible character ${hidden}; remove it.`);
    if (naming && isForbiddenName(value)) refuse("forbidden-property", `The name "${value}" is not allowed; choose another one.`);
    const secret = secretIn(value);
    if (secret) refuse(
      "secret-in-definition",
      `This looks like ${secret}; definitions are public to all authors, so keep it in the environment and revoke it now.`,
    );
  };

  const visit = (value: unknown, naming: boolean): void => {
    visited += 1;
    if (problems >= LIMITS.problemsPerFile) return;
    if (visited > LIMITS.definitionValues) {
      if (visited === LIMITS.definitionValues + 1) refuse("too-large", `The definition holds more than ${LIMITS.definitionValues} values; split it.`, []);
      return;
    }
    if (value === null || typeof value === "boolean") return;
    if (typeof value === "string") return text(value, naming);
    if (typeof value === "number") {
      if (!Number.isFinite(value)) refuse("malformed", "This number is not finite; write an ordinary number.");
      return;
    }
    if (!Array.isArray(value) && !isPlainObject(value)) return refuse("malformed", "This is not JSON; use objects, lists, texts, numbers, true, false and null.");
    if (path.length >= LIMITS.depth) return refuse("too-deep", `Objects and lists are nested more than ${LIMITS.depth} deep; flatten them.`);
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        path.push(index);
        visit(value[index], naming);
        path.pop();
      }
      return;
    }
    for (const name of Object.keys(value)) {
      path.push(name);
      visitProperty(name, value[name]);
      path.pop();
    }
  };

  const visitProperty = (name: string, value: unknown): void => {
    if (FORBIDDEN_SEGMENTS.has(name)) return refuse("forbidden-property", `A property may not be called "${name}"; choose another name.`);
    text(name, false);
    visit(value, NAMING_PROPERTIES.has(name));
  };

  visit(content, false);
  return problems === 0;
}
