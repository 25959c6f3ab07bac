import { checker } from "./checker.ts";

export const once = checker("I-13", "one message changes state at most once", function* ({ dump }) {
  const seen = new Map<string, number>();
  // Timers are not messages: they have an invariant of their own.
  for (const { causationId } of dump.journal) if (!causationId.startsWith("timer/")) seen.set(causationId, (seen.get(causationId) ?? 0) + 1);
  for (const [causationId, times] of seen) if (times > 1) yield [causationId, `caused ${times} entries of the journal`] as const;
});
