import type { Waiter } from "../order/graph-index.ts";
import { outcomeOf } from "../order/machines.ts";
import { isUndo } from "../order/planned-work.ts";
import { compareCandidates } from "./admit.ts";
import { isBeingAmended } from "./being-amended.ts";
import type { Decision } from "./decision.ts";
import { askEdge, watchesClock } from "./dependencies.ts";
import { lostTask } from "./lost-task.ts";
import { makeReady, ownFailure, stopForPerson } from "./make-ready.ts";
import { mayStart } from "./may-start.ts";

/** Asks tasks anew that nothing moved: at the start of a plan, when their clock ran out, after a hold or a repair. */
export function lookAgain(decision: Decision, positions: readonly number[]): void {
  const pending = positions.filter((position) => decision.task(position).state === "PENDING");
  const free = pending.filter((position) => decision.task(position).unmetEdges.length === 0);
  const met = askWaiters(decision, new Map(pending.map((position) => [position, new Set(decision.task(position).unmetEdges)])));
  makeMetReady(decision, [...free, ...met]);
}

/** Asks everyone who waits for a task or milestone that just moved. */
export function wakeWaiters(decision: Decision): void {
  makeMetReady(decision, askWaiters(decision, waitersOfMoved(decision)));
}

type Asked = Map<number, Set<number>>;

function waitersOfMoved(decision: Decision): Asked {
  const { index } = decision;
  const asked: Asked = new Map();
  for (const moved of decision.movedTasks) {
    const final = outcomeOf(decision.task(moved).state) !== "OPEN";
    for (const waiter of index.waitersOfTask[moved] ?? []) {
      if (final || watchesClock(decision.release, decision.planned(waiter.task), waiter.edge)) ask(asked, waiter);
    }
  }
  for (const moved of decision.movedMilestones) for (const waiter of index.waitersOfMilestone[moved] ?? []) ask(asked, waiter);
  decision.movedTasks.clear();
  decision.movedMilestones.clear();
  return asked;
}

function ask(asked: Asked, { task, edge }: Waiter): void {
  const edges = asked.get(task);
  if (edges) edges.add(edge);
  else asked.set(task, new Set([edge]));
}

/** Asks the given edges of waiting tasks; returns the tasks for which nothing is left to wait for. */
function askWaiters(decision: Decision, asked: Asked): number[] {
  const met: { taskId: string; edges: number[] }[] = [];
  const free: number[] = [];
  for (const [position, edges] of asked) {
    const task = decision.task(position);
    if (task.state !== "PENDING") continue;
    const now: number[] = [];
    for (const edge of edges) {
      if (!task.unmetEdges.includes(edge)) continue;
      const answer = askEdge(decision.order, decision.release, position, edge, decision.at);
      if (answer.status === "satisfied") now.push(edge);
      else if (answer.status === "impossible") giveUp(decision, position, answer.why, answer.onImpossible);
      else wakeAt(decision, position, answer.lookAgainAt);
      if (decision.task(position).state !== "PENDING") break;
    }
    if (now.length === 0 || decision.task(position).state !== "PENDING") continue;
    met.push({ taskId: task.id, edges: now });
    if (now.length === task.unmetEdges.length) free.push(position);
  }
  if (met.length > 0) decision.emit({ type: "DependenciesMet", met });
  return free;
}

function wakeAt(decision: Decision, position: number, instant: string | null): void {
  const { id, timers } = decision.task(position);
  if (instant === null || (timers.wake !== undefined && timers.wake <= instant && timers.wake > decision.at)) return;
  decision.emit({ type: "TaskWakeSet", taskId: id, wakeAt: instant });
}

/** A dependency that can no longer be met never waits in silence: the type says whether the work falls away or stops. */
function giveUp(decision: Decision, position: number, why: string, onImpossible: "FALLOUT" | "SKIP"): void {
  const planned = decision.planned(position);
  if (isBeingAmended(decision, planned.itemId)) return;
  if (onImpossible === "SKIP") decision.emitTask(position, { type: "TaskSkipped", taskId: planned.id, reason: why });
  // Undoing that cannot go on is never dropped: an effect would be left behind.
  else if (isGivenUp(decision, planned.itemId) && !isUndo(planned)) decision.emitTask(position, { type: "TaskCancelled", taskId: planned.id, reason: why });
  else stopForPerson(decision, position, ownFailure("DEPENDENCY_IMPOSSIBLE", `"${planned.title}" cannot start: ${why}.`));
}

/** Ready in the documented order, so that equal plans run equally everywhere (D1). */
function makeMetReady(decision: Decision, positions: readonly number[]): void {
  const { priority } = decision.order;
  const ranked = positions.map((position) => ({ position, priority, depth: decision.planned(position).depth, taskId: decision.planned(position).id }));
  for (const { position } of ranked.sort(compareCandidates)) {
    if (mayStart(decision.order, decision.release, decision.planned(position))) makeReady(decision, position);
  }
}

/** True when somebody has decided already that the item ends without this work: no case is opened for each task behind. */
function isGivenUp(decision: Decision, itemId: string): boolean {
  const { state } = decision.item(itemId);
  return state === "CANCELLING" || state === "CANCELLED" || lostTask(decision, itemId) !== null;
}
