import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { NewOrder } from "../../engine/order/order.ts";
import type { Json } from "../../engine/support/json.ts";
import type { Dump } from "./store.ts";
import type { EffectsClass } from "./world/draw-systems.ts";

/** What the witnesses of one run wrote down, joined only after it. */
export interface History {
  readonly seed: number;
  readonly releases: ReadonlyMap<string, CompiledRelease>;
  readonly systems: ReadonlyMap<string, { readonly effects: EffectsClass; readonly concurrency: number }>;
  readonly client: readonly ClientRecord[];
  readonly fakes: readonly FakeRecord[];
  readonly callbacks: readonly CallbackRecord[];
  readonly people: readonly PersonRecord[];
  readonly clock: readonly ClockRecord[];
  /** Commands that left for the network, and those taken over from a dead process. */
  readonly attempted: ReadonlySet<string>;
  /** Commands whose answer was handed in. */
  readonly reported: ReadonlySet<string>;
  /** When an item was seen to have ended, in virtual time: `<orderId>/<itemId>`. */
  readonly itemEnds: ReadonlyMap<string, string>;
  /** Journals as they stood in the middle of the run. */
  readonly prefixes: readonly { readonly orderId: string; readonly version: number; readonly hash: string }[];
  /** Commit by commit, which orders it brought to which version. */
  readonly commits: readonly (readonly { readonly orderId: string; readonly version: number }[])[];
  /** Timers and orders as they lay side by side in the middle of the run. */
  readonly midways: readonly Pick<Dump, "orders" | "timers">[];
  /** Steps that were computed twice, and differed. */
  readonly unlike: readonly { readonly orderId: string; readonly inputId: string; readonly difference: string }[];
  /** Inputs the unit of work could not interpret, and commits that failed. */
  readonly defects: readonly { readonly orderId: string; readonly inputId: string; readonly error: string }[];
  readonly dump: Dump;
  /** Virtual instants: when faults stopped, and when nothing was left to happen. */
  readonly healedAt: string;
  readonly endedAt: string;
}

/** One request of a client and what it was told; `answer` null: no answer came. */
export interface ClientRecord {
  readonly at: string;
  readonly intent: string;
  readonly key: string;
  /** Order the server made for this very request, if it accepted it. */
  readonly wanted: NewOrder;
  readonly releaseDigest: string;
  readonly answer: { readonly status: "accepted" | "replayed" | "existing"; readonly orderId: string } | null;
}

/** What a downstream system itself saw and did. */
export interface FakeRecord {
  readonly system: string;
  readonly kind: "request" | "effect" | "query";
  readonly at: string;
  readonly key: string;
  readonly orderId: string;
  readonly taskId: string;
  readonly action: string;
  readonly commandId: string;
  /** For an effect: what proves it; "hand" when a person did it there. */
  readonly reference: string | null;
  readonly by: "command" | "hand";
  readonly payload: Json;
}

/** A message to us, as its sender saw it; `outcome` null: it never got an answer. */
export interface CallbackRecord {
  readonly source: string;
  readonly messageId: string;
  readonly body: Json;
  readonly outcome: string | null;
}

/** What a person asked for and was told. */
export interface PersonRecord {
  readonly at: string;
  readonly orderId: string;
  readonly input: string;
  /** The same for every repeat of one request. */
  readonly messageId: string;
  readonly inputId: string;
  readonly by: string;
  readonly outcome: string;
}

/** A jump of the server's clock, in virtual time. */
export interface ClockRecord {
  readonly at: string;
  readonly byMs: number;
}

/** What a checker found: which invariant, about what, and in words. */
export interface Violation {
  readonly invariant: string;
  readonly subject: string;
  readonly message: string;
}
