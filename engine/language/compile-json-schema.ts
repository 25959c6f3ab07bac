import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { RE2JS } from "re2js";
import { parseDurationMs } from "../support/duration.ts";
import { parseInstant } from "../support/instant.ts";
import type { Json, JsonObject } from "../support/json.ts";
import { AJV_CODE } from "./ajv-code.ts";
import { checkJsonSchema } from "./check-json-schema.ts";
import type { Report } from "./diagnostic.ts";
import { explainSchemaErrors } from "./explain-schema-errors.ts";
import { LIMITS } from "./limits.ts";

/** A violation of a JSON Schema: where (JSON Pointer into the checked value) and what to do about it. */
export interface SchemaViolation {
  readonly path: string;
  readonly message: string;
}

/** Checks one value against a compiled JSON Schema; an empty list means it fits. */
export type EvidenceCheck = (value: Json) => readonly SchemaViolation[];

/** Fits whatever it is given: the check of a schema that was left out. */
export const alwaysFits: EvidenceCheck = () => [];

/**
 * Patterns run in linear time whatever the text: RE2 never backtracks. ajv tells patterns apart by their text form alone,
 * so without a `toString` of its own every pattern would be taken for the first one.
 */
const linearRegExp = Object.assign(
  (pattern: string): { test: (text: string) => boolean; toString: () => string } => {
    const compiled = RE2JS.compile(pattern);
    return { test: (text) => compiled.test(text), toString: () => `/${pattern}/` };
  },
  { code: "linearRegExp" },
);

/** Knows what a JSON Schema is; keeps nothing of those it is asked about. */
const grammar = new Ajv2020({ allErrors: true, verbose: true, logger: false, code: AJV_CODE });

/** A validator for one schema. ajv keeps all it has ever compiled, and servers and editors compile many. */
function newValidator(): Ajv2020 {
  return new Ajv2020({
    allErrors: true, strict: true, strictTypes: false, strictRequired: false, strictTuples: false, ownProperties: true, verbose: true,
    $data: false, meta: false, validateSchema: false, addUsedSchema: false, logger: false, code: { ...AJV_CODE, regExp: linearRegExp },
    formats: {
      "date-time": (text: string) => parseInstant(text) !== null,
      date: fullFormats.date,
      duration: (text: string) => parseDurationMs(text) !== null,
      email: fullFormats.email,
      condition: true,
    },
  });
}

/**
 * Compiles a JSON Schema (draft 2020-12) that a definition carries: parameters, inputs, evidence, a form, an order. Only
 * keywords that need nothing but the schema itself are allowed (no references, no `$data`), patterns must be RE2 and not
 * treacherous elsewhere, and depth is limited. What is wrong is reported under a JSON Pointer that begins with `path`;
 * the result then fits whatever it is given. The check lists at most `LIMITS.problemsPerFile` violations.
 */
export function compileJsonSchema(schema: JsonObject, report: Report, path: string): EvidenceCheck {
  if (!checkJsonSchema(schema, report, path)) return alwaysFits;
  if (!grammar.validateSchema(schema)) {
    for (const { path: inner, message } of violationsOf(grammar.errors)) report("json-schema-invalid", path + inner, message);
    return alwaysFits;
  }
  try {
    const validate = newValidator().compile(schema);
    return (value) => (validate(value) ? [] : violationsOf(validate.errors));
  } catch (error) {
    report(
      "json-schema-invalid", path,
      `This is not a usable JSON Schema: ${error instanceof Error ? error.message : String(error)}; correct it.`,
    );
    return alwaysFits;
  }
}

function violationsOf(errors: readonly ErrorObject[] | null | undefined): SchemaViolation[] {
  return explainSchemaErrors(errors ?? []).slice(0, LIMITS.problemsPerFile).map(({ path, message }) => ({ path, message }));
}
