import type { Order } from "../order/order.ts";
import { isMessage } from "../order/planned-work.ts";
import { workName } from "../plan/item-plan.ts";
import type { Difference, DifferenceKind } from "./order-impact.ts";
import { isExtra } from "./definitions-in-use.ts";
import { newestVersions } from "../change/affected-tasks.ts";

/** When things happen to an order: to each its name, which is the same under every release. */
export interface Schedule {
  /** `<itemId>/<key>` -> when it is reached. */
  readonly milestones: ReadonlyMap<string, string | null>;
  /** Charges: when they are handed over. */
  readonly billing: ReadonlyMap<string, string | null>;
  /** Messages: when they are sent, and what they say. */
  readonly messages: ReadonlyMap<string, string | null>;
  readonly texts: ReadonlyMap<string, string>;
  /** Work in the order in which it begins. */
  readonly steps: readonly string[];
  readonly state: Order["state"];
  readonly completedAt: string | null;
}

/** The schedule of an order as it stands: what has not happened has no instant. */
export function scheduleOf(order: Order): Schedule {
  const tasks = order.plan?.graph.tasks ?? [];
  const newest = newestVersions(tasks);
  const work = tasks.flatMap((planned, position) => {
    const task = order.tasks[position];
    if (!task || planned.excluded !== null || isExtra(planned) || newest.get(workName(planned)) !== position) return [];
    const begunAt = task.startedAt ?? (task.state === "SUCCEEDED" ? task.readyAt : null);
    return [{ planned, task, name: workName(planned), begunAt, position }];
  });
  const instants = (list: typeof work) => new Map(list.map(({ name, begunAt }) => [name, begunAt]));
  const messages = work.filter(({ planned }) => isMessage(planned));
  return {
    milestones: new Map((order.plan?.graph.milestones ?? []).flatMap(({ id, by }, position) => ("status" in by ? [] : [[id, order.milestones[position]?.reachedAt ?? null] as const]))),
    billing: instants(work.filter(({ planned }) => planned.source.by === "billing-trigger")),
    messages: instants(messages),
    texts: new Map(messages.flatMap(({ name, task }) => (typeof task.with["message"] === "string" ? [[name, task.with["message"]] as const] : []))),
    steps: work.filter(({ planned, begunAt }) => planned.source.by === "template" && begunAt !== null)
      .sort((a, b) => ((a.begunAt ?? "") < (b.begunAt ?? "") ? -1 : (a.begunAt ?? "") > (b.begunAt ?? "") ? 1 : a.name < b.name ? -1 : 1)).map(({ name }) => name),
    state: order.state,
    completedAt: order.completedAt,
  };
}

/** What two forecasts of one order make different in time. All of it rests on the assumptions of the forecasts. */
export function scheduleDifferences(before: Schedule, after: Schedule): readonly Difference[] {
  return [
    ...moved("milestone-date", "Milestone", before.milestones, after.milestones),
    ...moved("billing-date", "Charge", before.billing, after.billing),
    ...moved("message-date", "Message", before.messages, after.messages),
    ...otherTexts(before, after),
    ...otherOrder(before.steps, after.steps),
    ...otherEnd(before, after),
  ];
}

function moved(kind: DifferenceKind, noun: string, before: ReadonlyMap<string, string | null>, after: ReadonlyMap<string, string | null>): readonly Difference[] {
  return [...before].flatMap(([name, was]): Difference[] => {
    const is = after.get(name);
    if (is === undefined || is === was) return [];
    return [difference(kind, name, was, is, `${noun} ${name}: ${was ?? "not"} under the present release, ${is ?? "not"} under the proposed one.`)];
  });
}

function otherTexts(before: Schedule, after: Schedule): readonly Difference[] {
  return [...before.texts].flatMap(([name, was]): Difference[] => {
    const is = after.texts.get(name);
    return is === undefined || is === was ? [] : [difference("message-changed", name, was, is, `Message ${name} says something else.`)];
  });
}

/** Of what both do, the first place where they do it in another order. */
function otherOrder(before: readonly string[], after: readonly string[]): readonly Difference[] {
  const [inBoth, inAfter] = [before.filter((name) => after.includes(name)), after.filter((name) => before.includes(name))];
  const place = inBoth.findIndex((name, position) => inAfter[position] !== name);
  const [was, is] = [inBoth[place], inAfter[place]];
  if (was === undefined || is === undefined) return [];
  return [difference("step-order", is, was, is, `${is} begins before ${was}.`)];
}

function otherEnd(before: Schedule, after: Schedule): readonly Difference[] {
  if (before.state === after.state && before.completedAt === after.completedAt) return [];
  const end = ({ state, completedAt }: Schedule) => (completedAt === null ? state : `${state} ${completedAt}`);
  return [{ kind: "completion-date", definition: null, itemId: null, subject: "order", before: end(before), after: end(after), assumed: true, why: `The order would end ${end(after)} instead of ${end(before)}.` }];
}

function difference(kind: DifferenceKind, name: string, before: string | null, after: string | null, why: string): Difference {
  const [itemId = "", ...key] = name.split("/");
  return { kind, definition: null, itemId, subject: key.join("/"), before, after, assumed: true, why };
}
