import type { CommandStore } from "./command-store.ts";
import type { FaultBook } from "./fault-book.ts";
import type { Journal } from "./journal.ts";
import type { Latency } from "./latency.ts";
import type { MessageSender } from "./message-sender.ts";
import type { SystemProfile } from "./systems.ts";

/** Everything the simulated systems share. */
export interface World {
  readonly seed: string;
  readonly now: () => number;
  readonly latency: Latency;
  readonly journal: Journal;
  readonly commands: CommandStore;
  readonly faults: FaultBook;
  readonly sender: MessageSender;
  readonly profileOf: (system: string) => SystemProfile;
}
