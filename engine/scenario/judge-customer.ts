import type { Expectations } from "../language/scenario-kinds.ts";
import { parseInstant } from "../support/instant.ts";
import type { Complain } from "./judge.ts";
import { count } from "./judge-ends.ts";
import type { Told } from "./told.ts";

/** The charges that were handed over: exactly the expected ones, each exactly once. */
export function judgeCharges({ billing }: Expectations, told: Told, complain: Complain): void {
  if (billing === undefined) return;
  billing.forEach(({ charge, trigger, effectiveFrom }, position) => {
    const got = told.charges.find((each) => each.charge === charge);
    if (!got) return complain(`charge ${charge} to be handed over once`, "never", "billing", position);
    if (got.times !== 1) complain(`charge ${charge} to be handed over once`, count(got.times), "billing", position);
    if (trigger !== undefined && got.trigger !== trigger) complain(`charge ${charge} from trigger ${trigger}`, got.trigger, "billing", position, "trigger");
    if (effectiveFrom !== undefined && parseInstant(effectiveFrom) !== parseInstant(got.effectiveFrom ?? "")) {
      complain(`charge ${charge} effective from ${effectiveFrom}`, got.effectiveFrom ?? "no instant", "billing", position, "effectiveFrom");
    }
  });
  for (const { charge } of told.charges) if (!billing.some((each) => each.charge === charge)) complain("no other charge", charge, "billing");
}

/** The statuses the customer saw of each item, one after the other. */
export function judgeStatuses({ customerStatus }: Expectations, told: Told, complain: Complain): void {
  for (const [item, expected] of Object.entries(customerStatus ?? {})) {
    const got = told.customerStatus[item] ?? [];
    if (expected.join() !== got.join()) complain(`the customer to see ${listed(expected)} of item ${item}`, listed(got), "customerStatus", item);
  }
}

function listed(statuses: readonly string[]): string {
  return statuses.length === 0 ? "no status" : statuses.join(", ");
}

/** The messages the customer got. */
export function judgeMessages({ messages }: Expectations, told: Told, complain: Complain): void {
  messages?.forEach(({ item, about, text }, position) => {
    const got = told.messages.find((each) => each.item === item && each.about === about);
    if (!got) complain(`a message about ${about} of item ${item}`, "none", "messages", position);
    else if (got.times !== 1) complain(`one message about ${about} of item ${item}`, `${got.times}`, "messages", position);
    else if (text !== undefined && got.text !== text) complain(`the message "${text}"`, `"${got.text}"`, "messages", position, "text");
  });
}
