import type { CompiledRelease, CompiledTaskType } from "../../../engine/language/compiled-release.ts";
import type { OrderEvent } from "../../../engine/order/events.ts";
import type { Order } from "../../../engine/order/order.ts";
import type { PlannedTask } from "../../../engine/order/plan.ts";
import type { History } from "../history.ts";

/** One event with where it stands. */
export interface Moment {
  readonly version: number;
  /** Position of its journal entry among all, in the order of commits. */
  readonly commit: number;
  readonly causationId: string;
  readonly event: OrderEvent;
}

/** One order as its journal tells it, beside the order as it was stored. */
export interface Story {
  readonly id: string;
  readonly order: Order | undefined;
  readonly release: CompiledRelease | undefined;
  readonly moments: readonly Moment[];
  /** Every task any of its plans had. */
  readonly planned: ReadonlyMap<string, PlannedTask>;
}

const known = new WeakMap<History, readonly Story[]>();

/** The stories of all orders; made once per history. */
export function storiesOf(history: History): readonly Story[] {
  const made = known.get(history) ?? makeStories(history);
  known.set(history, made);
  return made;
}

function makeStories(history: History): readonly Story[] {
  const moments = new Map<string, Moment[]>();
  history.dump.journal.forEach(({ orderId, firstVersion, causationId, events }, commit) => {
    const list = moments.get(orderId) ?? [];
    moments.set(orderId, list);
    events.forEach((event, position) => list.push({ version: firstVersion + position, commit, causationId, event }));
  });
  const orders = new Map(history.dump.orders.map((order) => [order.id, order]));
  return Array.from(new Set([...moments.keys(), ...orders.keys()]), (id): Story => {
    const own = moments.get(id) ?? [];
    const order = orders.get(id);
    const planned = new Map<string, PlannedTask>();
    for (const { event } of own) if ("graph" in event) for (const task of event.graph.tasks) planned.set(task.id, task);
    return { id, order, release: history.releases.get(order?.release.digest ?? ""), moments: own, planned };
  });
}

export function typeOf(story: Story, taskId: string): CompiledTaskType | undefined {
  return story.release?.taskTypes.get(story.planned.get(taskId)?.type ?? "");
}

/** True for a command that acts on a system; a question acts on nothing. */
export function isCommand(story: Story, taskId: string): boolean {
  const work = typeOf(story, taskId)?.definition.work;
  return work === undefined || (work.by === "system" && work.mode === "command");
}

/** Work that takes back other work, or only tells the customer: a hold of the item does not stop it. */
export function isBeside(planned: PlannedTask | undefined): boolean {
  return planned !== undefined && planned.source.by !== "template" && planned.source.by !== "billing-trigger";
}

/** What one commit did to one order. */
export interface Step {
  readonly story: Story;
  readonly events: readonly OrderEvent[];
}

/** The journals commit by commit: what one commit did happened at once, in whatever order its entries stand. */
export function* commitsOf(history: History): Iterable<readonly Step[]> {
  const stories = new Map(storiesOf(history).map((story) => [story.id, story]));
  const reached = new Map<string, number>();
  for (const commit of history.commits) {
    yield commit.flatMap(({ orderId, version }): Step[] => {
      const story = stories.get(orderId);
      const from = reached.get(orderId) ?? 0;
      reached.set(orderId, version);
      return story ? [{ story, events: story.moments.slice(from, version).map(({ event }) => event) }] : [];
    });
  }
}
