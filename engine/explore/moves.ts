import { timersOf } from "../interpret/timer-commands.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import { isInFlight, outcomeOf } from "../order/machines.ts";
import { isMessage } from "../order/planned-work.ts";
import type { InputBody } from "../order/inputs.ts";
import { completeByPerson, reportFailure, reportSuccess, step, tasksOf, type Moment } from "./step.ts";

/** One thing that may happen next, and what it is called. */
export interface Move {
  readonly words: string;
  readonly body: InputBody;
  /** The instant at which it happens, when it is the clock. */
  readonly at?: string;
}

/** Code of a failure no table knows: refused for good, and nothing happened. */
const REFUSED = "EXPLORED_REFUSAL";

/**
 * Everything that may happen next to an order under bounded outcomes: each ready task goes out; what is out succeeds, is
 * refused, or its outcome becomes unknown; an unknown one turns out to have succeeded; people do their work or give up; a
 * fact comes from outside; the clock opens what waits for it.
 */
export function movesOf({ order, at }: Moment, release: CompiledRelease): readonly Move[] {
  const moves: Move[] = [];
  for (const each of tasksOf(order)) {
    const { planned, task } = each;
    const { title } = planned;
    const add = (what: string, body: InputBody | null) => {
      if (body !== null) moves.push({ words: `"${title}" ${what}`, body });
    };
    if (isMessage(planned) || outcomeOf(task.state) !== "OPEN") continue;
    if (task.state === "READY") add("is sent", { type: "TasksAdmitted", taskIds: [task.id] });
    if (isInFlight(task.state)) add(task.state === "OUTCOME_UNKNOWN" ? "turns out to be done" : "is done", reportSuccess(release, each, at));
    if (task.state === "DISPATCHED" || task.state === "WAITING") {
      add("is refused", reportFailure(task, REFUSED, "NONE"));
      add("gives no answer", reportFailure(task, "TIMEOUT", "POSSIBLE"));
    }
    if (task.state === "AWAITING_MANUAL_ACTION") {
      if (task.manual.cause === "WORK") add("is done by its person", completeByPerson(release, order, each, "SUCCEED", at));
      add("is given up by a person", completeByPerson(release, order, each, "FAIL", at));
    }
  }
  order.plan?.graph.milestones.forEach(({ by, title, itemId }, position) => {
    if ("event" in by && order.milestones[position]?.outcome === "OPEN") moves.push({ words: `"${title}" is told from outside`, body: { type: "ExternalEventReceived", event: by.event, itemId, data: {} } });
  });
  return [...moves, ...clockMove({ order, at })];
}

/** The clock counts only for work that waits for it; timeouts and retries are other outcomes of what is out. */
function clockMove({ order, at }: Moment): readonly Move[] {
  const waits = [...timersOf(order)].filter(([id]) => id.endsWith("#wake") || id.endsWith("#window")).sort(([a, x], [b, y]) => (x < y ? -1 : x > y ? 1 : a < b ? -1 : 1));
  const [first] = waits;
  return first === undefined ? [] : [{ words: "time passes", body: { type: "TimerFired", timerId: first[0] }, at: first[1] > at ? first[1] : at }];
}

/** Messages to the customer go out at once: they are no business of a cancellation. */
export async function sendMessages(start: Moment, release: CompiledRelease): Promise<Moment> {
  let moment = start;
  for (;;) {
    const next = tasksOf(moment.order).find(({ planned, task }) => isMessage(planned) && (task.state === "READY" || isInFlight(task.state)));
    if (!next) return moment;
    const body: InputBody = next.task.state === "READY" ? { type: "TasksAdmitted", taskIds: [next.task.id] } : reportSuccess(release, next, moment.at);
    const { moment: after } = await step(moment, body, release);
    if (after.order === moment.order) return moment;
    moment = after;
  }
}
