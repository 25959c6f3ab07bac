import type { OnConnectEnd, OnConnectStart } from "@xyflow/react";
import { useState } from "react";
import { taskUnder } from "./place-under.ts";
import type { PlanActions } from "./plan-canvas.tsx";

/** A wire that is being drawn: from where, the tasks it must not end at, each with why, and which task it is over. */
interface Wire {
  readonly from: string;
  readonly barred: ReadonlyMap<string, string>;
  readonly over: string | null;
}

/** Drawing a wire from a task: onto a card that can wait for it, or onto empty space, where a new task is to wait for it. */
export function useWire(actions: PlanActions | null) {
  const [wire, setWire] = useState<Wire | null>(null);
  const isBarred = (from: string, to: string): boolean => (wire?.from === from ? wire.barred : actions?.barred(from))?.has(to) !== false;
  const start: OnConnectStart = (_, { nodeId, handleType }) => {
    if (nodeId !== null && handleType === "source" && actions !== null) setWire({ from: nodeId, barred: actions.barred(nodeId), over: null });
  };
  const end: OnConnectEnd = (event, { fromNode, fromHandle, toHandle }) => {
    setWire(null);
    if (fromNode === null || fromHandle?.type !== "source" || toHandle !== null) return;
    const point = "changedTouches" in event ? event.changedTouches[0] : event;
    // The whole card takes the wire, not only the small circle at its side.
    const to = point === undefined ? null : taskUnder(point);
    if (to === null) actions?.addAfter(fromNode.id);
    else if (!isBarred(fromNode.id, to)) actions?.connect(fromNode.id, to);
  };
  const reason = wire === null || wire.over === null ? null : (wire.barred.get(wire.over) ?? null);
  return { wire, reason, isBarred, start, end, stop: () => setWire(null), over: (key: string) => setWire((now) => (now === null ? null : { ...now, over: key })) };
}
