import type { Input, TaskReport } from "../../engine/order/inputs.ts";
import { addMs } from "../../engine/support/instant.ts";
import { claim, type LeasedCommand } from "../store/outbox-store.ts";
import { literal } from "../store/sql.ts";
import type { DeliveryDesk } from "../work/work-context.ts";
import { deliverCommand, lost } from "./deliver-command.ts";
import { createDeliveryPools } from "./delivery-pools.ts";
import { repeat, type RepeatingWorker } from "./repeat.ts";
import type { WorkerContext } from "./worker-context.ts";

export interface DeliveryWorker extends RepeatingWorker {
  readonly desk: DeliveryDesk;
}

/**
 * Performs the commands of the outbox: command -> adapter -> target system, after the commit, and hands the answer to the
 * unit of work, which settles the row in the same transaction. Commands of this process arrive already leased; rows are
 * claimed only when places were full, another process wrote them, or their worker is gone. A dispatch whose worker is gone was
 * perhaps sent: it is never sent again from here, the engine is told that its effect is possible.
 */
export function deliverOutbox(context: WorkerContext): DeliveryWorker {
  const { database, unitOfWork, now, log, limits, processId } = context;
  const { lockFree, singleWriter } = database.dialect;
  const pools = createDeliveryPools(limits.deliveriesPerTarget);
  /** Deliveries that can be told to stop waiting. */
  const patience = new Set<AbortController>();
  const underway = new Set<Promise<void>>();
  let stopped = false;
  /** A command found no place, so that rows may wait for one. */
  let crowded = false;

  /** Performs a command; while the breaker of its system is open, a question is not even asked. */
  function perform(leased: LeasedCommand): void {
    const { type, targetSystem } = leased.command;
    if (type === "QueryTask" && unitOfWork.breakerOpen(targetSystem)) {
      start(leased, () => Promise.resolve({ status: "unanswered", reason: `The circuit breaker of ${targetSystem} is open: the question was not asked.` }));
    } else {
      start(leased, () => deliverCommand(context, leased, patience), now());
    }
  }

  /** `sentAt` is left out where no call is made, so that nothing is learned about the system. */
  function start(leased: LeasedCommand, deliver: () => Promise<TaskReport>, sentAt?: string): void {
    const done = deliver()
      // A stopping process breaks its calls off itself: they say nothing about the system.
      .then((report) => handIn(leased, report, stopped ? undefined : sentAt))
      .finally(() => {
        pools.give(leased.command.targetSystem);
        underway.delete(done);
        if (crowded) worker.wake();
      });
    underway.add(done);
  }

  /** Hands in what came out; a database that is away is waited for, because the answer must not be lost. */
  async function handIn({ command, leaseEpoch }: LeasedCommand, report: TaskReport, sentAt: string | undefined): Promise<void> {
    const { commandId, orderId, taskId, attempt } = command;
    const via = command.type === "DispatchTask" ? "response" : "query";
    const id = `${commandId}/answer/${leaseEpoch}`;
    for (let failures = 0; ; failures++) {
      try {
        const input: Input = { type: "TaskReported", id, at: now(), taskId, via, attempt, report };
        const result = await unitOfWork.handle({ orderId, input, settles: { outboxId: commandId, leaseEpoch, ...(sentAt === undefined ? {} : { sentAt }) } });
        if (result.outcome === "rejected" || result.outcome === "order-not-found") log.error({ orderId, commandId, result }, "The answer to a command was refused");
        return;
      } catch (error) {
        if (stopped) return;
        const waitMs = Math.min(limits.backoffMs * 2 ** failures, limits.maxBackoffMs);
        log.warn({ err: error, orderId, commandId, retryInMs: waitMs }, "The answer to a command could not be stored and is handed in again");
        await new Promise((resolve) => {
          setTimeout(resolve, waitMs);
        });
      }
    }
  }

  const lease = () => ({ owner: processId, until: addMs(now(), limits.leaseMs) });

  async function claimRows(which: string, limit: number): Promise<LeasedCommand[]> {
    return database.transaction(async ({ select }) => ({ write: [], result: await claim(select, which, limit, lease(), lockFree) }));
  }

  /** Rows nobody performs any more. Where one process owns the database, every other owner is gone. */
  async function takeOver(): Promise<number> {
    const over = `lease_until<${literal(now())}`;
    const which = `status='leased' AND ${singleWriter ? `(lease_owner<>${literal(processId)} OR ${over})` : over}`;
    const [found = []] = await database.select(`SELECT id FROM outbox WHERE ${which} LIMIT 1`);
    if (found.length === 0) return 0;
    const leased = await claimRows(which, limits.claimBatch);
    for (const row of leased) {
      const { command } = row;
      log.warn({ orderId: command.orderId, commandId: command.commandId }, "The worker that performed a command is gone");
      pools.force(command.targetSystem);
      if (command.type === "QueryTask") perform(row);
      else start(row, () => Promise.resolve(lost(command.type, "CONNECTION_LOST", "The process that sent the command ended before its answer was stored.")));
    }
    return leased.length;
  }

  async function takePending(): Promise<void> {
    crowded = false;
    const [rows = []] = await database.select("SELECT DISTINCT target_system FROM outbox WHERE status='pending'");
    for (const row of rows) {
      const targetSystem = String(row["target_system"]);
      const free = pools.free(targetSystem);
      crowded ||= free <= 0;
      if (free <= 0) continue;
      const leased = await claimRows(`status='pending' AND target_system=${literal(targetSystem)}`, free);
      crowded ||= leased.length === free;
      for (const taken of leased) {
        pools.force(targetSystem);
        perform(taken);
      }
    }
  }

  const worker = repeat("deliver-outbox", log, limits, async () => {
    while ((await takeOver()) === limits.claimBatch);
    await takePending();
    return limits.outboxPollMs;
  });

  return {
    ...worker,
    desk: {
      owner: processId,
      leaseUntil: (at) => addMs(at, limits.leaseMs),
      reserve(targetSystem) {
        const taken = !stopped && pools.take(targetSystem);
        crowded ||= !taken;
        return taken;
      },
      cancel: pools.give,
      deliver: (commands) => commands.forEach(perform),
    },
    async stop() {
      stopped = true;
      await worker.stop();
      const stopping = setTimeout(() => patience.forEach((delivery) => delivery.abort()), limits.stopMs);
      while (underway.size > 0) await Promise.all(underway);
      clearTimeout(stopping);
    },
  };
}
