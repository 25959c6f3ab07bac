import { checker, groupBy } from "./checker.ts";

export const oneAnswer = checker("I-33", "requests with one idempotency key get one answer", function* ({ client }) {
  for (const [key, records] of groupBy(client, (record) => record.key)) {
    const orders = new Set(records.flatMap(({ answer }) => answer?.orderId ?? []));
    if (orders.size > 1) yield [key, `was answered with ${[...orders].join(" and ")}`] as const;
  }
});
