import { admissionCandidates } from "../../engine/interpret/admission-candidates.ts";
import { interpret } from "../../engine/interpret/interpret.ts";
import type { DispatchTask } from "../../engine/order/commands.ts";
import type { TaskReport } from "../../engine/order/inputs.ts";
import type { LeasedCommand } from "../../server/store/outbox-store.ts";
import type { EngineCalls } from "../../server/work/work-context.ts";
import { createMemoryStore } from "./memory-store.ts";
import { createSqlStore } from "./sql-store.ts";
import type { Store, StoreDeps } from "./store.ts";

/** Tells that a step computed twice came out differently. */
export type TellDifference = (orderId: string, inputId: string, difference: string) => void;

/** The real parts a world is built of; a planted bug replaces one. */
export interface Parts {
  readonly engine: (tell: TellDifference) => EngineCalls;
  readonly store: (kind: "memory" | "sql", deps: StoreDeps) => Promise<Store>;
  /** What leaves for the network when a command is sent. */
  readonly outgoing: (command: DispatchTask) => readonly DispatchTask[];
  /** What is made of an answer; null: nothing. */
  readonly report: (leased: LeasedCommand, report: TaskReport) => TaskReport | null;
}

/** One step in so many is computed a second time, from a copy of the state. */
const TWICE_EVERY = 401;

export const realParts: Parts = {
  engine: (tell) => checkedTwice({ interpret, admissionCandidates }, tell),
  store: (kind, deps) => (kind === "memory" ? Promise.resolve(createMemoryStore(deps)) : createSqlStore(deps)),
  outgoing: (command) => [command],
  report: (_leased, report) => report,
};

/** The same order, input and release must give the same bytes, also when the order comes from its JSON (I-12). */
export function checkedTwice(engine: EngineCalls, tell: TellDifference): EngineCalls {
  let steps = 0;
  return {
    ...engine,
    async interpret(order, input, release) {
      const answer = await engine.interpret(order, input, release);
      steps += 1;
      if (steps % TWICE_EVERY !== 0) return answer;
      const again = await engine.interpret(order && (JSON.parse(JSON.stringify(order)) as typeof order), JSON.parse(JSON.stringify(input)) as typeof input, release);
      const [first, second] = [JSON.stringify(strip(answer)), JSON.stringify(strip(again))];
      if (first !== second) tell(order?.id ?? "", input.id, firstDifference(first, second));
      return answer;
    },
  };
}

/** Which rows changed is told by object identity, which a copy does not have. */
function strip(answer: Awaited<ReturnType<EngineCalls["interpret"]>>) {
  return answer.accepted ? { order: answer.order, events: answer.events, commands: answer.commands } : answer;
}

function firstDifference(first: string, second: string): string {
  let position = 0;
  while (first[position] === second[position]) position += 1;
  return `${first.slice(Math.max(0, position - 40), position + 60)} <> ${second.slice(Math.max(0, position - 40), position + 60)}`;
}
