import type { Rejection } from "../../engine/interpret/interpretation.ts";
import type { RejectionCode } from "../../engine/interpret/rejection-codes.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";
import type { WorkResult } from "../work/contract.ts";
import { problem, type FieldProblem, type Problem } from "./problem.ts";
import type { ProblemCode } from "./problem-codes.ts";

/** The engine's words for a refusal -> ours. The compiler refuses a table with a gap. */
export const PROBLEM_OF_REJECTION: { readonly [code in RejectionCode]: ProblemCode } = {
  "order-exists": "order-exists",
  "order-not-found": "not-found",
  "task-not-found": "task-not-found",
  "item-not-found": "item-not-found",
  "event-not-expected": "invalid-transition",
  "invalid-transition": "invalid-transition",
  "change-refused": "change-refused",
  "version-conflict": "version-conflict",
  "approval-not-found": "not-found",
  "approval-consumed": "approval-consumed",
  "approval-stale": "approval-stale",
  "four-eyes": "four-eyes",
  "role-missing": "forbidden",
  "reconcile-first": "reconcile-first",
  "outcome-not-allowed": "outcome-not-allowed",
  "form-invalid": "form-invalid",
  "evidence-invalid": "evidence-invalid",
  "forbidden-repair": "forbidden",
  "repair-evidence-missing": "repair-evidence-missing",
  "repair-values-invalid": "repair-values-invalid",
  "outputs-required": "outputs-required",
  "already-claimed": "already-claimed",
  "release-unknown": "release-unknown",
  "preview-stale": "preview-stale",
  "migration-unsafe": "migration-unsafe",
  "release-mismatch": "release-mismatch",
};

/** Where in the request body the details of a refusal stand. */
const BODY_PLACE: { readonly [code in RejectionCode]?: string } = { "form-invalid": "/form", "evidence-invalid": "/evidence", "outcome-not-allowed": "/outcome" };

/** A refusal of the engine, as the caller sees it. */
export function rejectionProblem(rejection: Rejection): Problem {
  const code = PROBLEM_OF_REJECTION[rejection.code];
  const place = BODY_PLACE[rejection.code] ?? "";
  return problem(code, rejection.message, { errors: violations(rejection.details, place, code) });
}

/** Why a unit of work changed nothing, as the caller sees it; the outcomes that are no failure never come here. */
export function workProblem(result: Exclude<WorkResult, { readonly outcome: "applied" }>): Problem {
  switch (result.outcome) {
    case "rejected":
      return rejectionProblem(result.rejection);
    case "order-not-found":
      return problem("not-found");
    case "intent-exists":
      return problem("order-exists");
    case "key-taken":
    case "duplicate":
      return problem("request-in-progress");
    case "quarantined":
      return problem("input-quarantined");
  }
}

function violations(details: Json | undefined, place: string, code: ProblemCode): readonly FieldProblem[] {
  if (!Array.isArray(details)) return [];
  return (details as readonly Json[]).flatMap((entry) => {
    if (!isJsonObject(entry) || typeof entry["message"] !== "string") return [];
    return [{ code, pointer: `${place}${typeof entry["path"] === "string" ? entry["path"] : ""}`, detail: entry["message"] }];
  });
}
