import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";

export const unknownResolved = checker("I-36", "an unknown outcome is found out or somebody's in the end", function* (history) {
  for (const { order } of storiesOf(history)) {
    for (const task of order?.tasks ?? []) {
      if (task.state !== "OUTCOME_UNKNOWN") continue;
      const owned = order?.cases.some(({ state, taskId, queue }) => state === "OPEN" && taskId === task.id && queue !== "") === true;
      if (!owned) yield [task.id, `is unknown since ${task.since}, and nobody's`] as const;
    }
  }
});
