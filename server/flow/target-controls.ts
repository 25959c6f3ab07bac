import type { FlowControl } from "../../engine/flow/flow-gate.ts";
import type { Json } from "../../engine/support/json.ts";
import type { Database } from "../store/database.ts";
import { controlOf, controlStatements } from "../store/flow-store.ts";
import { literal } from "../store/sql.ts";
import type { GroupedUnitOfWork } from "../work/handle-inputs.ts";
import { operationDone, operationStatements, type OperationRequest } from "./operations-log.ts";

/** What came of an attempt to change the flow to a target system. */
export type ControlResult = { readonly outcome: "done"; readonly control: FlowControl } | { readonly outcome: "refused"; readonly why: string };

export interface TargetControlsDeps {
  readonly database: Database;
  readonly unitOfWork: Pick<GroupedUnitOfWork, "controlsChanged" | "sweep">;
}

/** Nothing more is sent to a target system until people resume it. What is under way ends as it ends. */
export function pauseTarget(deps: TargetControlsDeps, targetSystem: string, request: OperationRequest): Promise<ControlResult> {
  return change(deps, targetSystem, "target.pause", request, (known) =>
    known.paused ? `It is paused already, by ${known.paused.by} since ${known.paused.at}.` : { paused: { by: request.actor, reason: request.reason, at: request.at }, resumedAt: known.resumedAt },
  );
}

/** Work goes out again, in growing waves. */
export function resumeTarget(deps: TargetControlsDeps, targetSystem: string, request: OperationRequest): Promise<ControlResult> {
  return change(deps, targetSystem, "target.resume", request, (known) => (known.paused ? { paused: null, resumedAt: request.at } : "It is not paused."));
}

async function change(
  { database, unitOfWork }: TargetControlsDeps, targetSystem: string, action: "target.pause" | "target.resume", request: OperationRequest,
  decide: (known: FlowControl) => FlowControl | string,
): Promise<ControlResult> {
  const result = await database.transaction<ControlResult>(async ({ select }) => {
    const [rows = []] = await select(`SELECT * FROM target_flow WHERE target_system=${literal(targetSystem)}${database.dialect.lock}`);
    const known = controlOf(rows[0]);
    if (await operationDone(select, request.id)) return { write: [], result: { outcome: "done", control: known } };
    const control = decide(known);
    if (typeof control === "string") return { write: [], result: { outcome: "refused", why: control } };
    const log = { ...request, action, subject: targetSystem, before: asJson(known), after: asJson(control) };
    return { write: [...controlStatements(targetSystem, control), ...operationStatements(log)], result: { outcome: "done", control } };
  });
  if (result.outcome === "done") {
    unitOfWork.controlsChanged();
    unitOfWork.sweep(new Set([`flow:${targetSystem}`, `target:${targetSystem}`]));
  }
  return result;
}

function asJson({ paused, resumedAt }: FlowControl): Json {
  return { paused: paused === null ? null : { ...paused }, resumedAt };
}
