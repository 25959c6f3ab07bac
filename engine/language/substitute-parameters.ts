import { isFeel } from "../feel/compile-value.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";

const WHOLE = /^\{([A-Za-z][A-Za-z0-9]*)\}$/;
const INSIDE = /\{([A-Za-z][A-Za-z0-9]*)\}/g;

/**
 * Replaces `{parameter}` in the rule of a dependency type: alone it becomes the whole value, inside a text its text.
 * `complain` hears, in a sentence, of a parameter that has no value or whose value cannot stand there.
 */
export function substituteParameters(
  rule: Json, parameters: JsonObject, options: { readonly feelAllowed: boolean; readonly complain: (message: string) => void },
): Json {
  if (typeof rule === "string") return substituteText(rule, parameters, options);
  if (Array.isArray(rule)) return (rule as readonly Json[]).map((part) => substituteParameters(part, parameters, options));
  if (!isJsonObject(rule)) return rule;
  const entries = Object.entries(rule).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.map(([name, part]) => [name, substituteParameters(part as Json, parameters, options)]));
}

function substituteText(
  text: string, parameters: JsonObject, { feelAllowed, complain }: { readonly feelAllowed: boolean; readonly complain: (message: string) => void },
): Json {
  const valueOf = (name: string): Json => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (value === undefined) complain(`The parameter "${name}" has no value; give it in "with".`);
    return value ?? null;
  };
  const whole = WHOLE.exec(text)?.[1];
  if (whole !== undefined) {
    const value = valueOf(whole);
    if (isFeel(value) && !feelAllowed) complain(`The parameter "${whole}" stands in a condition, where an expression means nothing; give a literal.`);
    return value;
  }
  return text.replaceAll(INSIDE, (_, name: string) => {
    const value = valueOf(name);
    if (isFeel(value)) complain(`The parameter "${name}" stands inside a text, where an expression means nothing; give a literal.`);
    return typeof value === "string" ? value : JSON.stringify(value);
  });
}
