import { checker } from "./checker.ts";

/** Not in the list of invariants, but before all of them: nothing we took in was beyond us. */
export const noDefect = checker("I-00", "no input is quarantined, no commit fails, no broken release compiles", function* ({ defects, dump }) {
  for (const { orderId, inputId, error } of defects) yield [orderId, `${inputId}: ${error.split("\n")[0] ?? ""}`] as const;
  for (const { orderId, messageId, status, error } of dump.inbox) if (status === "quarantined") yield [orderId, `${messageId} is in quarantine: ${(error ?? "").split("\n")[0] ?? ""}`] as const;
});
