import { compiledEdge, sourceName } from "../interpret/dependencies.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import type { TaskState } from "../order/machines.ts";
import type { Order } from "../order/order.ts";
import type { PlannedEdge } from "../order/plan.ts";
import { required } from "../support/defect.ts";

/** One dependency of a task: what it waits for, whether that is so, and what says so. */
export interface DependencyExplanation {
  /** Title of the type of dependency; null for the waits the engine makes itself. */
  readonly type: string | null;
  /** What is waited for: a task, a milestone or an instant, by its name for people. */
  readonly source: string;
  readonly met: boolean;
  readonly evidence: DependencyEvidence;
}

export type DependencyEvidence =
  | { readonly by: "task"; readonly state: TaskState; readonly at: string | null }
  | { readonly by: "milestone"; readonly outcome: string; readonly at: string | null }
  | { readonly by: "clock"; readonly at: string | null }
  | { readonly by: "approval"; readonly state: string };

/** Every dependency of the task at a position of the plan, met or not, in the order of its definition. */
export function explainDependencies(order: Order, release: CompiledRelease, position: number): readonly DependencyExplanation[] {
  const planned = required(order.plan?.graph.tasks[position], `Planned task ${position}`);
  const task = required(order.tasks[position], planned.id);
  return planned.edges.map((edge, index) => ({
    type: compiledEdge(release, planned, edge)?.type.title ?? null,
    source: sourceName(order, edge),
    met: !task.unmetEdges.includes(index),
    evidence: evidenceOf(order, edge, task.timers.wake ?? null),
  }));
}

function evidenceOf(order: Order, { on }: PlannedEdge, wake: string | null): DependencyEvidence {
  if ("approval" in on) return { by: "approval", state: order.approvals.find(({ id }) => id === on.approval)?.state ?? "" };
  if ("task" in on) {
    const source = order.tasks.find(({ id }) => id === on.task);
    return { by: "task", state: source?.state ?? "PENDING", at: source?.finishedAt ?? source?.startedAt ?? null };
  }
  if ("milestone" in on) {
    const source = order.milestones.find(({ id }) => id === on.milestone);
    return { by: "milestone", outcome: source?.outcome ?? "OPEN", at: source?.reachedAt ?? null };
  }
  return { by: "clock", at: wake };
}
