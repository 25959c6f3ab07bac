import { loadDefinitions } from "../../support/load-definitions.ts";
import { isJsonObject } from "../../../engine/support/json.ts";
import { needs, type Sketch } from "./sketch.ts";

/** Failure classes the fakes' error codes are named after: a code means the class of its name. */
const CLASSES = ["TRANSIENT", "PERMANENT", "SEMANTIC", "POLICY", "UNKNOWN", "PARTIAL", "STALE", "DUPLICATE"] as const;

/** The roles of the people of every world. */
export const ROLES = { care: "care-lead", support: "support", restricted: "restricted", finance: "finance-approver" } as const;

const outcomes = (...pairs: readonly (readonly [string, string])[]) => pairs.map(([key, effect]) => ({ key, effect }));
const noUndo = { kind: "compensation-policy", compensatable: false } as const;

/** What every world has: the shipped dependency types, the tables people route and judge by, the work of people and of the engine. */
export const KIT: readonly Sketch[] = [
  ...loadDefinitions().filter(({ path }) => path.startsWith("dependency-type/") || path === "decision-table/change-tasks.json").map(({ content }) => content as Sketch).filter(isJsonObject),
  {
    kind: "decision-table", key: "failures", purpose: "failure", hitPolicy: "FIRST",
    columns: [
      { key: "code", in: "failure.code", type: "string" }, { key: "effect", in: "failure.effect", type: "string" },
      { key: "status", in: "failure.httpStatus", type: "number" }, { out: "class", type: "string" },
    ],
    rows: [
      { id: "partial-effect", effect: ["PARTIAL"], class: "PARTIAL" },
      ...CLASSES.map((name) => ({ id: name.toLowerCase(), code: [name], class: name })),
      { id: "busy", code: ["BUSY", "CONNECTION_REFUSED"], class: "TRANSIENT" },
      { id: "nobody-knows", effect: ["POSSIBLE"], class: "UNKNOWN" },
      { id: "conflict", status: [409], class: "DUPLICATE" },
    ],
    otherwise: { class: "SEMANTIC" },
  },
  {
    kind: "decision-table", key: "fallout", purpose: "fallout", hitPolicy: "FIRST",
    columns: [
      { key: "class", in: "failure.class", type: "string" },
      ...["category", "severity", "queue", "customerImpact", "revenueImpact", "manualTask"].map((out) => ({ out, type: "string" })),
      { out: "sla", type: "duration" }, { out: "repairs", type: "list" },
    ],
    rows: [
      { id: "unknown", class: ["UNKNOWN", "PARTIAL"], category: "OUTCOME_UNKNOWN", severity: "P1", queue: "unknowns", customerImpact: "DELAY", revenueImpact: "DELAYED", manualTask: "find-out", sla: "PT2H", repairs: ["MARK_RECONCILED"] },
    ],
    otherwise: { category: "TECHNICAL", severity: "P2", queue: "support", customerImpact: "DELAY", revenueImpact: "DELAYED", manualTask: "repair", sla: "PT8H", repairs: ["RETRY"] },
  },
  {
    kind: "decision-table", key: "status", purpose: "customer-status", hitPolicy: "FIRST",
    columns: [{ key: "state", in: "item.state", type: "string" }, { key: "delayed", in: "item.delayed", type: "boolean" }, { out: "status", type: "string" }],
    rows: [
      { id: "lost", state: ["FAILED"], status: "CANNOT_PROCESS" }, { id: "gone", state: ["CANCELLED"], status: "GONE" },
      { id: "held", state: ["HELD"], status: "ACTION_REQUIRED" }, { id: "done", state: ["COMPLETED"], status: "DONE" },
      { id: "late", delayed: [true], status: "DELAYED" },
    ],
    otherwise: { status: "IN_PROGRESS" },
  },
  {
    kind: "decision-table", key: "authority", purpose: "authority", hitPolicy: "FIRST",
    columns: [
      { key: "action", in: "repair.action", type: "string" }, { key: "category", in: "task.category", type: "string" }, { key: "roles", in: "actor.roles", type: "list" },
      { out: "allow", type: "boolean" }, { out: "approverRole", type: "string" },
    ],
    rows: [
      { id: "finance", action: ["WAIVE", "SKIP", "COMPENSATE"], category: ["BILLING"], roles: [ROLES.support], allow: true, approverRole: ROLES.finance },
      { id: "agreed", action: ["WAIVE", "UPDATE_REFERENCE", "FORCE_COMPLETE", "REOPEN"], roles: [ROLES.support], allow: true, approverRole: ROLES.care },
      { id: "alone", roles: [ROLES.support], allow: true },
    ],
    otherwise: { allow: false },
  },
  {
    kind: "manual-task", key: "approve", queue: "=(\"desk-\" + order.region)", role: ROLES.care, sla: { within: "PT4H", calendar: "office" },
    action: "Decide.", form: needs("reason"), outcomes: outcomes(["APPROVED", "SUCCEED"], ["REJECTED", "FAIL"], ["ASK_CUSTOMER", "HOLD"]),
  },
  {
    kind: "manual-task", key: "repair", role: ROLES.support, action: "Repair.", form: needs("reason"),
    outcomes: outcomes(["REPAIRED", "RETRY"], ["REJECTED", "FAIL"], ["DONE_BY_HAND", "SUCCEED"], ["ASK_CUSTOMER", "HOLD"]),
  },
  {
    kind: "manual-task", key: "find-out", role: ROLES.restricted, action: "Find out what happened.", form: needs("reason"),
    outcomes: outcomes(["TOOK_EFFECT", "SUCCEED"], ["NO_EFFECT", "RETRY"], ["GIVE_UP", "FAIL"]),
  },
  {
    kind: "task-type", key: "approval", category: "COMMERCIAL", owner: "care", action: "approve",
    work: { by: "person", manualTask: "approve" }, compensation: "no-effect",
  },
  {
    kind: "task-type", key: "record", category: "INVENTORY", owner: "orders", action: "record", work: { by: "internal", effect: "INSTALLED_BASE" },
    request: { status: "ACTIVE", characteristics: "=item.characteristics" }, outputs: { productId: "=result.productId" }, compensation: "correct-forward",
  },
  { ...noUndo, key: "no-effect", reason: "NO_EFFECT" },
  { ...noUndo, key: "correct-forward", reason: "CORRECT_FORWARD" },
  { ...noUndo, key: "for-ever", reason: "IRREVERSIBLE" },
  {
    kind: "calendar", key: "office", timeZone: "Europe/Berlin", holidays: ["2026-12-25"],
    week: Object.fromEntries(["monday", "tuesday", "wednesday", "thursday", "friday"].map((day) => [day, ["08:00-12:00", "13:00-17:00"]])),
  },
];
