import type { TaskReport } from "../../engine/order/inputs.ts";
import type { LeasedCommand } from "../store/outbox-store.ts";
import type { WorkerContext } from "./worker-context.ts";

/** Performs one command through its adapter. Always answers: what is not known for certain is said to be possible. */
export async function deliverCommand({ releases, adapterFor, limits, log }: WorkerContext, { command, releaseDigest }: LeasedCommand, patience: Set<AbortController>): Promise<TaskReport> {
  const giveUp = new AbortController();
  patience.add(giveUp);
  let timer = setTimeout(() => giveUp.abort(), limits.deliveryTimeoutMs);
  const silence = new Promise<TaskReport>((resolve) => {
    giveUp.signal.addEventListener("abort", () => {
      timer = setTimeout(() => resolve(lost(command.type, "DELIVERY_TIMEOUT", "The adapter gave no answer in its time.")), limits.deliveryGraceMs);
    });
  });
  try {
    const adapter = adapterFor(command.targetSystem, await releases.get(releaseDigest));
    return await Promise.race([command.type === "DispatchTask" ? adapter.send(command, giveUp.signal) : adapter.query(command, giveUp.signal), silence]);
  } catch (error) {
    log.error({ err: error, orderId: command.orderId, commandId: command.commandId }, "An adapter threw");
    return lost(command.type, "ADAPTER_FAILED", error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
    patience.delete(giveUp);
  }
}

/** What is known about a delivery that nobody can vouch for: the command may have taken effect. */
export function lost(type: LeasedCommand["command"]["type"], code: string, message: string): TaskReport {
  if (type === "QueryTask") return { status: "unanswered", reason: message };
  return { status: "failed", failure: { code, message, httpStatus: null, effect: "POSSIBLE" } };
}
