import { Validator, type Schema } from "@cfworker/json-schema";
import type { RJSFSchema, ValidatorType } from "@rjsf/utils";

const known = new WeakMap<object, Validator>();

/**
 * What the form library asks of a validator. It only decides which branch of an `if` or `oneOf` holds: the errors a form
 * shows are the compiler's own. It generates no code, so that the page keeps its strict policy.
 */
export const formValidator: ValidatorType = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  rawValidation: () => ({ errors: [] }),
  isValid(schema: RJSFSchema, data: unknown) {
    let validator = known.get(schema);
    if (validator === undefined) {
      validator = new Validator(schema as Schema, "2020-12");
      known.set(schema, validator);
    }
    return validator.validate(data ?? null).valid;
  },
};
