import { Handle, Position, type Node, type NodeProps } from "@xyflow/react";
import { CircleX, Flag, GitFork, Lock, LockOpen, Timer, TriangleAlert, Undo2, Waypoints, type LucideIcon } from "lucide-react";
import { memo } from "react";
import type { StateLook } from "../look/state-look.ts";
import { StateGlyph } from "../look/state-mark.tsx";
import { plan as words } from "../strings/plan.ts";
import { performerIcon } from "./performer-icon.ts";
import type { PlanSource, TaskCard } from "./plan-view.ts";

/** What a run says about a task: how it looks now, and one line of facts in place of the authored ones. */
export interface TaskStanding {
  readonly look: StateLook;
  readonly facts: string;
}

export type TaskNodeType = Node<
  {
    readonly card: TaskCard;
    readonly problem: { readonly severity: "error" | "warning"; readonly message: string } | null;
    readonly standing: TaskStanding | null;
    readonly diff?: "added" | "removed" | "changed" | undefined;
    readonly dimmed: boolean;
    readonly found: boolean;
    /** Why the wire that is being drawn must not end here. */
    readonly barred: string | null;
  },
  "task"
>;

const DIFF_TAGS = { added: "+", removed: "−", changed: "~" } as const;

/** A task as a quiet card: state rail, title, who does it, one line of facts. The same card in all four places. */
export const TaskNode = memo(function TaskNode({ id, data, selected }: NodeProps<TaskNodeType>) {
  const { card, problem, standing, diff, dimmed, found, barred } = data;
  const Performer = performerIcon(card);
  const state = standing === null ? "" : ` f-${standing.look.family} rail-${standing.look.glyph}`;
  return (
    <div id={`task-${id}`} className={`task${selected ? " selected" : ""}${dimmed ? " dimmed" : ""}${found ? " found" : ""}${barred === null ? "" : " barred"}${diff === undefined ? "" : ` diff-${diff}`}${state}`} title={barred ?? problem?.message ?? [card.title, card.performer].filter(Boolean).join(", ")}>
      <Handle type="target" position={Position.Left} />
      {diff === undefined ? null : <span className="diff-tag">{DIFF_TAGS[diff]}</span>}
      <p className="task-title">
        <span>{card.title}</span>
        {standing === null ? <Marks card={card} /> : <StateGlyph look={standing.look} />}
      </p>
      <p className="task-performer">
        <span title={words.by[card.by]}><Performer aria-hidden="true" /></span>
        <span className="trunc" title={card.performer ?? undefined}>{card.performer}</span>
      </p>
      <p className="task-facts trunc">{standing?.facts ?? card.facts}</p>
      {problem === null ? null : (
        <span className={`task-problem ${problem.severity === "error" ? "f-failed" : "f-attention"}`} title={problem.message}>
          {problem.severity === "error" ? <CircleX aria-label={problem.message} /> : <TriangleAlert aria-label={problem.message} />}
        </span>
      )}
      {barred === null ? null : <span className="task-barred">{barred}</span>}
      <Handle type="source" position={Position.Right} />
    </div>
  );
});

function Marks({ card }: { readonly card: TaskCard }) {
  return (
    <span className="task-marks">
      {card.conditional ? <Mark icon={GitFork} title={words.conditional} /> : null}
      {card.undoable ? <Mark icon={Undo2} title={words.undoable} /> : null}
      {card.pointOfNoReturn === null ? null : <Mark icon={card.pointOfNoReturn === "hard" ? Lock : LockOpen} title={words.pointOfNoReturn[card.pointOfNoReturn]} />}
    </span>
  );
}

function Mark({ icon: Icon, title }: { readonly icon: LucideIcon; readonly title: string }) {
  return (
    <span title={title}>
      <Icon aria-label={title} />
    </span>
  );
}

export type SourceNodeType = Node<{ readonly source: PlanSource; readonly dimmed: boolean }, "source">;

/** Something from outside the template that a task waits for. */
export const SourceNode = memo(function SourceNode({ data: { source, dimmed } }: NodeProps<SourceNodeType>) {
  const Icon = source.look === "time" ? Timer : source.look === "milestone" ? Flag : Waypoints;
  return (
    <div className={`plan-source${dimmed ? " dimmed" : ""}`} title={source.title}>
      <Icon aria-hidden="true" />
      <span className="trunc">{source.title}</span>
      <Handle type="source" position={Position.Right} />
    </div>
  );
});
