import type { useReactFlow } from "@xyflow/react";
import type { NewTaskPlace } from "./add-task.ts";
import type { EdgeLineType } from "./edge-line.tsx";
import { CARD } from "./plan-layout.ts";
import type { SourceNodeType, TaskNodeType } from "./task-node.tsx";

export type Flow = ReturnType<typeof useReactFlow<TaskNodeType | SourceNodeType, EdgeLineType>>;

interface Point {
  readonly clientX: number;
  readonly clientY: number;
}

/** Key of the task whose card is at a point of the window. */
export function taskUnder({ clientX, clientY }: Point): string | null {
  return document.elementFromPoint(clientX, clientY)?.closest(".react-flow__node-task")?.getAttribute("data-id") ?? null;
}

/** Where a task goes that is put at a point of the window: after the card there, onto the line there, or there by itself. */
export function placeUnder(point: Point, flow: Flow): NewTaskPlace {
  const task = taskUnder(point);
  if (task !== null) return { kind: "after", task };
  const line = document.elementFromPoint(point.clientX, point.clientY)?.closest(".react-flow__edge")?.getAttribute("data-id") ?? "";
  const edge = flow.getEdge(line)?.data?.edge;
  if (edge !== undefined) return { kind: "into", edge };
  const { x, y } = flow.screenToFlowPosition({ x: point.clientX, y: point.clientY });
  return { kind: "alone", position: { x: x - CARD.width / 2, y: y - CARD.height / 2 } };
}
