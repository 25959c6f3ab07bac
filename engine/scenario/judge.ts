import type { Expectations, Scenario } from "../language/scenario-kinds.ts";
import type { Simulation } from "../simulate/simulate.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import { judgeCharges, judgeMessages, judgeStatuses } from "./judge-customer.ts";
import { judgeCases, judgeCounts, judgeDuration, judgeMilestones, judgeStates } from "./judge-ends.ts";
import { judgeNever } from "./judge-never.ts";
import { judgePath } from "./judge-path.ts";
import type { Told } from "./told.ts";

/** An expectation that was not met: where it stands in the scenario, and what came instead. */
export interface Unmet {
  /** JSON Pointer inside the scenario. */
  readonly pointer: string;
  /** `expected …, got …` */
  readonly message: string;
}

/** A list with what it is compared to: reports at `expect` and the steps that follow. */
export type Complain = (expected: string, got: string, ...steps: readonly (string | number)[]) => void;

/**
 * Compares what a run tells with what its scenario expects. A line of the script that decided nothing, and a refusal that
 * nobody expects, are unmet too: then the scenario does not test what it says.
 */
export function judge(scenario: Scenario, simulation: Simulation, told: Told): readonly Unmet[] {
  const unmet: Unmet[] = [];
  const { expect, script } = scenario;
  const complain: Complain = (expected, got, ...steps) => unmet.push({ pointer: jsonPointer("expect", ...steps), message: `expected ${expected}, got ${got}` });
  for (const line of simulation.unused) {
    unmet.push({ pointer: jsonPointer("script", script.indexOf(line)), message: "expected this line to decide something, got a run in which what it is about never came" });
  }
  judgeRefusals(expect.refused ?? [], told.refused, complain);
  judgePath(expect, told, complain);
  judgeStates(expect, told, complain);
  judgeMilestones(expect, told, complain);
  judgeCharges(expect, told, complain);
  judgeStatuses(expect, told, complain);
  judgeMessages(expect, told, complain);
  judgeDuration(expect, told, complain);
  judgeCases(expect, told, complain);
  judgeCounts(expect, simulation, complain);
  judgeNever(expect, simulation, told, complain);
  return unmet;
}

function judgeRefusals(expected: NonNullable<Expectations["refused"]>, refused: Told["refused"], complain: Complain): void {
  expected.forEach(({ input, code, message }, position) => {
    const got = refused[position];
    const wanted = `${input} to be refused with ${code}${message === undefined ? "" : ` ("${message}")`}`;
    if (!got) complain(wanted, "no refusal", "refused", position);
    else if (got.input !== input || got.code !== code || (message !== undefined && got.message !== message)) complain(wanted, `${got.input} refused with ${got.code} ("${got.message}")`, "refused", position);
  });
  for (const { input, code, message } of refused.slice(expected.length)) complain(`${input} to be taken`, `a refusal: ${message} (${code})`, "refused");
}
