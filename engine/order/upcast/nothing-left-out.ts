import type { UpcastStep } from "./upcast-step.ts";

/** 1 -> 2: what an event may say is always said, if only that there is nothing. */
export const nothingLeftOut: UpcastStep = {
  from: 1,
  change: "PlanSuperseded always names reopened milestones, moved instants and deadlines; TaskManualActionRequired always says when it is escalated",
  upcast: (event) => {
    if (event["type"] === "PlanSuperseded") return { reopenedMilestones: [], dueMilestones: [], deadlines: [], ...event };
    if (event["type"] === "TaskManualActionRequired") return { escalateAt: null, ...event };
    return event;
  },
};
