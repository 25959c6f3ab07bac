import { checker, groupBy } from "./checker.ts";

export const once = checker("I-13", "one message changes state at most once", function* ({ dump, people }) {
  const seen = new Map<string, number>();
  // Timers are not messages: they have an invariant of their own.
  for (const { causationId } of dump.journal) if (!causationId.startsWith("timer/")) seen.set(causationId, (seen.get(causationId) ?? 0) + 1);
  // A person who got no answer sends the same message again, as another input.
  for (const [messageId, tries] of groupBy(people, (record) => record.messageId)) {
    const inputs = new Set(tries.map(({ inputId }) => inputId).filter((inputId) => seen.has(inputId)));
    if (inputs.size > 1) yield [messageId, `was applied as ${[...inputs].join(" and ")}`] as const;
  }
  for (const [causationId, times] of seen) if (times > 1) yield [causationId, `caused ${times} entries of the journal`] as const;
});
