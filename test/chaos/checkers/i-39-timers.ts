import { timersOf } from "../../../engine/interpret/timer-commands.ts";
import { checker } from "./checker.ts";
import type { Dump } from "../store.ts";

/** After the faults a timer waits for nothing but the commits before it. */
const LATEST_MS = 3_600_000;

export const timers = checker("I-39", "a timer fires once, never early, soon after it is due, and no dead one is kept", function* (history) {
  const fired = new Set<string>();
  for (const { causationId, at, orderId } of history.dump.journal) {
    if (!causationId.startsWith("timer/")) continue;
    const dueAt = causationId.slice(causationId.lastIndexOf("@") + 1);
    // A clock that goes back meets the same instant again.
    if (fired.has(causationId) && !history.clock.some(({ byMs }) => byMs < 0)) yield [orderId, `${causationId} fired twice`] as const;
    fired.add(causationId);
    if (at < dueAt) yield [orderId, `${causationId} fired early, at ${at}`] as const;
    if (dueAt > history.healedAt && Date.parse(at) - Date.parse(dueAt) > LATEST_MS) yield [orderId, `${causationId} fired late, at ${at}`] as const;
  }
  const { dump, endedAt } = history;
  for (const { timerId, dueAt } of dump.timers) if (dueAt < endedAt) yield [timerId, `was due at ${dueAt} and never fired`] as const;
  for (const midway of [...history.midways, dump]) yield* compare(midway);
});

/** The clocks of a state against the rows of whoever keeps the time. */
function* compare({ orders, timers }: Pick<Dump, "orders" | "timers">): Iterable<readonly [string, string]> {
  const wanted = new Map<string, string>();
  for (const order of orders) for (const [timerId, dueAt] of timersOf(order)) wanted.set(timerId, dueAt);
  for (const { timerId, dueAt } of timers) {
    if (wanted.get(timerId) !== dueAt) yield [timerId, `is kept for ${dueAt}, its order says ${wanted.get(timerId) ?? "nothing"}`];
    wanted.delete(timerId);
  }
  for (const [timerId, dueAt] of wanted) yield [timerId, `should run until ${dueAt} and does not`];
}
