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
  const originals = new Map<string, string>();
  const credited = new Set<string>();
  const credits = new Map<string, number>();
  for (const { event } of story.moments) {
    if (event.type === "OrderAmended") orderVersion += 1;
    if ("graph" in event) for (const { id } of event.graph.tasks) if (!created.has(id)) created.set(id, orderVersion);
    if (event.type === "TaskAlternativeChosen" || event.type === "TaskPayloadCorrected") revisions.set(event.taskId, (revisions.get(event.taskId) ?? 1) + 1);
    if (event.type === "CompensationRequested") originals.set(event.compensation.id, event.compensation.originalTaskId);
    if (event.type === "CompensationSettled" && event.succeeded) credited.add(originals.get(event.compensationId) ?? "");
    if (event.type !== "TaskDispatched") continue;
    // A key is made when the task is sent for the first time.
    if (!credits.has(event.taskId)) credits.set(event.taskId, [...credited].filter((taskId) => chargeOf(story, taskId) === chargeOf(story, event.taskId)).length);
    const times = credits.get(event.taskId) ?? 0;
    const revision = revisions.get(event.taskId) ?? 1;
    yield [event.commandId, (taskId, action, system) => partsOf(story, taskId, { created: created.get(taskId) ?? 0, revision, times }, action, system)];
  }
}

/** The revision of the order that first had the task, the revision of its request, and how often its very charge was billed and taken back before. */
interface Counts {
  readonly created: number;
  readonly revision: number;
  readonly times: number;
}

function partsOf(story: Story, taskId: string, { created, revision, times }: Counts, action: string, system: string): readonly Json[] {
  const { source, itemId = "" } = story.planned.get(taskId) ?? {};
  // A charge that was taken back and is agreed again is a new one.
  if (source?.by === "billing-trigger") return [story.id, itemId, source.charge, source.milestoneId, ...(times > 0 ? [times] : [])];
  const planId = taskId.slice(0, taskId.indexOf("/", story.id.length + 1));
  return [story.id, created, planId, taskId, action, revision, system];
}

function chargeOf(story: Story, taskId: string): string {
  const { source, itemId } = story.planned.get(taskId) ?? {};
  return source?.by === "billing-trigger" ? JSON.stringify([itemId, source.milestoneId, sorted(source.charge)]) : taskId;
}

function hash(parts: readonly Json[]): string {
  return createHash("sha256").update(JSON.stringify(parts.map(sorted))).digest("hex");
}

/** Charges are flat: sorting their members is all that canonical JSON does to them. */
function sorted(part: Json): Json {
  return isJsonObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part;
}
