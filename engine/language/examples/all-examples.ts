import { fileExamples } from "./file-examples.ts";
import { referenceExamples } from "./reference-examples.ts";
import { expressionExamples } from "./expression-examples.ts";
import { reconciliationExamples } from "./reconciliation-examples.ts";
import { scenarioExamples } from "./scenario-examples.ts";
import { schemaExamples } from "./schema-examples.ts";
import { changeExamples } from "./change-examples.ts";
import { tableExamples } from "./table-examples.ts";
import { planExamples } from "./plan-examples.ts";
import { workExamples } from "./work-examples.ts";
import { customerExamples } from "./customer-examples.ts";
import { releaseExamples } from "./release-examples.ts";
import type { CheckExample } from "./check-example.ts";

/**
 * At least one minimal bad release per code of the catalogue: documentation, `check --explain` and tests in one. The first
 * one of a code is the one that is shown. Data alone, kept out of everything a release or a page needs to run.
 */
export const checkExamples: readonly CheckExample[] = [
  ...fileExamples, ...referenceExamples, ...expressionExamples, ...schemaExamples, ...changeExamples, ...tableExamples, ...planExamples, ...workExamples, ...customerExamples, ...reconciliationExamples, ...scenarioExamples, ...releaseExamples,
];
