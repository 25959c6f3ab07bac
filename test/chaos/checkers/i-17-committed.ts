import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";

export const committed = checker("I-17", "nothing is sent that was not committed before", function* (history) {
  const sent = new Map<string, string>();
  for (const { moments } of storiesOf(history)) for (const { event } of moments) if (event.type === "TaskDispatched") sent.set(event.commandId, event.idempotencyKey);
  for (const { kind, commandId, system } of history.fakes) {
    if (kind !== "request") continue;
    if (!sent.has(commandId)) yield [commandId, `reached ${system}, but no journal says that it was sent`] as const;
  }
  for (const { id, kind, idempotencyKey } of history.dump.outbox) {
    if (kind === "dispatch" && sent.get(id) !== idempotencyKey) yield [id, "lies in the outbox with another key than its journal says"] as const;
  }
});
