import { randomUUID } from "node:crypto";
import { isJsonObject, type Json } from "../../engine/support/json.ts";
import type { OrderView } from "../api/order-view.ts";
import { PRODUCT_ORDER_PATH } from "../tmf/to-product-order.ts";
import { apiClient, RefusedRequest, type ApiClient } from "./api-client.ts";
import { followOrder } from "./follow-order.ts";
import { parseArguments } from "./parse-arguments.ts";
import { printMilestones } from "./print-milestones.ts";
import { readOrderFile } from "./read-json-file.ts";
import type { Terminal } from "./terminal.ts";
import { InputError } from "./usage-error.ts";

const INTERRUPTED = 130;

/** `orderloom submit ORDER.json`: hands an order to a running server and follows it to its end. */
export async function submitCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals, value, flag } = parseArguments(args, {
    values: ["url", "token"],
    flags: ["no-follow"],
    positionals: { atLeast: 1, atMost: 1, missing: "Name the file that holds the order." },
  });
  const client = apiClient(value("url") ?? terminal.env("ORDERLOOM_URL") ?? "http://localhost:3000", value("token") ?? terminal.env("ORDERLOOM_TOKEN"));
  const order = readOrderFile(positionals[0] ?? "", terminal.now());
  const orderId = await submit(client, order);
  terminal.print(`Order ${orderId} was accepted: ${client.url}/orders/${encodeURIComponent(orderId)}`);
  return flag("no-follow") ? 0 : follow(client, orderId, terminal);
}

async function submit(client: ApiClient, order: unknown): Promise<string> {
  const answer = await client.post(PRODUCT_ORDER_PATH, order, randomUUID()).catch((error: unknown) => {
    throw asInputError(error);
  });
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

/** A refusal with every reason the server gives. */
function asInputError(error: unknown): unknown {
  if (!(error instanceof RefusedRequest)) return error;
  const { problem } = error;
  if (problem === null) return new InputError(error.message);
  const existing = problem.orderId === undefined ? [] : [`The existing order is ${problem.orderId}.`];
  const reasons = (problem.errors ?? []).map(({ pointer, code, detail }) => `${pointer || "/"} ${code}: ${detail}`);
  return new InputError(`${problem.title}. ${problem.detail} (${problem.code})`, [...existing, ...reasons]);
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
