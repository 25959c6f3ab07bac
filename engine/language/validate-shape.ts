import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { AJV_CODE } from "./ajv-code.ts";
import type { Report } from "./diagnostic.ts";
import { definitionSchemas } from "./definition-schemas.ts";
import { explainSchemaErrors } from "./explain-schema-errors.ts";
import type { Definition, Kind } from "./kinds.ts";
import { LIMITS } from "./limits.ts";

/** The schemas are ours and a test proves them sound: proving it at every start would take longer than reading a small release. */
const ajv = new Ajv2020({
  allErrors: true, strict: true, strictTypes: false, strictRequired: false, ownProperties: true, verbose: true, logger: false,
  meta: false, validateSchema: false, addUsedSchema: false, code: AJV_CODE,
  keywords: ["x-ref", "x-editor", "x-code", "x-list", "x-names"],
});
const validators = new Map<Kind, ValidateFunction>();

/** Checks a definition against the schema of its kind; true when it has exactly the shape of `kinds.ts`. */
export function validateShape(kind: Kind, content: unknown, report: Report): content is Definition {
  let validate = validators.get(kind);
  if (!validate) {
    validate = ajv.compile(definitionSchemas[kind]);
    validators.set(kind, validate);
  }
  if (validate(content)) return true;
  const errors: readonly ErrorObject[] = validate.errors ?? [];
  for (const problem of explainSchemaErrors(errors).slice(0, LIMITS.problemsPerFile)) {
    report(problem.code ?? "schema-violation", problem.path, problem.message);
  }
  return false;
}
