import type { PlannedEdge } from "../../../engine/order/plan.ts";
import { isJsonObject, type Json } from "../../../engine/support/json.ts";
import { checker } from "./checker.ts";
import { storiesOf, type Story } from "./story.ts";
import { FAILURE, Track } from "./track.ts";

/** The shipped dependency types, written a second time as plain code. */
export const dependencies = checker("I-27", "a task becomes ready only when all it depends on holds", function* (history) {
  for (const story of storiesOf(history)) {
    const track = new Track();
    // What held once holds for ever, also when the clock goes back.
    let latest = "";
    const quantities = new Map<string, number>();
    for (const { event } of story.moments) {
      if (event.at > latest) latest = event.at;
      const items = event.type === "OrderSubmitted" ? event.order.items : event.type === "OrderAmended" ? event.items : [];
      for (const { id, quantity } of items) quantities.set(id, quantity);
      // When charges may go is an invariant of its own.
      const ofPlan = "taskId" in event && story.planned.get(event.taskId)?.source.by !== "billing-trigger";
      if (event.type === "TaskReady" && ofPlan && track.tasks.get(event.taskId) === "PENDING") {
        for (const edge of story.planned.get(event.taskId)?.edges ?? []) {
          if (!holds({ story, track, quantities }, event.taskId, edge, latest)) yield [event.taskId, `became ready at ${event.at} although its dependency on ${JSON.stringify(edge.on)} did not hold`] as const;
        }
      }
      track.apply(event);
    }
  }
});

interface Now {
  readonly story: Story;
  readonly track: Track;
  /** Of the items, as they are wanted now. */
  readonly quantities: ReadonlyMap<string, number>;
}

function holds(world: Now, taskId: string, edge: PlannedEdge, now: string): boolean {
  const { on } = edge;
  const { story, track } = world;
  if ("approval" in on) return story.order?.approvals.some(({ id, state }) => id === on.approval && state === "CONSUMED") === true;
  const type = typeOfEdge(story, taskId, edge);
  if ("milestone" in on) {
    const outcome = track.milestones.get(on.milestone);
    return outcome === "REACHED" || (type === "milestone" && outcome === "NOT_APPLICABLE");
  }
  if ("task" in on) return holdsForTask(world, taskId, on.task, type, edge);
  return now >= new Date(String(edge.with["at"])).toISOString();
}

function holdsForTask({ story, track, quantities }: Now, taskId: string, source: string, type: string | null, edge: PlannedEdge): boolean {
  const state = track.tasks.get(source) ?? "";
  switch (type) {
    case "output": return track.outputs.get(source)?.[String(edge.with["output"])] !== undefined;
    case "human": return state === "SKIPPED_BY_POLICY" || accepts(edge.with["accept"], track.outputs.get(source)?.["decision"]);
    case "conditional": return track.isSuccess(source) || !conditionHolds(story, quantities, taskId, edge);
    case "compensation": return FAILURE.has(state);
    case "success-or-waived-within": {
      const until = Date.parse(track.readyAt.get(source) ?? "") + Number(edge.with["hours"]) * 3_600_000;
      return (state === "SUCCEEDED" || state === "WAIVED_BY_AUTHORIZED_USER") && Date.parse(track.finishedAt.get(source) ?? "") <= until;
    }
    default: return track.isSuccess(source);
  }
}

function typeOfEdge(story: Story, taskId: string, edge: PlannedEdge): string | null {
  const source = story.planned.get(taskId)?.source;
  if (source?.by !== "template" || edge.edge === null) return null;
  return story.release?.planTemplates.get(source.template)?.tasks[source.task]?.edges[edge.edge]?.definition.type ?? null;
}

function accepts(accepted: Json | undefined, decision: Json | undefined): boolean {
  return Array.isArray(accepted) && (accepted as readonly Json[]).some((each) => each === decision);
}

/** The generator's conditions compare the item's quantity with a number. */
function conditionHolds(story: Story, quantities: Now["quantities"], taskId: string, edge: PlannedEdge): boolean {
  const source = story.planned.get(taskId)?.source;
  const written = source?.by === "template" && edge.edge !== null ? story.release?.planTemplates.get(source.template)?.definition.tasks[source.task]?.dependsOn?.[edge.edge]?.with?.["condition"] : undefined;
  const line = isJsonObject(written) && Array.isArray(written["all"]) ? (written["all"] as readonly Json[])[0] : undefined;
  return isJsonObject(line) && quantities.get(story.planned.get(taskId)?.itemId ?? "") === line["value"];
}
