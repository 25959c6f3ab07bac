import { createHash } from "node:crypto";
import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";

export const appendOnly = checker("I-23", "no event is changed or deleted once it was written", function* (history) {
  const stories = new Map(storiesOf(history).map((story) => [story.id, story]));
  for (const { orderId, version, hash } of history.prefixes) {
    const events = (stories.get(orderId)?.moments ?? []).slice(0, version).map(({ event }) => event);
    if (prefixHash(events) !== hash) yield [orderId, `its first ${version} events are not those of before`] as const;
  }
});

/** Hash of a journal as far as it goes. */
export function prefixHash(events: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(events)).digest("hex");
}
