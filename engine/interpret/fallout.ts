import type { CompiledPlanTemplate } from "../language/compiled-release.ts";
import { outcomeOf } from "../order/machines.ts";
import type { Failure } from "../order/order.ts";
import type { ManualWork } from "../order/task.ts";
import { parseDurationMs } from "../support/duration.ts";
import { required } from "../support/defect.ts";
import { addMs } from "../support/instant.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { sha256Hex } from "../support/hash.ts";
import { textOf, type Json } from "../support/json.ts";
import type { TableResult } from "../table/compile-table.ts";
import type { Decision } from "./decision.ts";
import { itemFacts, orderFacts, taskFacts } from "./facts-of.ts";

/** Hex digits of a fingerprint: enough to tell causes apart, short enough to be an address. */
const FINGERPRINT_DIGITS = 16;

/** What a fallout case is about when no rule of the plan template can be asked. */
const UNROUTED = {
  category: "TECHNICAL", severity: "P2", queue: "fallout", sla: null, customerImpact: "DELAY", revenueImpact: "DELAYED",
  manualTask: null, repairs: ["RETRY"],
} as const;

/**
 * Opens the fallout case of a task, routed by the template's fallout table (22a section 18). One open case a task: a
 * second cause while one is open changes nothing.
 */
export function openTaskCase(decision: Decision, position: number, failure: Failure): void {
  const planned = decision.planned(position);
  if (openCaseOf(decision, planned.id)) return;
  const item = decision.item(planned.itemId);
  const facts = {
    failure: { code: failure.code, class: failure.class, httpStatus: failure.httpStatus, effect: failure.effect },
    task: taskFacts(planned, decision.task(position), decision.release),
    item: itemFacts(decision.order, item),
    order: orderFacts(decision.order),
  };
  const answer = templateOf(decision, planned.source.template).fallout.evaluate(facts);
  // A case about work that has ended is for people to look at; it keeps nothing from going on.
  const blocking = planned.mandatory && outcomeOf(decision.task(position).state) === "OPEN";
  openCase(decision, planned.itemId, planned.id, blocking, failure, answer);
  decision.touchedItems.add(planned.itemId);
}

/** Opens a case about the order or an item itself, for example when no plan could be made (B11). */
export function openOrderCase(decision: Decision, itemId: string | null, code: string, message: string): void {
  const known = decision.order.cases.some((open) => open.state === "OPEN" && open.taskId === null && open.itemId === itemId && open.reasonCode === code && open.reason === message);
  if (known) return;
  openCase(decision, itemId, null, true, { code, message }, { hit: "none", rows: [] });
  if (itemId !== null) decision.touchedItems.add(itemId);
}

function openCase(
  decision: Decision, itemId: string | null, taskId: string | null, blocking: boolean,
  failure: Pick<Failure, "code" | "message">, answer: TableResult,
): void {
  const outputs: { readonly [output: string]: Json } = answer.hit === "one" ? answer.outputs : UNROUTED;
  const text = (output: "category" | "severity" | "queue" | "customerImpact" | "revenueImpact") => textOf(outputs[output]) ?? UNROUTED[output];
  const slaMs = parseDurationMs(textOf(outputs["sla"]) ?? "");
  decision.emit({
    type: "FalloutCaseOpened",
    case: {
      id: `${decision.order.id}/case/${decision.order.cases.length + 1}`,
      state: "OPEN",
      itemId,
      taskId,
      blocking,
      reasonCode: failure.code,
      reason: failure.message,
      category: text("category"),
      severity: text("severity"),
      queue: text("queue"),
      slaDueAt: slaMs === null ? null : addMs(decision.at, slaMs),
      customerImpact: text("customerImpact"),
      revenueImpact: text("revenueImpact"),
      manualTask: typeof outputs["manualTask"] === "string" ? outputs["manualTask"] : null,
      repairOptions: Array.isArray(outputs["repairs"]) ? outputs["repairs"].map(String) : [],
      rule: answer.hit === "one" ? (answer.rows[0] ?? "otherwise") : "none",
      fingerprint: fingerprintOf(decision, taskId, failure.code),
      openedAt: decision.at,
      closedAt: null,
      resolution: null,
    },
  });
}

/** What cases of one cause share: the same kind of work, at the same system, stopped for the same reason. */
function fingerprintOf(decision: Decision, taskId: string | null, code: string): string {
  const position = taskId === null ? undefined : decision.index.taskPosition.get(taskId);
  const type = position === undefined ? undefined : decision.release.taskTypes.get(decision.planned(position).type)?.definition;
  return sha256Hex(canonicalJson([type?.targetSystem ?? null, code, type?.key ?? null])).slice(0, FINGERPRINT_DIGITS);
}

/** Closes the open case of a task, if there is one, because the task went on. */
export function closeTaskCase(decision: Decision, taskId: string, resolution: string, by?: string): void {
  const open = openCaseOf(decision, taskId);
  if (!open) return;
  decision.emit({ type: "FalloutCaseClosed", caseId: open.id, resolution, ...(by !== undefined && { by }) });
  if (open.itemId !== null) decision.touchedItems.add(open.itemId);
}

/** Closes the open cases of the order itself. */
export function closeOrderCases(decision: Decision, resolution: string): void {
  for (const open of decision.order.cases) {
    if (open.state === "OPEN" && open.taskId === null) decision.emit({ type: "FalloutCaseClosed", caseId: open.id, resolution });
  }
}

/** Closes the open cases that are about one item itself. */
export function closeItemCases(decision: Decision, itemId: string, resolution: string): void {
  for (const open of decision.order.cases) {
    if (open.state === "OPEN" && open.taskId === null && open.itemId === itemId) decision.emit({ type: "FalloutCaseClosed", caseId: open.id, resolution });
  }
}

/** The work of a person on a failed task, as its case says. */
export function repairWork(decision: Decision, taskId: string): ManualWork {
  const open = openCaseOf(decision, taskId);
  const definition = open?.manualTask ? decision.release.manualTasks.get(open.manualTask)?.definition : undefined;
  return {
    cause: "FALLOUT",
    manualTask: definition?.key ?? null,
    queue: open?.queue ?? null,
    role: definition?.role ?? null,
    dueAt: open?.slaDueAt ?? null,
    claimedBy: null,
    escalations: [],
  };
}

export function openCaseOf(decision: Decision, taskId: string) {
  return decision.order.cases.find((candidate) => candidate.state === "OPEN" && candidate.taskId === taskId);
}

export function templateOf(decision: Decision, key: string): CompiledPlanTemplate {
  return required(decision.release.planTemplates.get(key), `Plan template ${key}`);
}
