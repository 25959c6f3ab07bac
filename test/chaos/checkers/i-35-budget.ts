import { checker, groupBy } from "./checker.ts";
import { isCommand, storiesOf, typeOf } from "./story.ts";

/** A person may try as often as they like; the machine has as many attempts as the policy gives it. */
export const budget = checker("I-35", "no command is sent more often than its policy allows", function* (history) {
  const requests = groupBy(history.fakes.filter(({ kind }) => kind === "request"), ({ commandId }) => commandId);
  for (const story of storiesOf(history)) {
    const excused = new Set<string>();
    for (const { event } of story.moments) {
      if (!("taskId" in event)) continue;
      if (event.type === "TaskRetryRequested" || event.type === "TaskAlternativeChosen" || (event.type === "TaskReconciled" && event.found === "notFound")) excused.add(event.taskId);
      if (event.type !== "TaskDispatched" || !isCommand(story, event.taskId)) continue;
      const allowed = typeOf(story, event.taskId)?.retry?.definition.maxAttempts ?? 1;
      if (event.attempt > allowed && !excused.has(event.taskId)) yield [event.taskId, `was sent ${event.attempt} times, ${allowed} are allowed`] as const;
      const { effects } = history.systems.get(typeOf(story, event.taskId)?.targetSystem?.definition.key ?? "") ?? {};
      const sent = requests.get(event.commandId)?.length ?? 0;
      if (sent > 1 && effects !== "idempotent-key") yield [event.commandId, `was sent ${sent} times under one command`] as const;
      excused.delete(event.taskId);
    }
  }
});
