import { isJsonObject, type Json, type JsonObject } from "../../support/json.ts";
import type { UpgradeStep } from "./upgrade-step.ts";

/** 1 -> 2: a qualification rule names its offerings by the word the order schema uses for them. */
export const qualificationOfferings: UpgradeStep = {
  from: 1,
  change: "order-schema: `for` of a qualification rule is called `offerings`",
  upgrade: (definition) => {
    const { kind, qualification } = definition;
    if (kind !== "order-schema" || !isJsonObject(qualification) || !Object.values(qualification).some(isOld)) return definition;
    return { ...definition, qualification: Object.fromEntries(Object.entries(qualification).map(([name, rule]) => [name, renamed(rule)])) };
  },
};

function isOld(rule: Json | undefined): rule is JsonObject {
  return isJsonObject(rule) && rule["for"] !== undefined;
}

function renamed(rule: Json | undefined): Json | undefined {
  if (!isOld(rule)) return rule;
  const { for: offerings, ...rest } = rule;
  return { ...rest, offerings };
}
