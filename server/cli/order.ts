import { randomUUID } from "node:crypto";
import { isJsonObject, type Json } from "../../engine/support/json.ts";
import type { OrderView } from "../api/order-view.ts";
import { PRODUCT_ORDER_PATH } from "../tmf/to-product-order.ts";
import type { ApiClient } from "./api-client.ts";
import { asInputError, asked, connect, SERVER_OPTIONS } from "./connect.ts";
import { followOrder } from "./follow-order.ts";
import { parseArguments } from "./parse-arguments.ts";
import { printMilestones } from "./print-milestones.ts";
import { readOrderFile } from "./read-json-file.ts";
import type { Terminal } from "./terminal.ts";
import { InputError } from "./usage-error.ts";

const INTERRUPTED = 130;

/** `orderloom order ORDER.json`: hands an order to a running server and follows it to its end. */
export async function orderCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseArguments(args, {
    values: SERVER_OPTIONS,
    flags: ["no-follow"],
    positionals: { atLeast: 1, atMost: 1, missing: "Name the file that holds the order." },
  });
  const { positionals, flag } = parsed;
  const client = await connect(parsed, terminal);
  const order = readOrderFile(positionals[0] ?? "", terminal.now());
  const orderId = await submit(client, order);
  terminal.print(`Order ${orderId} was accepted: ${client.url}/orders/${encodeURIComponent(orderId)}`);
  return flag("no-follow") ? 0 : follow(client, orderId, terminal);
}

async function submit(client: ApiClient, order: unknown): Promise<string> {
  const answer = await asked(client.post(PRODUCT_ORDER_PATH, order, randomUUID()));
  const id = isJsonObject(answer) ? answer["id"] : undefined;
  if (typeof id !== "string") throw new InputError(`${client.url} accepted the order but named no id; is an Orderloom server listening there?`);
  return id;
}

async function follow(client: ApiClient, orderId: string, terminal: Terminal): Promise<number> {
  const stop = new AbortController();
  const ignore = terminal.onInterrupt(() => stop.abort());
  try {
    const followed = await followOrder(client, orderId, terminal, stop.signal);
    if (followed.ended === "interrupted") {
      terminal.print(`The order goes on; see ${client.url}/orders/${encodeURIComponent(orderId)}`);
      return INTERRUPTED;
    }
    printResult(followed.view, terminal);
    return followed.view.internalState === "COMPLETED" ? 0 : 1;
  } catch (error) {
    const refused = asInputError(error);
    if (refused instanceof InputError) throw new InputError(`The order was accepted, but it cannot be followed: ${refused.message}`, refused.problems);
    throw refused;
  } finally {
    ignore();
  }
}

function printResult(view: OrderView, terminal: Terminal): void {
  const tone = view.internalState === "COMPLETED" ? "good" : view.internalState === "FAILED" ? "bad" : "attention";
  terminal.print("");
  terminal.print(`${"Order".padEnd(10)}${terminal.paint(tone, view.internalState)}`);
  terminal.print(`${"Customer".padEnd(10)}${view.customerVisibleStatus.title}`);
  terminal.print(`${"Why".padEnd(10)}${view.explanation}`);
  terminal.print(`${"Progress".padEnd(10)}${view.progress.done} of ${view.progress.total} tasks`);
  const several = view.items.length > 1;
  const milestones = view.milestones.filter(({ key }) => !key.startsWith("status.")).map(({ title, itemId, outcome, reachedAt }) => ({ name: several ? `${title} [${itemId}]` : title, outcome, reachedAt }));
  printMilestones(milestones, view.acceptedAt, terminal);
  if (view.billing.length > 0) terminal.print("\nBilling");
  for (const { charge, amount, currency, state } of view.billing) {
    terminal.print(`  ${[charge, amount, currency].map(plain).join(" ").trimEnd()}  ${state.toLowerCase().replaceAll("_", " ")}`);
  }
}

/** A scalar as it is read; nothing for what is absent. */
function plain(value: Json): string {
  return value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);
}
