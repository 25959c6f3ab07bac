import type { CompiledRelease } from "../language/compiled-release.ts";
import { evolve } from "../order/evolve.ts";
import type { NewOrder, Order } from "../order/order.ts";
import { isMessage } from "../order/planned-work.ts";
import { Defect } from "../support/defect.ts";
import type { Cell, Exploration, Standing } from "./exploration.ts";
import { EXPLORE_LIMITS, type ExploreLimits } from "./limits.ts";
import { movesOf, sendMessages } from "./moves.ts";
import { standingOf, stateKey } from "./standing.ts";
import { nameOf, step, tasksOf, type Moment } from "./step.ts";
import { tryCancel } from "./try-cancel.ts";

interface Found {
  readonly moment: Moment;
  readonly path: readonly string[];
}

/**
 * The cancel-anywhere matrix of a plan template: enumerates every state a representative order of it can reach under
 * bounded outcomes of each task (success, final failure, unknown), tries to cancel in each, lets the undoing run to its
 * end, and says per state whether that was safe, refused, or left something behind. Breadth first, so that every state is
 * found on a shortest way; two ways to the same state are one.
 */
export async function explore(template: string, order: NewOrder, release: CompiledRelease, startAt: string, limits: ExploreLimits = EXPLORE_LIMITS): Promise<Exploration> {
  const start = await planned(order, release, startAt);
  if (!start.order.items.some(({ decomposition }) => decomposition?.template === template)) throw new Defect(`The order does not lead to the plan template ${template}`);
  const seen = new Set([stateKey(start.order)]);
  const open: Found[] = [{ moment: start, path: [] }];
  const cells: Cell[] = [];
  let complete = true;
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { moment, path } = next;
    if (isOver(moment.order)) continue;
    cells.push({ path, standings: standingsOf(moment.order), verdict: await tryCancel(moment, release, limits.steps) });
    for (const { words, body, at } of movesOf(moment, release)) {
      const { moment: after } = await step(at === undefined ? moment : { ...moment, at }, body, release);
      if (after.order === moment.order) continue;
      const settled = await sendMessages(after, release);
      const key = stateKey(settled.order);
      if (seen.has(key)) continue;
      if (seen.size >= limits.states) complete = false;
      else {
        seen.add(key);
        open.push({ moment: settled, path: [...path, words] });
      }
    }
  }
  const tasks = tasksOf(start.order).filter(({ planned: task }) => !isMessage(task)).map(({ planned: task }) => ({ name: nameOf(task), title: task.title }));
  return { template, title: release.planTemplates.get(template)?.definition.title ?? template, tasks, cells, complete };
}

/** The order, accepted, planned and started. */
async function planned(order: NewOrder, release: CompiledRelease, at: string): Promise<Moment> {
  const submitted = evolve(null, { type: "OrderSubmitted", order, release: { name: release.name, digest: release.digest }, correlationId: "explore", at });
  const { moment } = await step({ order: submitted, at }, { type: "FulfillOrder" }, release);
  if (moment.order.plan === null) throw new Defect(`No plan can be made for the order: ${moment.order.cases.map(({ reason }) => reason).join(" ")}`);
  return sendMessages(moment, release);
}

function isOver({ state }: Order): boolean {
  return state === "COMPLETED" || state === "FAILED" || state === "CANCELLED" || state === "REJECTED" || state === "PARTIALLY_COMPLETED";
}

function standingsOf(order: Order): { readonly [task: string]: Standing } {
  return Object.fromEntries(tasksOf(order).filter(({ planned: task }) => !isMessage(task)).map(({ planned: task, task: state }) => [nameOf(task), standingOf(state)]));
}
