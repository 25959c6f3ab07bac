import { checkAuthority } from "./check-authority.ts";
import { checkBilling } from "./check-billing.ts";
import { checkCalendars } from "./check-calendars.ts";
import { checkChangeTables } from "./check-change-tables.ts";
import { checkCompensation } from "./check-compensation.ts";
import { checkCustomerView } from "./check-customer-view.ts";
import { checkCycles } from "./check-cycles.ts";
import { checkDeadlines } from "./check-deadlines.ts";
import { checkEdgesSatisfiable } from "./check-edges-satisfiable.ts";
import { checkInputs } from "./check-inputs.ts";
import { checkFactPaths } from "./check-fact-paths.ts";
import { checkIrreversible } from "./check-irreversible.ts";
import { checkManualTasks } from "./check-manual-tasks.ts";
import { checkMilestoneFacts } from "./check-milestone-facts.ts";
import { checkNeverTrue } from "./check-never-true.ts";
import { checkOfferings } from "./check-offerings.ts";
import { checkOrphans } from "./check-orphans.ts";
import { checkPlanNames } from "./check-plan-names.ts";
import { checkPolicyRanges } from "./check-policy-ranges.ts";
import { checkReconciliation } from "./check-reconciliation.ts";
import { checkRetrySafety } from "./check-retry-safety.ts";
import { checkScenarios } from "./check-scenarios.ts";
import { checkRoles } from "./check-roles.ts";
import { checkSystemWork } from "./check-system-work.ts";
import { checkTablePurposes } from "./check-table-purposes.ts";
import { checkTables } from "./check-tables.ts";
import { checkUnused } from "./check-unused.ts";
import type { Check } from "./check.ts";

/** What `compile` looks for beyond shapes, references and expressions (A20). The order does not matter. */
export const allChecks: readonly Check[] = [
  checkPlanNames, checkCycles, checkEdgesSatisfiable, checkOrphans, checkInputs, checkFactPaths, checkNeverTrue, checkDeadlines,
  checkSystemWork, checkRetrySafety, checkPolicyRanges, checkCompensation, checkIrreversible, checkManualTasks, checkRoles,
  checkBilling, checkOfferings, checkTablePurposes, checkTables, checkAuthority, checkChangeTables,
  checkCustomerView, checkMilestoneFacts, checkCalendars, checkReconciliation, checkScenarios, checkUnused,
];
