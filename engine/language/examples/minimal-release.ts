import type { DefinitionFile } from "../definition-file.ts";

/** JSON that an example may change: what is broken is named by the example, not by types. */
export type Draft = { [property: string]: DraftValue };
export type DraftValue = string | number | boolean | null | undefined | DraftValue[] | Draft;

function define(kind: string, key: string, properties: Draft): [string, Draft] {
  return [`${kind}/${key}.json`, { kind, key, version: 1, title: `The ${key}`, description: `A ${kind} of the examples.`, ...properties }];
}

const text = { type: "string" };
const condition = (fact: string, path: string, operator: string, value: DraftValue): Draft => ({ all: [{ fact, path, operator, value }] });
const needs = (name: string): Draft => ({ type: "object", properties: { [name]: text }, required: [name] });
const system = (targetSystem: string, action: string, properties: Draft): Draft => ({
  category: "PROVISIONING", owner: "operations", targetSystem, action, work: { by: "system", mode: "command" },
  evidence: needs("reference"), retry: "standard", timeout: "ask", compensation: "none-correct-forward", ...properties,
});

/** A small release with one of everything, valid and without warnings. Each call makes a new copy, to be broken. */
export function minimalRelease(): Map<string, Draft> {
  return new Map([
    define("plan-template", "demo-add", {
      milestoneMap: "demo", changePolicy: "demo", fallout: "fallout", deadline: "P5D",
      tasks: [
        { key: "reserve", type: "reserve", with: { resource: "PORT" } },
        { key: "approve", type: "approve", includeWhen: condition("item", "quantity", "greaterThan", 10) },
        {
          key: "activate", type: "activate",
          dependsOn: [
            { type: "output", task: "reserve", with: { output: "reservationId" } },
            { type: "human", task: "approve", with: { accept: ["APPROVED"] } },
            { type: "time", with: { at: "=item.requestedDate" } },
          ],
        },
        { key: "ship", type: "ship", mandatory: false, dependsOn: [{ type: "milestone", milestone: "service-activated" }] },
      ],
      milestones: [{ key: "service-activated", reachedBy: ["activate"] }],
      billingTriggers: ["demo-start"],
      completeWhen: condition("milestones", "service-activated.outcome", "equal", "REACHED"),
    }),
    define("task-type", "reserve", system("inventory", "reserve", {
      parameters: needs("resource"), request: { resource: "=with.resource", place: "=item.place.id" },
      outputs: { reservationId: "=result.reference" }, timeout: "keyed", compensation: "release",
      locks: [{ scope: "resource-pool", key: "=with.resource" }],
    })),
    define("task-type", "release", system("inventory", "release", { inputs: needs("reservationId"), request: { id: "=inputs.reservationId" }, timeout: "keyed" })),
    define("task-type", "activate", system("network", "activate", {
      inputs: needs("reservationId"), request: { id: "=inputs.reservationId" }, preconditions: condition("item", "place.validated", "equal", true),
      amend: { action: "adjust", request: { id: "=task.request.id", speed: "=item.characteristics.speed" } },
      withdraw: { action: "recall", request: { id: "=inputs.reservationId" } },
    })),
    define("task-type", "ship", system("carrier", "ship", { category: "LOGISTICS", retry: "once", timeout: "tell", compensation: "none-irreversible", irreversible: true })),
    define("task-type", "start-charge", system("inventory", "start-charge", { category: "BILLING", inputs: needs("effectiveFrom"), request: { charge: "=charge", from: "=inputs.effectiveFrom" } })),
    define("task-type", "notify", system("inventory", "notify", { category: "COMMUNICATION", mandatory: false, parameters: needs("message"), request: { message: "=with.message" } })),
    define("task-type", "approve", {
      category: "COMMERCIAL", owner: "care", action: "approve", work: { by: "person", manualTask: "approve" }, compensation: "none-needed",
    }),
    define("dependency-type", "success", { binds: "task", satisfiedWhen: condition("predecessor", "outcome", "equal", "SUCCESS") }),
    define("dependency-type", "milestone", { binds: "milestone", satisfiedWhen: condition("milestone", "outcome", "equal", "REACHED") }),
    define("dependency-type", "output", {
      binds: "task", parameters: { type: "object", properties: { output: { type: "string", examples: ["serviceId"] } }, required: ["output"] },
      satisfiedWhen: condition("predecessor", "outputs.{output}", "isPresent", true), provides: "=predecessor.outputs.{output}",
    }),
    define("dependency-type", "human", {
      binds: "task", parameters: { type: "object", properties: { accept: { type: "array", items: text, minItems: 1, examples: [["APPROVED"]] } }, required: ["accept"] },
      satisfiedWhen: condition("predecessor", "outputs.decision", "in", "{accept}"),
    }),
    define("dependency-type", "time", {
      binds: "instant", parameters: { type: "object", properties: { at: { type: "string", examples: ["=item.requestedDate"] } }, required: ["at"] },
      wakeAt: "{at}", satisfiedWhen: { all: [{ fact: "now", operator: "atOrAfter", value: { fact: "edge", path: "wakeAt" } }] },
    }),
    define("retry-policy", "standard", {
      maxAttempts: 3, backoff: { strategy: "FIXED", initialDelay: "PT10S", maxDelay: "PT1M", jitter: 0.2 },
      retryOn: { classes: ["TRANSIENT"] }, reconcileFirst: true, onExhausted: "FALLOUT",
    }),
    define("retry-policy", "once", { maxAttempts: 1, retryOn: { classes: [] }, onExhausted: "FALLOUT" }),
    define("timeout-policy", "keyed", { steps: [{ after: "PT1M", do: "RETRY_SAME_COMMAND", every: "PT1M", until: "PT10M" }] }),
    define("timeout-policy", "ask", { steps: [{ after: "PT1M", do: "MARK_OUTCOME_UNKNOWN" }, { after: "PT2M", do: "QUERY_STATUS" }] }),
    define("timeout-policy", "tell", { steps: [{ after: "PT1M", do: "ESCALATE" }] }),
    define("compensation-policy", "release", {
      compensatable: true, taskType: "release", deadline: "=date and time(task.finishedAt) + duration(\"P30D\")",
      impact: { customer: "NONE", financial: "NONE", legal: "NONE" },
    }),
    define("compensation-policy", "none-needed", { compensatable: false, reason: "NO_EFFECT" }),
    define("compensation-policy", "none-correct-forward", { compensatable: false, reason: "CORRECT_FORWARD" }),
    define("compensation-policy", "none-irreversible", { compensatable: false, reason: "IRREVERSIBLE" }),
    define("billing-trigger", "demo-start", {
      milestone: "service-activated", charges: condition("charge", "type", "equal", "RECURRING"), taskType: "start-charge",
      effectiveFrom: "=milestone.reachedAt", blocksCompletion: true, escalateAfter: "PT4H",
    }),
    define("milestone-map", "demo", {
      statusTable: "demo-status", notifyWith: "notify",
      milestones: [{ key: "order-accepted", title: "Received" }, { key: "service-activated", title: "Active", notify: { en: "Your service is active." } }],
      statuses: [{ key: "RECEIVED", title: { en: "Received" } }, { key: "ACTIVE", title: { en: "Active" } }],
    }),
    define("decision-table", "demo-decomposition", {
      purpose: "decomposition", hitPolicy: "UNIQUE",
      columns: [
        { key: "offering", in: "item.offering", type: "string" }, { key: "action", in: "item.action", type: "string", values: ["ADD", "MODIFY"] },
        { out: "planTemplate", type: "string" },
      ],
      rows: [{ id: "add", offering: ["DEMO"], action: ["ADD"], planTemplate: "demo-add" }],
    }),
    define("decision-table", "failures", {
      purpose: "failure", hitPolicy: "FIRST", columns: [{ key: "code", in: "failure.code", type: "string" }, { out: "class", type: "string" }],
      rows: [{ id: "busy", code: ["BUSY"], class: "TRANSIENT" }], otherwise: { class: "UNKNOWN" },
    }),
    define("decision-table", "fallout", {
      purpose: "fallout", hitPolicy: "FIRST",
      columns: [
        { key: "class", in: "failure.class", type: "string" },
        ...["category", "severity", "queue", "customerImpact", "revenueImpact", "manualTask"].map((out) => ({ out, type: "string" })),
        { out: "sla", type: "duration" }, { out: "repairs", type: "list" },
      ],
      rows: [],
      otherwise: {
        category: "TECHNICAL", severity: "P2", queue: "support", sla: "PT8H", customerImpact: "DELAY", revenueImpact: "NONE",
        manualTask: "repair", repairs: ["RETRY"],
      },
    }),
    define("decision-table", "demo-status", {
      purpose: "customer-status", hitPolicy: "FIRST",
      columns: [{ key: "active", in: "milestones.service-activated.outcome", type: "string" }, { out: "status", type: "string" }],
      rows: [{ id: "active", active: ["REACHED"], status: "ACTIVE" }], otherwise: { status: "RECEIVED" },
    }),
    define("decision-table", "authority", {
      purpose: "authority", hitPolicy: "FIRST",
      columns: [{ key: "action", in: "repair.action", type: "string" }, { key: "roles", in: "actor.roles", type: "list" }, { out: "allow", type: "boolean" }],
      rows: [{ id: "retry", action: ["RETRY"], roles: ["support"], allow: true }], otherwise: { allow: false },
    }),
    define("decision-table", "demo-change", {
      purpose: "change", hitPolicy: "FIRST",
      columns: [{ key: "passed", in: "item.pointOfNoReturn", type: "string" }, { out: "answer", type: "string" }],
      rows: [{ id: "early", passed: ["none"], answer: "ACCEPT" }], otherwise: { answer: "REFUSE" },
    }),
    define("decision-table", "demo-change-tasks", {
      purpose: "change-task", hitPolicy: "FIRST",
      columns: [{ key: "undo", in: "task.compensatable", type: "boolean" }, { out: "do", type: "string" }],
      rows: [{ id: "undo", undo: [true], do: "COMPENSATE" }], otherwise: { do: "KEEP" },
    }),
    define("change-policy", "demo", { decide: "demo-change", tasks: "demo-change-tasks", freezeWhileDeciding: true, requalify: ["characteristics.speed"] }),
    ...(["inventory", "network", "carrier"] as const).map((key) => define("target-system", key, {
      adapter: "http", endpoint: `${key.toUpperCase()}_ENDPOINT`, completion: "response",
      effects: { inventory: { class: "idempotent-key" }, network: { class: "queryable", settleWindow: "PT10S" }, carrier: { class: "neither" } }[key],
      limits: { concurrency: 5 }, failures: "failures", degraded: "QUEUE",
      breaker: { failureRate: 0.5, minimumCalls: 10, window: "PT1M", openFor: "PT30S", probes: 1 },
      retryBudget: { share: 0.1, minimum: 5, window: "PT1M" },
    })),
    define("manual-task", "approve", {
      queue: "care", role: "care-lead", sla: { within: "P1D", calendar: "hours" }, action: "Decide.",
      form: needs("reason"), outcomes: [{ key: "APPROVED", effect: "SUCCEED" }, { key: "REJECTED", effect: "CANCEL_ITEM" }],
      escalation: [{ after: "PT4H", to: "care-lead" }, { after: "P1D", to: "operations" }], revalidate: ["ORDER_SCHEMA"],
    }),
    define("manual-task", "repair", { role: "support", action: "Repair.", form: needs("reason"), outcomes: [{ key: "REPAIRED", effect: "RETRY" }] }),
    define("order-schema", "demo", {
      offerings: ["DEMO"], quote: { required: false }, order: needs("billingAccount"), actions: { ADD: { type: "object" } },
      breaches: [{ code: "past", message: "Too late.", when: { all: [{ fact: "item", path: "requestedDate", operator: "before", value: { fact: "now" } }] } }],
    }),
    define("calendar", "hours", { timeZone: "Europe/Berlin", week: { monday: ["08:00-12:00", "13:00-17:00"] }, holidays: ["2026-12-25"] }),
  ]);
}

/** The drafts as files for `compile`. */
export function filesOf(drafts: ReadonlyMap<string, unknown>): DefinitionFile[] {
  return [...drafts].map(([path, content]) => ({ path, content }));
}
