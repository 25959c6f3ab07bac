import { checker, groupBy } from "./checker.ts";

export const oneOrder = checker("I-34", "one intent makes one order, and it is the one the client was told", function* ({ client, dump }) {
  for (const [intent, orders] of groupBy(dump.orders, ({ externalId, id }) => externalId ?? id)) {
    if (orders.length > 1) yield [intent, `made ${orders.map(({ id }) => id).join(" and ")}`] as const;
  }
  const stored = new Set(dump.orders.map(({ id }) => id));
  for (const { intent, answer } of client) {
    if (answer && !stored.has(answer.orderId)) yield [intent, `was answered with ${answer.orderId}, which does not exist`] as const;
  }
});
