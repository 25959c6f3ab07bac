import type { TaskType } from "../../engine/language/kinds.ts";
import type { JournalEntry } from "../../engine/order/events.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Act, ManualLine, QueryLine, ScriptLine, TaskBehavior, TaskLine } from "../../engine/simulate/script.ts";
import { formatDuration } from "../../engine/support/duration.ts";
import { addMs, msBetween } from "../../engine/support/instant.ts";
import { simulate as words } from "../strings/simulate.ts";
import type { Lookup } from "../plan/plan-view.ts";
import type { Failing } from "./failures.ts";
import type { OrderTask } from "./standings.ts";

/** Where one stands in a run: what had happened, and how the order stood then. */
export interface Standpoint {
  readonly order: Order;
  /** The entries up to here. */
  readonly journal: readonly JournalEntry[];
  readonly now: string;
  /** `<itemId>/<taskKey>` -> how often a person has worked on it. */
  readonly worked: { readonly [task: string]: number };
  readonly find: Lookup;
}

/** What a system may do with a command, as one does it at the screen. */
export type Answer = Exclude<TaskBehavior, "FAIL" | "ACCEPT_THEN_FAIL"> | "FAIL";

export const ANSWERS: readonly Answer[] = ["SUCCEED", "FAIL", "LATE", "DUPLICATE", "REORDER", "LOSE_CALLBACK", "TAKE_EFFECT_THEN_TIME_OUT", "TIME_OUT_WITHOUT_EFFECT"];

/** A late answer comes so long after what would have been on time. */
const LATE_MS = 3_600_000;

/** What is done now happens after everything of this very instant that was seen, so it happens the next instant. */
const NEXT_MS = 1;

/** Systems answer a call within this time or not at all; an answer that is lost is lost by then. */
const CALL_MS = 10_000;

/** Why a system cannot answer so where one stands; null when it can. */
export function whyNot(does: Answer, { task }: OrderTask, callsBack: boolean, now: string): string | null {
  if (does === "LOSE_CALLBACK" && !callsBack) return words.not.noCallback;
  switch (task.state) {
    case "PENDING":
    case "READY":
    case "RETRY_SCHEDULED":
      return null;
    case "DISPATCHED":
      return isSilence(does) && task.sentAt !== null && msBetween(task.sentAt, now) > CALL_MS ? words.not.answered : null;
    case "WAITING":
      return isSilence(does) || does === "REORDER" ? words.not.accepted : null;
    case "OUTCOME_UNKNOWN":
      return does === "LATE" ? null : words.not.unknown;
    case "AWAITING_MANUAL_ACTION":
      return words.not.person;
    default:
      return words.not.over;
  }
}

function isSilence(does: Answer): boolean {
  return does === "TAKE_EFFECT_THEN_TIME_OUT" || does === "TIME_OUT_WITHOUT_EFFECT";
}

/**
 * Lets the system answer the command that is under way from now on, or the next one when none is. What was seen so far stays
 * as it was: an answer given now is one that took from the sending until now.
 */
export function answer(script: readonly ScriptLine[], at: Standpoint, { planned, task }: OrderTask, does: Answer, more: { readonly result?: TaskLine["result"]; readonly failure?: Failing; readonly afterMs?: number } = {}): readonly ScriptLine[] {
  const name = `${planned.itemId}/${planned.key}`;
  const sent = timesSent(at, name);
  const underWay = task.state === "DISPATCHED" || task.state === "WAITING" || task.state === "OUTCOME_UNKNOWN";
  const attempt = underWay ? Math.max(sent, 1) : sent + 1;
  const since = underWay ? msBetween(task.sentAt ?? at.now, at.now) + NEXT_MS : 0;
  const delay = more.afterMs ?? (does === "LATE" && task.state !== "OUTCOME_UNKNOWN" ? LATE_MS : 0);
  const timed = !isSilence(does) && (underWay || delay > 0 || more.afterMs !== undefined);
  const line: TaskLine = {
    task: name, attempt, does: behavior(does, task.state === "WAITING"), ...(timed && { after: formatDuration(since + delay) }),
    ...(more.result !== undefined && { result: more.result }), ...(does === "FAIL" && more.failure),
  };
  return [line, ...script.filter((other) => !("task" in other && "does" in other && other.task === name && other.attempt === attempt))];
}

function behavior(does: Answer, accepted: boolean): TaskBehavior {
  if (!accepted) return does;
  return does === "FAIL" ? "ACCEPT_THEN_FAIL" : does === "LATE" ? "SUCCEED" : does;
}

/** What a system says when it is asked the next time what became of a command. */
export function answerQuestion(script: readonly ScriptLine[], at: Standpoint, type: TaskType, does: QueryLine["does"]): readonly ScriptLine[] {
  const system = type.targetSystem ?? "";
  const attempt = questionsTo(at, system) + 1;
  return [{ query: system, attempt, does }, ...script.filter((line) => !("query" in line && line.query === system && line.attempt === attempt))];
}

/** What a person decides about the task that waits for them. */
export function decide(script: readonly ScriptLine[], at: Standpoint, { planned, task }: OrderTask, outcome: string, form?: ManualLine["form"]): readonly ScriptLine[] {
  const manual = `${planned.itemId}/${planned.key}`;
  const attempt = (at.worked[manual] ?? 0) + 1;
  const handedOut = task.state === "OUTCOME_UNKNOWN" ? (at.order.cases.findLast(({ taskId }) => taskId === task.id)?.openedAt ?? at.now) : "since" in task ? task.since : at.now;
  const after = formatDuration(msBetween(handedOut, at.now) + NEXT_MS);
  return [{ manual, attempt, outcome, after, ...(form && { form }) }, ...script.filter((line) => !("manual" in line && line.manual === manual && line.attempt === attempt))];
}

/** What someone asks of the order exactly where the run is looked at. */
export function ask(script: readonly ScriptLine[], { order }: Standpoint, act: Act): readonly ScriptLine[] {
  return [...script, { ...act, afterEvents: order.aggregateVersion }];
}

/** A fact from outside comes now. */
export function letCome(script: readonly ScriptLine[], { order }: Standpoint, event: string, item: string): readonly ScriptLine[] {
  return [...script, { event, item, afterEvents: order.aggregateVersion }];
}

/** How often a task's command was sent in the shown part of a run, as the script counts it: over all versions of the plan. */
export function timesSent({ journal, order }: Pick<Standpoint, "journal" | "order">, name: string): number {
  const ids = idsOf(order, name);
  return journal.flatMap(({ events }) => events).filter((event) => event.type === "TaskDispatched" && ids.has(event.taskId)).length;
}

function questionsTo({ journal, order, find }: Standpoint, system: string): number {
  const mine = new Set(order.plan?.graph.tasks.filter(({ type }) => find("task-type", type)?.targetSystem === system).map(({ id }) => id));
  return journal.flatMap(({ events }) => events).filter((event) => event.type === "TaskStatusQueried" && mine.has(event.taskId)).length;
}

function idsOf(order: Order, name: string): ReadonlySet<string> {
  return new Set(order.plan?.graph.tasks.filter(({ itemId, key }) => `${itemId}/${key}` === name).map(({ id }) => id));
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

/** The last entry up to an instant, counted from 1. */
export function stepAt(journal: readonly JournalEntry[], at: string): number {
  return Math.max(1, journal.findLastIndex((entry) => entry.at <= at) + 1);
}

/** The entry an hour further; null when nothing happens within an hour. */
export function stepAfter(journal: readonly JournalEntry[], step: number, ms: number): number | null {
  const to = stepAt(journal, addMs(journal[step - 1]?.at ?? "", ms));
  return to > step ? to : null;
}
