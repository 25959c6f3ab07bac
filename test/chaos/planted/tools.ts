import { admissionCandidates } from "../../../engine/interpret/admission-candidates.ts";
import { changesBetween } from "../../../engine/interpret/changes.ts";
import { interpret } from "../../../engine/interpret/interpret.ts";
import type { Interpretation } from "../../../engine/interpret/interpretation.ts";
import { timerCommands } from "../../../engine/interpret/timer-commands.ts";
import type { CompiledRelease, CompiledTaskType } from "../../../engine/language/compiled-release.ts";
import type { Command } from "../../../engine/order/commands.ts";
import { evolve } from "../../../engine/order/evolve.ts";
import type { OrderEvent } from "../../../engine/order/events.ts";
import type { Input } from "../../../engine/order/inputs.ts";
import type { Item, Order } from "../../../engine/order/order.ts";
import { Defect } from "../../../engine/support/defect.ts";
import type { EngineCalls } from "../../../server/work/work-context.ts";
import { checkedTwice, realParts, type Parts } from "../parts.ts";
import type { Dump, Store } from "../store.ts";

export type Accepted = Extract<Interpretation, { accepted: true }>;

/** The real parts with another engine. */
export function withEngine(change: Partial<EngineCalls>): Parts {
  return { ...realParts, engine: (tell) => checkedTwice({ interpret, admissionCandidates, ...change }, tell) };
}

/** The real engine, whose accepted answers are changed afterwards. Where the change would not even replay, the answer stands. */
export function withAnswers(change: (answer: Accepted, before: Order | null, input: Input, release: CompiledRelease) => Accepted | null | Promise<Accepted | null>): Parts {
  return withEngine({
    async interpret(order, input, release) {
      const answer = await interpret(order, input, release);
      if (!answer.accepted) return answer;
      try {
        return (await change(answer, order, input, release)) ?? answer;
      } catch (error) {
        if (error instanceof Defect) return answer;
        throw error;
      }
    },
  });
}

/** The answer with other events: state, changed rows and timers follow from them, as the real engine would say. */
export function rebuild(before: Order | null, answer: Accepted, events: readonly OrderEvent[], commands: readonly Command[] = answer.commands): Accepted {
  let order = before;
  for (const event of events) order = evolve(order, event);
  if (!order) return answer;
  const changes = changesBetween(before, order);
  const others = commands.filter(({ type }) => type !== "SetTimer" && type !== "CancelTimer");
  return { accepted: true, order, events, commands: [...others, ...timerCommands(before, order, changes)], changes };
}

/** The engine is given another release than the order's, with the same digest. */
export function withRelease(change: (release: CompiledRelease) => CompiledRelease): Parts {
  const doctored = new WeakMap<CompiledRelease, CompiledRelease>();
  const doctor = (release: CompiledRelease): CompiledRelease => {
    const made = doctored.get(release) ?? change(release);
    doctored.set(release, made);
    return made;
  };
  return withEngine({
    interpret: (order, input, release) => interpret(order, input, doctor(release)),
    admissionCandidates: (order, release, positions) => admissionCandidates(order, doctor(release), positions),
  });
}

/** A release with other task types. */
export function changeTypes(release: CompiledRelease, change: (type: CompiledTaskType) => CompiledTaskType): CompiledRelease {
  return { ...release, taskTypes: new Map(Array.from(release.taskTypes, ([key, type]) => [key, change(type)])) };
}

/** The order as someone sees it who does not know of any hold. */
export function withoutHolds(order: Order): Order {
  const free = (item: Item): Item => (item.state === "HELD" ? { ...item, state: "IN_PROGRESS", holdCause: null } : item);
  return { ...order, items: order.items.map(free) };
}

/** The real store, changed. */
export function withStore(change: (store: Store) => Store): Parts {
  return { ...realParts, store: async (kind, deps) => change(await realParts.store(kind, deps)) };
}

/** The real store, whose tables are found changed in the end: a write that went wrong. */
export function withDump(change: (dump: Dump) => Dump): Parts {
  return withStore((store) => {
    let dumps = 0;
    return {
      ...store,
      // The dumps taken on the way are what the witnesses kept; the last one is what lies in the tables.
      dump: async () => {
        dumps += 1;
        const dump = await store.dump();
        return dumps > 1 ? change(dump) : dump;
      },
    };
  });
}
