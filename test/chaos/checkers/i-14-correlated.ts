import { isJsonObject } from "../../../engine/support/json.ts";
import { checker } from "./checker.ts";

/** Counted at the sender: what we said we took is in the inbox, with the order its command belongs to, or with the unmatched. */
export const correlated = checker("I-14", "every message we took belongs to exactly one order or waits among the unmatched", function* ({ callbacks, dump, fakes }) {
  const id = (source: string, messageId: string) => JSON.stringify([source, messageId]);
  const inbox = new Map(dump.inbox.map((row) => [id(row.source, row.messageId), row]));
  const unmatched = new Set(dump.unmatched.map((row) => id(row.source, row.messageId)));
  const orderOfKey = new Map(fakes.filter(({ kind }) => kind === "request").map(({ key, orderId }) => [key, orderId]));
  for (const { source, messageId, body, outcome } of callbacks) {
    if (outcome === null) continue;
    const row = inbox.get(id(source, messageId));
    if (outcome === "id-reused") yield [messageId, `of ${source} was taken for another message`] as const;
    else if (!row && !unmatched.has(id(source, messageId))) yield [messageId, `of ${source} was answered "${outcome}" and is nowhere`] as const;
    const key = isJsonObject(body) ? body["idempotencyKey"] : undefined;
    const owner = typeof key === "string" ? orderOfKey.get(key) : undefined;
    if (row && owner !== undefined && row.orderId !== owner) yield [messageId, `of ${source} is about order ${owner} and was given to ${row.orderId}`] as const;
  }
});
