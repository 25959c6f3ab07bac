import { useMemo } from "react";
import { plan as words } from "../strings/plan.ts";
import { currentFiles } from "../workspace/workspace.ts";
import { putTask } from "./add-task.ts";
import { barredTargets } from "./dependency-choices.ts";
import type { Picks } from "./pick-tasks.ts";
import type { PlanActions } from "./plan-canvas.tsx";
import { disconnect, removeTasks } from "./plan-edits.ts";
import type { Asking } from "./plan-pickers.tsx";
import { edgeAt, selectedIn } from "./selection.ts";
import type { PickTasks } from "./use-picks.ts";
import { editTemplate, moveTasks, type Plan } from "./use-plan.ts";

interface PlanActionsProps {
  readonly plan: Plan;
  readonly at: string;
  readonly picks: Picks;
  readonly pick: PickTasks;
  readonly ask: (asking: Asking) => void;
}

/** What the canvas lets an author do, each as one step of the history. */
export function usePlanActions({ plan, at, picks, pick, ask }: PlanActionsProps): PlanActions {
  return useMemo(() => {
    const { template, view, moved } = plan;
    const titleOf = (key: string): string => view.tasks.find((task) => task.key === key)?.title ?? key;
    const removeEdge = (pointer: string): void => {
      const edge = view.edges.find((each) => each.pointer === pointer);
      const place = edgeAt(view, pointer);
      if (edge !== undefined && place !== null) editTemplate(disconnect(template, place.to, place.index), { label: words.disconnected(titleOf(edge.from), titleOf(edge.to)), pointer: at });
      pick([]);
    };
    return {
      pick,
      connect: (from, to) => ask({ kind: "dependency", from, to }),
      barred: (from) => barredTargets(plan, currentFiles(), from),
      addAfter: (after) => ask({ kind: "add", place: { kind: "after", task: after } }),
      insert: (edge) => ask({ kind: "add", place: { kind: "into", edge } }),
      place: (type, place) => putTask(plan, type, place, pick),
      move: (positions) => moveTasks(template.key, new Map([...moved, ...positions]), words.moved(positions.size)),
      remove: () => {
        const selected = selectedIn(view, at);
        if (selected?.kind === "edge") return removeEdge(selected.pointer);
        const [only, ...others] = picks;
        if (only === undefined) return;
        editTemplate(removeTasks(template, new Set(picks)), { label: others.length === 0 ? words.remove(titleOf(only)) : words.removeTasks(picks.length), ...(others.length === 0 ? { pointer: at } : {}) });
        pick([]);
      },
    };
  }, [plan, at, picks, pick, ask]);
}
