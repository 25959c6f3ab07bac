import type { DispatchTask, QueryTask } from "../../engine/order/commands.ts";
import type { TaskReport } from "../../engine/order/inputs.ts";

/**
 * The way to one target system. Both calls answer with what the engine must know and never throw: whatever goes wrong is a
 * `failed` report that says whether the other side may have acted. Nothing is repeated in here; the engine alone retries.
 */
export interface Adapter {
  /** Perform a command. `signal` ends the waiting, not the effect. */
  readonly send: (command: DispatchTask, signal: AbortSignal) => Promise<TaskReport>;
  /**
   * Ask what became of a command. When the question itself fails the report is `unanswered`: nothing was learned about the
   * command.
   */
  readonly query: (command: QueryTask, signal: AbortSignal) => Promise<TaskReport>;
  /** Give back connections. */
  readonly close?: () => void;
}
