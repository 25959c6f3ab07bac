import { createHash } from "node:crypto";
import { isJsonObject, type Json } from "../../../engine/support/json.ts";
import { checker } from "./checker.ts";
import { storiesOf, type Story } from "./story.ts";

/** The key is the seed's formula over what was so when the task was created; computed here a second time, by other code. */
export const keyRecomputed = checker("I-03", "a key is the hash of order, revision, plan, task, action, request and system, and of nothing else", function* (history) {
  const sendings = new Map(storiesOf(history).flatMap((story) => Array.from(sendingsOf(story))));
  for (const { kind, taskId, action, system, key, commandId } of history.fakes) {
    const sending = kind === "request" ? sendings.get(commandId) : undefined;
    if (!sending) continue;
    const expected = hash(sending(taskId, action, system));
    if (key !== expected) yield [commandId, `was sent with the key ${key.slice(0, 12)}, which is not ${expected.slice(0, 12)}`] as const;
  }
});

type Parts = (taskId: string, action: string, system: string) => readonly Json[];

/** The parts of the key of everything an order sent. */
function* sendingsOf(story: Story): Iterable<readonly [commandId: string, parts: Parts]> {
  let orderVersion = 1;
  const created = new Map<string, number>();
  const revisions = new Map<string, number>();
  for (const { event } of story.moments) {
    if (event.type === "OrderAmended") orderVersion += 1;
    if ("graph" in event) for (const { id } of event.graph.tasks) if (!created.has(id)) created.set(id, orderVersion);
    if (event.type === "TaskAlternativeChosen" || event.type === "TaskPayloadCorrected") revisions.set(event.taskId, (revisions.get(event.taskId) ?? 1) + 1);
    if (event.type !== "TaskDispatched") continue;
    const revision = revisions.get(event.taskId) ?? 1;
    yield [event.commandId, (taskId, action, system) => partsOf(story, taskId, [created.get(taskId) ?? 0, revision], action, system)];
  }
}

function partsOf(story: Story, taskId: string, [created, revision]: readonly [number, number], action: string, system: string): readonly Json[] {
  const { source, itemId = "" } = story.planned.get(taskId) ?? {};
  if (source?.by === "billing-trigger") return [story.id, itemId, source.charge, source.milestoneId];
  const planId = taskId.slice(0, taskId.indexOf("/", story.id.length + 1));
  return [story.id, created, planId, taskId, action, revision, system];
}

function hash(parts: readonly Json[]): string {
  return createHash("sha256").update(JSON.stringify(parts.map(sorted))).digest("hex");
}

/** Charges are flat: sorting their members is all that canonical JSON does to them. */
function sorted(part: Json): Json {
  return isJsonObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part;
}
