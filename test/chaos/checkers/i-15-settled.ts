import { checker } from "./checker.ts";

/** The outbox's side of "what is committed is published": after the faults every command was performed or reported lost. */
export const settled = checker("I-15", "every committed command is performed or reported lost in the end", function* ({ dump, attempted, reported }) {
  for (const { id, status, kind } of dump.outbox) {
    if (status !== "settled") yield [id, `is still ${status}`] as const;
    else if (kind === "dispatch" && !reported.has(id)) yield [id, "is settled, but nobody handed in what came of it"] as const;
    else if (kind === "dispatch" && !attempted.has(id)) yield [id, "is settled, but was neither sent nor reported lost"] as const;
  }
});
