import type { DispatchTask, QueryTask } from "../../engine/order/commands.ts";
import type { TaskReport } from "../../engine/order/inputs.ts";

/** What becomes of one sending: `lost` took effect and nobody learned it, `absent` never arrived. */
export type Fate = "done" | "lost" | "absent" | "unavailable" | "limited" | "silent";

const failure = (code: string, httpStatus: number | null, effect: "NONE" | "POSSIBLE"): TaskReport => ({ status: "failed", failure: { code, message: `It was ${code}`, httpStatus, effect } });

export const DONE: TaskReport = { status: "succeeded", result: { reference: "R-1" } };
export const NO_ANSWER = failure("TIMEOUT", null, "POSSIBLE");

/**
 * A target system that does something on every command it takes, whatever its key: a second sending of what was done is a
 * second effect, and shows. Questions by key are answered truthfully. It survives the processes that talk to it.
 */
export class Downstream {
  readonly sent: DispatchTask[] = [];
  readonly asked: QueryTask[] = [];
  /** Idempotency key -> how often it took effect. */
  readonly effects = new Map<string, number>();
  /** Decides by the command and by how often that key was sent before. */
  fate: (command: DispatchTask, before: number) => Fate = () => "done";

  send(command: DispatchTask): Promise<TaskReport> {
    const before = this.sent.filter(({ idempotencyKey }) => idempotencyKey === command.idempotencyKey).length;
    this.sent.push(command);
    switch (this.fate(command, before)) {
      case "done":
        this.takeEffect(command);
        return Promise.resolve(DONE);
      case "lost":
        this.takeEffect(command);
        return Promise.resolve(NO_ANSWER);
      case "absent":
        return Promise.resolve(NO_ANSWER);
      case "unavailable":
        return Promise.resolve(failure("BUSY", 503, "NONE"));
      case "limited":
        return Promise.resolve(failure("BUSY", 429, "NONE"));
      case "silent":
        return new Promise(() => undefined);
    }
  }

  query(command: QueryTask): Promise<TaskReport> {
    this.asked.push(command);
    return Promise.resolve(this.effects.has(command.idempotencyKey) ? DONE : { status: "notFound" });
  }

  takeEffect({ idempotencyKey }: Pick<DispatchTask, "idempotencyKey">): void {
    this.effects.set(idempotencyKey, (this.effects.get(idempotencyKey) ?? 0) + 1);
  }

  /** How often each key took effect, in the order of the first. */
  get counts(): readonly number[] {
    return [...this.effects.values()];
  }
}
