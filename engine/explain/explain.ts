import type { CompiledRelease } from "../language/compiled-release.ts";
import { outcomeOf } from "../order/machines.ts";
import type { FalloutCase, Order } from "../order/order.ts";
import { asSentence } from "./sentence.ts";
import { explainTask, type TaskExplanation } from "./explain-task.ts";

/** Why admission keeps READY tasks waiting, by task id; known only to whoever runs admission. */
export type AdmissionWaits = ReadonlyMap<string, { readonly reason: string; readonly resource: string }>;

/** Why an order stands where it stands. */
export interface OrderExplanation {
  /** One sentence: why the order is not moving, or what moves it. */
  readonly sentence: string;
  /** Task that decides how fast the order goes on; null when none does. */
  readonly blockingTaskId: string | null;
  /** Who must act next. */
  readonly waitsFor: "nobody" | "target-system" | "person" | "customer" | "clock" | "capacity";
  readonly tasks: readonly TaskExplanation[];
}

/**
 * Says for an order why it is not moving and for every task why it exists, why it was left out, and what it waits for. The
 * read model, the console and the simulator all show this very text.
 */
export function explainOrder(order: Order, release: CompiledRelease, waits: AdmissionWaits = new Map()): OrderExplanation {
  const tasks = order.tasks.map((_, position) => explainTask(order, release, position, waits));
  return { ...headline(order, tasks), tasks };
}

function headline(order: Order, tasks: readonly TaskExplanation[]): Omit<OrderExplanation, "tasks"> {
  const say = (waitsFor: OrderExplanation["waitsFor"], sentence: string, task: TaskExplanation | null = null) => ({ sentence, waitsFor, blockingTaskId: task?.taskId ?? null });
  switch (order.state) {
    case "COMPLETED":
      return say("nobody", `The order was completed at ${order.completedAt ?? "an unknown time"}.`);
    case "FAILED":
    case "REJECTED":
    case "CANCELLED":
      return say("nobody", `The order has ended as ${order.state}.`);
    case "SUBMITTED":
    case "VALIDATING":
      return say("nobody", "The order was accepted; its plan is about to be made.");
    default:
  }
  const open = order.cases.filter(({ state, blocking }) => state === "OPEN" && blocking);
  if (order.plan === null) return say("person", `No plan could be made. ${open.map(({ reason }) => asSentence(reason)).join(" ")}`.trim());
  const held = order.items.find(({ state }) => state === "HELD");
  const live = tasks.filter(({ state }) => outcomeOf(state) === "OPEN");
  if (held) return say("customer", `Item ${held.id} is held: the customer must act before it goes on.`, live.find((task) => task.waits === "customer") ?? null);

  const blocked = live.find((task) => open.some(({ taskId }) => taskId === task.taskId));
  const worst = open[0];
  if (worst) return say("person", caseSentence(worst, blocked), blocked ?? null);
  // Work under way decides more than work that waits for it.
  for (const waits of ["person", "target-system", "capacity", "clock"] as const) {
    const found = live.find((task) => task.mandatory && task.waits === waits) ?? live.find((task) => task.waits === waits);
    if (found) return say(waits, found.sentence, found);
  }
  const incomplete = order.items.find(({ state, openMandatoryTasks }) => state === "IN_PROGRESS" && openMandatoryTasks === 0);
  if (incomplete) return say("nobody", `All mandatory work of item ${incomplete.id} is done, but its completion criteria do not hold yet.`);
  return say("nobody", live[0]?.sentence ?? "Nothing is left to do.", live[0] ?? null);
}

function caseSentence(found: FalloutCase, task: TaskExplanation | undefined): string {
  const due = found.slaDueAt === null ? "" : `, due ${found.slaDueAt}`;
  return `${task ? `"${task.title}" is stopped` : "The order is stopped"}: ${asSentence(found.reason)} A person in the queue ${found.queue} must act (${found.severity}${due}).`;
}
