import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";

const ENDED: ReadonlySet<string> = new Set(["REJECTED", "COMPLETED", "FAILED", "CANCELLED", "PARTIALLY_COMPLETED"]);

export const ends = checker("I-40", "after the faults every order ends or is in somebody's queue", function* (history) {
  for (const { id, order } of storiesOf(history)) {
    if (!order || ENDED.has(order.state)) continue;
    const owned = order.cases.some(({ state, queue, blocking, taskId }) => state === "OPEN" && queue !== "" && (blocking || taskId === null))
      || order.tasks.some((task) => task.state === "AWAITING_MANUAL_ACTION" && task.manual.queue !== null)
      || order.items.some(({ state }) => state === "HELD") || order.approvals.some(({ state }) => state === "PENDING");
    if (!owned) yield [id, `is ${order.state} for ever: ${order.tasks.filter((task) => !/SUCC|SKIP|FAIL|CANC|WAIV/.test(task.state)).slice(0, 4).map((task) => `${task.id} ${task.state}`).join(", ")}`] as const;
  }
});
