import { checker } from "./checker.ts";
import { storiesOf, type Story } from "./story.ts";
import { taskStateAfter } from "./track.ts";

/** Every policy of these worlds hands an unknown over within two hours; the rest is for clocks that jump and servers that are down. */
const LATEST_MS = 24 * 3_600_000;

export const unknownResolved = checker("I-36", "an unknown outcome is found out or somebody's in time", function* (history) {
  for (const story of storiesOf(history)) {
    yield* lateHandovers(story);
    for (const task of story.order?.tasks ?? []) {
      if (task.state !== "OUTCOME_UNKNOWN") continue;
      const owned = story.order?.cases.some(({ state, taskId, queue }) => state === "OPEN" && taskId === task.id && queue !== "") === true;
      if (!owned) yield [task.id, `is unknown since ${task.since}, and nobody's`] as const;
    }
  }
});

function* lateHandovers({ moments }: Story): Iterable<readonly [string, string]> {
  const cases = new Map<string, string>();
  const nobodys = new Map<string, string>();
  for (const { event } of moments) {
    if (event.type === "FalloutCaseClosed") cases.delete(event.caseId);
    const opened = event.type === "FalloutCaseOpened" && event.case.taskId !== null && event.case.queue !== "" ? event.case : null;
    const taskId = opened?.taskId ?? ("taskId" in event ? event.taskId : null);
    const state = taskStateAfter(event);
    if (opened) cases.set(opened.id, opened.taskId ?? "");
    if (taskId === null || (!opened && state === undefined)) continue;
    const since = nobodys.get(taskId);
    if (since !== undefined && Date.parse(event.at) - Date.parse(since) > LATEST_MS) yield [taskId, `was unknown and nobody's from ${since} until ${event.at}`];
    if (opened || state !== "OUTCOME_UNKNOWN" || [...cases.values()].includes(taskId)) nobodys.delete(taskId);
    else if (since === undefined) nobodys.set(taskId, event.at);
  }
}
