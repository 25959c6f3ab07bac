import { createHash } from "node:crypto";
import { isJsonObject, type Json } from "../../../engine/support/json.ts";
import { checker } from "./checker.ts";
import { storiesOf, type Story } from "./story.ts";

/** The key is the seed's formula over what was so when the task was created; computed here a second time, by other code. */
export const keyRecomputed = checker("I-03", "a key is the hash of order, revision, plan, task, action, request and system, and of nothing else", function* (history) {
  const stories = new Map(storiesOf(history).map((story) => [story.id, story]));
  for (const { kind, orderId, taskId, action, system, key, commandId } of history.fakes) {
    const story = stories.get(orderId);
    if (kind !== "request" || !story?.planned.has(taskId)) continue;
    const expected = hash(partsOf(story, taskId, action, system, commandId));
    if (key !== expected) yield [commandId, `was sent with the key ${key.slice(0, 12)}, which is not ${expected.slice(0, 12)}`] as const;
  }
});

function partsOf(story: Story, taskId: string, action: string, system: string, commandId: string): readonly Json[] {
  const source = story.planned.get(taskId)?.source;
  const itemId = story.planned.get(taskId)?.itemId ?? "";
  if (source?.by === "billing-trigger") return [story.id, itemId, source.charge, source.milestoneId];
  let orderVersion = 1;
  let created = 0;
  let revision = 1;
  for (const { event } of story.moments) {
    if (event.type === "OrderAmended") orderVersion += 1;
    if ("graph" in event && created === 0 && event.graph.tasks.some(({ id }) => id === taskId)) created = orderVersion;
    if (event.type === "TaskAlternativeChosen" && event.taskId === taskId) revision += 1;
    if (event.type === "TaskDispatched" && event.commandId === commandId) break;
  }
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
