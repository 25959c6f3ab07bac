import type { History } from "../history.ts";
import { checker, groupBy } from "./checker.ts";

/** A person's work by hand is a person's; what our commands did counts. */
export const oneEffect = checker("I-01", "a task takes effect at most once", function* (history) {
  const effects = history.fakes.filter(({ kind, by }) => kind === "effect" && by === "command");
  for (const [taskId, done] of groupBy(effects, (record) => record.taskId)) {
    if (done.length > 1 && !clockBroken(history, taskId)) yield [taskId, `took effect ${done.length} times: ${done.map(({ commandId, at }) => `${commandId} at ${at}`).join(", ")}`] as const;
  }
});

/** A clock that jumps ahead ends a settle window before its time: no clock of ours can tell. */
function clockBroken({ fakes, systems, clock }: History, taskId: string): boolean {
  const sent = fakes.filter((record) => record.kind === "request" && record.taskId === taskId);
  const [first, last] = [sent[0], sent.at(-1)];
  if (!first || !last || systems.get(first.system)?.effects !== "queryable") return false;
  return clock.some(({ at, byMs }) => byMs > 0 && at <= last.at && Date.parse(at) >= Date.parse(first.at) - 120_000);
}
