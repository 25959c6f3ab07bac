import type { FailureClass } from "../../engine/language/kinds.ts";
import type { JsonObject } from "../../engine/support/json.ts";
import type { Sketch } from "./release-of.ts";

/** Every failure class: the kit's failure table gives a code of the same name that class. */
export const FAILURE_CLASSES: readonly FailureClass[] = ["TRANSIENT", "PERMANENT", "SEMANTIC", "POLICY", "UNKNOWN", "PARTIAL", "STALE", "DUPLICATE"];

const text = { type: "string" };
const needs = (...names: readonly string[]): JsonObject => ({ type: "object", properties: Object.fromEntries(names.map((name) => [name, text])), required: names });

const system = (key: string, effects: JsonObject, completion = "response"): Sketch => ({
  kind: "target-system", key, adapter: "http", endpoint: `${key.toUpperCase()}_URL`, completion, effects, limits: { concurrency: 100 }, failures: "failures",
});

/** A command that takes a label, answers with a reference, and gives the reference on. */
const command = (key: string, targetSystem: string, retry: string, timeout: string, more: JsonObject = {}): Sketch => ({
  kind: "task-type", key, category: "WORK", owner: "operations", targetSystem, action: "work", work: { by: "system", mode: "command" },
  parameters: { type: "object", properties: { label: { type: "string", examples: ["A"] } } },
  request: { label: "=with.label", item: "=item.id" }, evidence: needs("reference"), outputs: { reference: "=result.reference" },
  retry, timeout, compensation: "none-needed-after-all", ...more,
});

const unattended = { kind: "compensation-policy", compensatable: false } as const;

/**
 * A small world for tests of the engine: one system per effects class (`keyed`, `asked`, `blind`), one task type for each
 * of them and for each other kind of work, retries after ten seconds, timeouts after minutes.
 */
export const kitDefinitions: readonly Sketch[] = [
  system("keyed", { class: "idempotent-key" }),
  system("asked", { class: "queryable", settleWindow: "PT10S" }),
  system("blind", { class: "neither" }),
  command("keyed-work", "keyed", "thrice", "repeat"),
  command("asked-work", "asked", "thrice", "ask"),
  command("blind-work", "blind", "never", "tell"),
  command("question", "asked", "thrice", "question", { work: { by: "system", mode: "query" }, compensation: "none-needed" }),
  command("charge", "keyed", "thrice", "repeat", { category: "BILLING", action: "charge", parameters: {}, inputs: needs("effectiveFrom"), request: { charge: "=charge", from: "=inputs.effectiveFrom" } }),
  command("message", "keyed", "never", "give-up", { category: "COMMUNICATION", action: "notify", mandatory: false, parameters: needs("message"), request: { message: "=with.message" } }),
  { kind: "task-type", key: "approval", category: "COMMERCIAL", owner: "care", action: "approve", work: { by: "person", manualTask: "approve" }, compensation: "none-needed" },
  {
    kind: "task-type", key: "record", category: "INVENTORY", owner: "orders", action: "record", work: { by: "internal", effect: "INSTALLED_BASE" },
    request: { status: "ACTIVE", characteristics: "=item.characteristics" }, outputs: { productId: "=result.productId" }, compensation: "none-needed",
  },
  { ...unattended, key: "none-needed", reason: "NO_EFFECT" },
  { ...unattended, key: "none-needed-after-all", reason: "CORRECT_FORWARD" },
  {
    kind: "retry-policy", key: "thrice", maxAttempts: 3, backoff: { strategy: "FIXED", initialDelay: "PT10S", maxDelay: "PT10S" },
    retryOn: { classes: ["TRANSIENT"] }, reconcileFirst: true, onExhausted: "FALLOUT",
  },
  { kind: "retry-policy", key: "never", maxAttempts: 1, retryOn: { classes: [] }, onExhausted: "FALLOUT" },
  { kind: "timeout-policy", key: "repeat", steps: [{ after: "PT1M", do: "MARK_OUTCOME_UNKNOWN" }, { after: "PT2M", do: "RETRY_SAME_COMMAND", every: "PT1M", until: "PT8M" }, { after: "PT10M", do: "ESCALATE" }] },
  { kind: "timeout-policy", key: "ask", steps: [{ after: "PT1M", do: "MARK_OUTCOME_UNKNOWN" }, { after: "PT2M", do: "QUERY_STATUS", every: "PT1M", until: "PT8M" }, { after: "PT10M", do: "ESCALATE" }] },
  { kind: "timeout-policy", key: "tell", steps: [{ after: "PT1M", in: ["DISPATCHED", "WAITING"], do: "MARK_OUTCOME_UNKNOWN" }, { after: "PT1M", in: ["OUTCOME_UNKNOWN"], do: "ESCALATE" }] },
  { kind: "timeout-policy", key: "question", steps: [{ after: "PT1M", do: "RETRY_SAME_COMMAND", every: "PT1M", until: "PT4M" }, { after: "PT5M", do: "ESCALATE" }] },
  { kind: "timeout-policy", key: "give-up", steps: [{ after: "P1D", in: ["READY"], do: "CANCEL_TASK" }, { after: "P1D", do: "ESCALATE" }] },
  {
    kind: "decision-table", key: "failures", purpose: "failure", hitPolicy: "FIRST",
    columns: [{ key: "code", in: "failure.code", type: "string" }, { key: "effect", in: "failure.effect", type: "string" }, { out: "class", type: "string" }],
    rows: [
      { id: "partial-effect", effect: ["PARTIAL"], class: "PARTIAL" },
      ...FAILURE_CLASSES.map((name) => ({ id: name.toLowerCase(), code: [name], class: name })),
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
    rows: [{ id: "unknown", class: ["UNKNOWN"], category: "OUTCOME_UNKNOWN", severity: "P1", queue: "unknowns", customerImpact: "DELAY", revenueImpact: "DELAYED", manualTask: "find-out", sla: "PT2H", repairs: ["MARK_RECONCILED"] }],
    otherwise: { category: "TECHNICAL", severity: "P2", queue: "support", customerImpact: "DELAY", revenueImpact: "DELAYED", manualTask: "repair", sla: "PT8H", repairs: ["RETRY"] },
  },
  {
    kind: "decision-table", key: "status", purpose: "customer-status", hitPolicy: "FIRST",
    columns: [
      { key: "state", in: "item.state", type: "string" }, { key: "delayed", in: "item.delayed", type: "boolean" }, { out: "status", type: "string" },
    ],
    rows: [
      { id: "lost", state: ["FAILED"], status: "CANNOT_PROCESS" }, { id: "held", state: ["HELD"], status: "ACTION_REQUIRED" },
      { id: "done", state: ["COMPLETED"], status: "DONE" }, { id: "late", delayed: [true], status: "DELAYED" },
    ],
    otherwise: { status: "IN_PROGRESS" },
  },
  {
    kind: "milestone-map", key: "kit", statusTable: "status", milestones: [],
    statuses: ["IN_PROGRESS", "DELAYED", "ACTION_REQUIRED", "CANNOT_PROCESS", "DONE"].map((key) => ({ key, title: { en: key } })),
  },
  {
    kind: "manual-task", key: "approve", queue: "=(\"desk-\" + order.region)", role: "care-lead", sla: { within: "PT4H", calendar: "office" }, action: "Decide.", form: needs("reason"),
    outcomes: [{ key: "APPROVED", effect: "SUCCEED" }, { key: "REJECTED", effect: "FAIL" }, { key: "ASK_CUSTOMER", effect: "HOLD" }, { key: "AGAIN", effect: "RETRY" }],
  },
  {
    kind: "manual-task", key: "repair", role: "support", action: "Repair.", form: needs("reason"),
    outcomes: [{ key: "REPAIRED", effect: "RETRY" }, { key: "REJECTED", effect: "FAIL" }, { key: "DONE_BY_HAND", effect: "SUCCEED" }, { key: "ASK_CUSTOMER", effect: "HOLD" }],
  },
  {
    kind: "manual-task", key: "find-out", role: "restricted", action: "Find out.", form: needs("reason"),
    outcomes: [{ key: "TOOK_EFFECT", effect: "SUCCEED" }, { key: "NO_EFFECT", effect: "RETRY" }, { key: "GIVE_UP", effect: "FAIL" }, { key: "ASK_CUSTOMER", effect: "HOLD" }],
  },
  { kind: "calendar", key: "office", timeZone: "Europe/Berlin", week: { monday: ["08:00-12:00", "13:00-17:00"], tuesday: ["08:00-17:00"], wednesday: ["08:00-17:00"], thursday: ["08:00-17:00"], friday: ["08:00-17:00"] }, holidays: ["2026-12-25"] },
];
