import type { JournalEntry, OrderEvent } from "../../engine/order/events.ts";
import type { Order } from "../../engine/order/order.ts";
import { msBetween } from "../../engine/support/instant.ts";
import { words as inWords } from "../look/format.ts";
import { titleOf } from "./standings.ts";

/** One event of a run, so that it can be found again in another run of the same order. */
export interface Happening {
  readonly step: number;
  readonly at: string;
  /** What happened to what, by names that both runs share. */
  readonly name: string;
  /** The same for people. */
  readonly title: string;
}

/** A place where two runs part: what only one of them has, or has at another time. */
export interface Divergence {
  readonly draftStep: number;
  readonly liveStep: number;
  readonly onlyDraft: readonly string[];
  readonly onlyLive: readonly string[];
  /** How much later the draft is from here on, in milliseconds; 0 when it is not. */
  readonly laterMs: number;
}

export interface Comparison {
  readonly divergences: readonly Divergence[];
  /** The step of the live run that goes with each step of the draft's, counted from 1. */
  readonly liveStepOf: (draftStep: number) => number;
}

/** Longer logs are compared up to here; what comes later is not looked at. */
const HAPPENINGS_MAX = 2_000;

/** What happened in a run, event by event. */
export function happenings(journal: readonly JournalEntry[], order: Order): readonly Happening[] {
  const planned = new Map(order.plan?.graph.tasks.map((task) => [task.id, task]));
  const milestones = new Map(order.plan?.graph.milestones.map((milestone) => [milestone.id, milestone.title]));
  const about = (event: OrderEvent): readonly [string, string] => {
    if ("taskId" in event) {
      const task = planned.get(event.taskId);
      return task === undefined ? ["", ""] : [`${task.itemId}/${task.key}`, titleOf(task)];
    }
    if ("milestoneId" in event) return [event.milestoneId, milestones.get(event.milestoneId) ?? event.milestoneId];
    return "itemId" in event ? [event.itemId ?? "", ""] : ["", ""];
  };
  return journal.flatMap(({ at, events }, index) => events.filter(({ type }) => type !== "DependenciesMet").map((event) => {
    const [name, title] = about(event);
    const status = event.type === "CustomerStatusChanged" ? event.status : "";
    return { step: index + 1, at, name: `${event.type} ${name} ${status}`, title: [inWords(event.type), title || inWords(status)].filter((part) => part !== "").join(": ") };
  })).slice(0, HAPPENINGS_MAX);
}

/** Where two runs of one order part, in order: what is added or missing, and where one falls behind the other. */
export function compareRuns(draft: readonly Happening[], live: readonly Happening[]): Comparison {
  const pairs = commonOf(draft, live);
  const divergences: Divergence[] = [];
  let [nextDraft, nextLive, lateMs] = [0, 0, 0];
  const close = (toDraft: number, toLive: number, laterMs: number): void => {
    const onlyDraft = draft.slice(nextDraft, toDraft);
    const onlyLive = live.slice(nextLive, toLive);
    if (onlyDraft.length + onlyLive.length === 0 && laterMs === 0) return;
    const stepIn = (all: readonly Happening[], from: number): number => all[Math.min(from, all.length - 1)]?.step ?? 1;
    divergences.push({ draftStep: stepIn(draft, nextDraft), liveStep: stepIn(live, nextLive), onlyDraft: onlyDraft.map(({ title }) => title), onlyLive: onlyLive.map(({ title }) => title), laterMs });
  };
  for (const [inDraft, inLive] of pairs) {
    const shift = msBetween(live[inLive]?.at ?? "", draft[inDraft]?.at ?? "");
    close(inDraft, inLive, shift - lateMs);
    [nextDraft, nextLive, lateMs] = [inDraft + 1, inLive + 1, shift];
  }
  close(draft.length, live.length, 0);
  const liveStepOf = (step: number): number => {
    const last = pairs.findLast(([inDraft]) => (draft[inDraft]?.step ?? 0) <= step);
    return last === undefined ? 1 : (live[last[1]]?.step ?? 1);
  };
  return { divergences, liveStepOf };
}

/** The longest sequence of happenings both runs have in this order, as pairs of positions. */
function commonOf(a: readonly Happening[], b: readonly Happening[]): readonly (readonly [number, number])[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const skip = Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
      lengths[i * width + j] = a[i]?.name === b[j]?.name ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1 : skip;
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i]?.name === b[j]?.name) pairs.push([i++, j++]);
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
}
