import { admissionCandidates } from "../interpret/admission-candidates.ts";
import { timersOf } from "../interpret/timer-commands.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Command } from "../order/commands.ts";
import { isInFlight } from "../order/machines.ts";
import type { InputBody } from "../order/inputs.ts";
import { isJsonObject, textOf } from "../support/json.ts";
import type { Verdict } from "./exploration.ts";
import { leftBehind, sentUnderHold } from "./judge.ts";
import { completeByPerson, reportSuccess, step, tasksOf, type Moment } from "./step.ts";

const CUSTOMER = { id: "explorer", roles: ["care-agent"], regions: [] } as const;

/** Cancels the order here, agrees to whatever must be agreed to, lets everything that follows succeed, and looks what is left. */
export async function tryCancel(start: Moment, release: CompiledRelease, stepsMax: number): Promise<Verdict> {
  const asked = await step(start, { type: "RequestCancellation", itemIds: null, reason: "EXPLORED", expectedVersion: null, actor: CUSTOMER }, release);
  if (asked.rejection) {
    const { details, message } = asked.rejection;
    return { kind: "refused", reason: message, route: isJsonObject(details) ? textOf(details["route"]) : null };
  }
  // Admission may have let things out a moment before: whatever is ready is offered once, and must not go if it may not.
  const offered = await step(asked.moment, { type: "TasksAdmitted", taskIds: asked.moment.order.tasks.map(({ id }) => id) }, release);
  const commands: Command[] = [...asked.commands, ...offered.commands];
  let moment = offered.moment;
  for (let steps = 0; steps < stepsMax; steps += 1) {
    const next = nextOf(moment, release);
    if (next === null) break;
    if (next.at !== undefined && next.at > moment.at) moment = { ...moment, at: next.at };
    const stepped = await step(moment, next.body, release);
    commands.push(...stepped.commands);
    if (stepped.moment.order === moment.order && next.at === undefined) break;
    moment = stepped.moment;
  }
  return judge(moment, release, commands);
}

function judge({ order }: Moment, release: CompiledRelease, commands: readonly Command[]): Verdict {
  const stuck = order.state === "CANCELLED" ? [] : [{ kind: "stuck" as const, task: null, text: `The order does not come to its end: it stays ${order.state}.` }];
  const problems = [...sentUnderHold(order, release, commands), ...stuck, ...(stuck.length > 0 ? [] : leftBehind(order, release))];
  if (problems.length > 0) return { kind: "unsafe", problems };
  const titles = new Map(tasksOf(order).map(({ planned }) => [planned.id, planned.title]));
  const undone = order.compensations.filter(({ state }) => state === "COMPENSATED").map(({ originalTaskId }) => originalTaskId);
  const kept = tasksOf(order).filter(({ planned, task }) => planned.source.by === "template" && task.effect === "DONE" && !undone.includes(planned.id));
  return {
    kind: "safe",
    fee: order.changes.at(-1)?.fee ?? 0,
    approvals: order.approvals.filter(({ state }) => state === "CONSUMED").map(({ role }) => role),
    undone: undone.map((id) => titles.get(id) ?? id),
    kept: kept.map(({ planned }) => planned.title),
  };
}

/** What happens next when everything goes well: agreement, sending, success of the newest work first, people, the clock. */
function nextOf({ order, at }: Moment, release: CompiledRelease): { readonly body: InputBody; readonly at?: string } | null {
  if (order.state === "CANCELLED" && order.plan?.openTasks === 0) return null;
  const approval = order.approvals.find(({ state }) => state === "PENDING");
  if (approval) {
    const actor = { id: "explorer-2", roles: [approval.role], regions: [] };
    return { body: { type: "DecideApproval", approvalId: approval.id, approve: true, stateHash: approval.stateHash, reason: "EXPLORED", actor } };
  }
  const tasks = tasksOf(order).toReversed();
  const ready = admissionCandidates(order, release, order.tasks.map((_, position) => position)).filter(({ held }) => held !== true);
  if (ready.length > 0) return { body: { type: "TasksAdmitted", taskIds: ready.map(({ taskId }) => taskId) } };
  const flying = tasks.find(({ task }) => isInFlight(task.state));
  if (flying) return { body: reportSuccess(release, flying, at) };
  for (const each of tasks) {
    const body = each.task.state === "AWAITING_MANUAL_ACTION" ? completeByPerson(release, order, each, "SUCCEED", at) : null;
    if (body) return { body };
  }
  const [timer] = [...timersOf(order)].filter(([id]) => !id.endsWith("#deadline") && !id.endsWith("#due")).sort(([a, x], [b, y]) => (x < y ? -1 : x > y ? 1 : a < b ? -1 : 1));
  return timer ? { body: { type: "TimerFired", timerId: timer[0] }, at: timer[1] } : null;
}
