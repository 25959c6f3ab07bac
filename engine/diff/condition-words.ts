import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";

const OPERATORS: { readonly [operator: string]: string } = {
  equal: "is", notEqual: "is not", in: "is one of", notIn: "is none of", contains: "contains", doesNotContain: "does not contain",
  lessThan: "<", lessThanInclusive: "≤", greaterThan: ">", greaterThanInclusive: "≥",
  before: "is before", after: "is after", atOrBefore: "is at or before", atOrAfter: "is at or after",
};

/** A condition as a person would say it: `item.speed is 1G and item.place.validated is yes`. */
export function conditionInWords(condition: Json, inWords: (value: Json) => string): string {
  if (!isJsonObject(condition)) return inWords(condition);
  const { all, any, not, fact } = condition;
  if (Array.isArray(all)) return joined(all as readonly Json[], " and ", inWords);
  if (Array.isArray(any)) return joined(any as readonly Json[], " or ", inWords);
  if (not !== undefined) return `not (${conditionInWords(not, inWords)})`;
  return typeof fact === "string" ? leaf(condition, inWords) : inWords(condition);
}

function joined(conditions: readonly Json[], word: string, inWords: (value: Json) => string): string {
  const parts = conditions.map((condition) => {
    const text = conditionInWords(condition, inWords);
    return conditions.length > 1 && isJsonObject(condition) && (condition["all"] ?? condition["any"]) !== undefined ? `(${text})` : text;
  });
  return parts.length === 0 ? "always" : parts.join(word);
}

function leaf(condition: JsonObject, inWords: (value: Json) => string): string {
  const { operator, value } = condition;
  if (operator === "isPresent") return `${nameOf(condition)} ${value === false ? "is missing" : "is there"}`;
  const name = typeof operator === "string" ? operator : "";
  const other = isJsonObject(value) && typeof value["fact"] === "string" ? nameOf(value) : inWords(value ?? null);
  return `${nameOf(condition)} ${OPERATORS[name] ?? name} ${other}`;
}

function nameOf({ fact, path }: JsonObject): string {
  return [fact, path].filter((part) => typeof part === "string").join(".");
}
