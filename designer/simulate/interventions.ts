import type { JournalEntry } from "../../engine/order/events.ts";
import type { Order } from "../../engine/order/order.ts";
import type { ScriptLine, TaskLine } from "../../engine/simulate/script.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";

/** How a system may answer; `failRetryable` and `failFinal` are failures a policy tells apart. */
export type Answer = Exclude<TaskLine["does"], "FAIL"> | "failRetryable" | "failFinal";

/** A retryable failure as target systems report it, and one that is not. */
const FAILURES = {
  failRetryable: { does: "FAIL", code: "UNAVAILABLE", httpStatus: 503, message: "The system is not available." },
  failFinal: { does: "FAIL", code: "REJECTED", httpStatus: 422, message: "The system refuses the request." },
} as const;

/** How often a task's command was sent in the shown part of a run, as the script counts it. */
export function timesSent(journal: readonly JournalEntry[], order: Order, itemId: string, key: string): number {
  const ids = new Set(order.plan?.graph.tasks.filter((task) => task.itemId === itemId && task.key === key).map(({ id }) => id));
  return journal.flatMap(({ events }) => events).filter((event) => event.type === "TaskDispatched" && ids.has(event.taskId)).length;
}

/** What a system does with the command that is under way, or with the next one when none is. It replaces what was said of the same command before. */
export function answer(script: readonly ScriptLine[], task: string, attempt: number, does: Answer, result?: Json): readonly ScriptLine[] {
  const how = does === "failRetryable" || does === "failFinal" ? FAILURES[does] : { does };
  const line: TaskLine = { task, attempt, ...how, ...(result === undefined ? {} : { result }) };
  return [line, ...script.filter((other) => !("task" in other && "does" in other && other.task === task && other.attempt === attempt))];
}

/** What a person decides about the task that waits for them. */
export function decide(script: readonly ScriptLine[], task: string, outcome: string): readonly ScriptLine[] {
  return [{ manual: task, outcome, times: 1 }, ...script];
}

/** What someone asks of the order exactly where the run is looked at. */
export function ask(script: readonly ScriptLine[], order: Order, act: { readonly do: "CANCEL" } | { readonly do: "AMEND"; readonly item: string; readonly set: JsonObject } | { readonly do: "APPROVE" | "REFUSE" }): readonly ScriptLine[] {
  const moment = { afterEvents: order.aggregateVersion };
  switch (act.do) {
    case "CANCEL": return [...script, { ...act, ...moment, reason: "CUSTOMER_REQUEST" }];
    case "AMEND": return [...script, { ...act, ...moment, reason: "CUSTOMER_REQUEST" }];
    case "APPROVE":
    case "REFUSE": return [...script, { ...act, ...moment }];
  }
}

/** The first entry in which two runs differ, counted from 1; null when they are the same. Ids and digests of releases do not count. */
export function firstDifference(a: readonly JournalEntry[], b: readonly JournalEntry[]): number | null {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) if (said(a[index]) !== said(b[index])) return index + 1;
  return null;
}

function said(entry: JournalEntry | undefined): string {
  if (entry === undefined) return "";
  const plain = (name: string, value: unknown): unknown => (name === "release" || name === "rule" || name === "decompositions" || name === "source" || name === "authority" ? undefined : value);
  return JSON.stringify([entry.at, entry.events], plain);
}
