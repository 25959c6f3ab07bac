import type { InputType } from "../../engine/order/inputs.ts";
import { setAsideStatements } from "../store/dead-letter-store.ts";
import { inboxKey, readStoredMessages, type InboxKey, type PendingMessage } from "../store/inbox-store.ts";
import { repeat, type RepeatingWorker } from "./repeat.ts";
import type { WorkerContext } from "./worker-context.ts";

export interface InboxWorker extends RepeatingWorker {
  /** Messages that this process just stored: taken up at once, without asking the database. */
  readonly pendingStored: (messages: readonly PendingMessage[]) => void;
}

/** Takes up messages that were stored for later: those of this process at once, those of others and of a crash by looking. */
export function processInbox({ database, unitOfWork, now, log, limits }: WorkerContext): InboxWorker {
  const underway = new Set<string>();
  const inFlight = new Set<Promise<void>>();
  let stopped = false;

  async function handle(message: PendingMessage): Promise<void> {
    const key = inboxKey(message);
    if (stopped || underway.has(key)) return;
    underway.add(key);
    try {
      const { orderId, source, messageId, input } = message;
      const result = await unitOfWork.handle({ orderId, input: { ...input, at: now() }, inbox: { source, messageId } });
      if (result.outcome === "order-not-found") await setAside({ source, messageId, orderId, inputType: input.type }, "order-not-found");
    } catch (error) {
      log.warn({ err: error, orderId: message.orderId }, "A stored message could not be applied; it is tried again");
    } finally {
      underway.delete(key);
    }
  }

  /** What can never be applied becomes a dead letter; left in front, it would keep all others waiting. */
  async function setAside(message: InboxKey & { readonly orderId: string; readonly inputType: InputType | null }, errorClass: string): Promise<void> {
    log.error({ orderId: message.orderId, source: message.source, messageId: message.messageId, errorClass }, "A stored message was set aside");
    await database.write(setAsideStatements(message, errorClass, now()));
  }

  function take(message: PendingMessage): Promise<void> {
    const handled = handle(message).finally(() => inFlight.delete(handled));
    inFlight.add(handled);
    return handled;
  }

  const worker = repeat("process-inbox", log, limits, async () => {
    const { pending, unreadable } = await readStoredMessages(database.select, limits.inboxBatch);
    for (const message of unreadable) await setAside({ ...message, inputType: null }, "input-unreadable");
    await Promise.all(pending.map(take));
    return pending.length + unreadable.length === limits.inboxBatch ? 0 : limits.inboxPollMs;
  });

  return {
    ...worker,
    pendingStored: (messages) => messages.forEach((message) => void take(message)),
    async stop() {
      stopped = true;
      await worker.stop();
      await Promise.all(inFlight);
    },
  };
}
