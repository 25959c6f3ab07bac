import { setTimeout as sleep } from "node:timers/promises";
import { ORDER_MACHINE } from "../../engine/order/machines.ts";
import type { OrderView } from "../api/order-view.ts";
import { RefusedRequest, type ApiClient } from "./api-client.ts";
import type { Terminal } from "./terminal.ts";
import { EnvironmentError } from "./usage-error.ts";

const POLL_MS = 400;

/** A server that is restarted is waited for this long. */
const AWAY_MS = 60_000;

/** Why following has ended. */
export type Followed =
  | { readonly ended: "over" | "needs-person"; readonly view: OrderView }
  | { readonly ended: "interrupted" };

/** Follows an order until it is over, a person must act, or the caller has seen enough; shows each change on the way. */
export async function followOrder(client: ApiClient, orderId: string, terminal: Terminal, stop: AbortSignal): Promise<Followed> {
  let awaySince: number | null = null;
  let last = "";
  while (!stop.aborted) {
    const view = await read(client, orderId).catch((error: unknown) => {
      awaySince ??= Date.parse(terminal.now());
      if (!isAway(error) || Date.parse(terminal.now()) - awaySince > AWAY_MS) throw error;
      terminal.update("The server does not answer; waiting for it to come back.");
      return null;
    });
    if (view !== null) {
      awaySince = null;
      const line = progressLine(view);
      if (line !== last) show(line, terminal);
      last = line;
      if (ORDER_MACHINE[view.internalState].length === 0) return { ended: "over", view };
      if (view.waitsFor === "person" || view.waitsFor === "customer") return { ended: "needs-person", view };
    }
    await sleep(POLL_MS, undefined, { signal: stop }).catch(() => undefined);
  }
  return { ended: "interrupted" };
}

async function read(client: ApiClient, orderId: string): Promise<OrderView> {
  return (await client.get(`/api/orders/${encodeURIComponent(orderId)}`)) as OrderView;
}

function isAway(error: unknown): boolean {
  return error instanceof EnvironmentError || (error instanceof RefusedRequest && error.status >= 500);
}

function show(line: string, terminal: Terminal): void {
  if (terminal.isTty) terminal.update(line);
  else terminal.print(line);
}

function progressLine(view: OrderView): string {
  const { done, total } = view.progress;
  const width = 16;
  const filled = total === 0 ? 0 : Math.floor((done / total) * width);
  return `  [${"#".repeat(filled)}${".".repeat(width - filled)}] ${String(done).padStart(String(total).length)} of ${total}  ${view.customerVisibleStatus.title}. ${view.explanation}`;
}
