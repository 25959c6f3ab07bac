import type { DispatchTask, QueryTask } from "../../engine/order/commands.ts";
import type { TaskReport } from "../../engine/order/inputs.ts";
import type { Adapter } from "./adapter.ts";
import { failedReport } from "./failed-report.ts";

type Handler<C> = (command: C, signal: AbortSignal) => TaskReport | Promise<TaskReport>;

/**
 * An adapter around a function: a target system that lives in this process, for measurements and tests. A handler that
 * throws may have acted before, so its effect is POSSIBLE. Without `query` every question is answered `notFound`.
 */
export function createInProcessAdapter(handler: Handler<DispatchTask>, query: Handler<QueryTask> = () => ({ status: "notFound" })): Adapter {
  return {
    async send(command, signal) {
      try {
        return await handler(command, signal);
      } catch (error) {
        return failedReport("ADAPTER_FAILED", "POSSIBLE", messageOf(error));
      }
    },
    async query(command, signal) {
      try {
        return await query(command, signal);
      } catch (error) {
        return { status: "unanswered", reason: messageOf(error) };
      }
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
