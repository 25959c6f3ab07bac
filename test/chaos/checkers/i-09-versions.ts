import { checker } from "./checker.ts";

export const versions = checker("I-09", "no version of an order is written twice and none is missing", function* ({ dump }) {
  const next = new Map<string, number>();
  for (const { orderId, firstVersion, events } of dump.journal) {
    const expected = next.get(orderId) ?? 1;
    if (firstVersion !== expected) yield [orderId, `has an entry that begins with version ${firstVersion}, not ${expected}`] as const;
    next.set(orderId, firstVersion + events.length);
  }
  for (const { id, aggregateVersion } of dump.orders) {
    const last = (next.get(id) ?? 1) - 1;
    if (aggregateVersion !== last) yield [id, `is stored at version ${aggregateVersion}, its journal ends at ${last}`] as const;
  }
});
