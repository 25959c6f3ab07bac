import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";
import { compileDependencyRules } from "./compile-dependency-rules.ts";
import { alwaysFits, compileJsonSchema, type EvidenceCheck } from "./compile-json-schema.ts";
import type { Report } from "./diagnostic.ts";
import type { DependencyType } from "./kinds.ts";

/** A dependency type made ready for its edges. */
export interface PreparedDependencyType {
  readonly definition: DependencyType;
  readonly parameters: EvidenceCheck;
  /** Parameters that hold a condition. */
  readonly conditionParameters: ReadonlySet<string>;
  /** False when the type itself is wrong: then its edges need not say so again. */
  readonly sound: boolean;
}

/**
 * Prepares a dependency type. Its rules are tried with the examples of its parameters, so that a mistake is reported
 * where it stands and not at every edge that uses the type.
 */
export function compileDependencyType(definition: DependencyType, report: Report): PreparedDependencyType {
  let sound = true;
  const counting: Report = (code, path, message, severity) => {
    sound = false;
    report(code, path, message, severity);
  };
  const parameters = definition.parameters ? compileJsonSchema(definition.parameters, counting, "/parameters") : alwaysFits;
  const properties = definition.parameters?.["properties"];
  const declared: JsonObject = isJsonObject(properties) ? properties : {};
  const conditionParameters = new Set(Object.keys(declared).filter((name) => formatOf(declared[name]) === "condition"));
  const samples = samplesOf(declared);
  if (samples) {
    compileDependencyRules(definition, samples, (rule) => ({
      report: counting,
      path: `/${rule}`,
      complain: (message) =>
        counting("unknown-parameter", `/${rule}`, message.replace('give it in "with"', "declare it in parameters with an example")),
    }));
  }
  return { definition, parameters, conditionParameters, sound };
}

function formatOf(schema: Json | undefined): Json | undefined {
  return isJsonObject(schema) ? schema["format"] : undefined;
}

/** One example per declared parameter; null when one has none. */
function samplesOf(declared: JsonObject): JsonObject | null {
  const samples: { [name: string]: Json } = {};
  for (const [name, schema] of Object.entries(declared)) {
    const examples = isJsonObject(schema) ? schema["examples"] : undefined;
    const sample = Array.isArray(examples) ? (examples as readonly Json[])[0] : undefined;
    if (sample === undefined) return null;
    samples[name] = sample;
  }
  return samples;
}
