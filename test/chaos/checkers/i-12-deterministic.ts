import { checker } from "./checker.ts";

export const deterministic = checker("I-12", "the same state, input and release give the same answer", function* ({ unlike }) {
  for (const { orderId, inputId, difference } of unlike) yield [orderId, `${inputId} was computed twice and differed: ${difference}`] as const;
});
