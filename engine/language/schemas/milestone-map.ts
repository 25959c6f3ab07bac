import { definition } from "./definition.ts";
import { elements, flag, key, list, localizedText, record, reference, text } from "./parts.ts";

/** Milestone map: internal facts become what the customer sees and reads (A8). */
export const milestoneMapSchema = definition(
  "milestone-map",
  { title: "Milestone map", description: "The milestones, statuses and messages the customer sees.", example: "home-fiber" },
  {
    statusTable: reference("Status table", "Decision table of purpose customer-status.", "decision-table", "home-fiber-status"),
    notifyWith: reference("Notify with", "Task type that sends a message; it must take the parameter `message`.", "task-type", "notify-customer"),
    milestones: list(
      "Milestones", "The milestones the customer may know of.",
      record(
        "Milestone", "One milestone in the customer's words.",
        {
          key: key("Key", "Key of a milestone of the plan templates.", "service-activated"),
          title: text("Title", "What the customer reads.", ["Service active"]),
          notify: localizedText("Message", "Sent when the milestone is reached; text or FEEL per language.", { en: "Your service is active." }),
        },
        ["key", "title"], [{ key: "service-activated", title: "Service active" }],
      ),
      [[{ key: "service-activated", title: "Service active" }]], elements("milestone", ["key"]),
    ),
    statuses: list(
      "Statuses", "In order of progress. An order shows its least advanced item; attention wins.",
      record(
        "Status", "One status in the customer's words.",
        {
          key: text("Key", "Name of the status, as the status table returns it.", ["SERVICE_ACTIVE"], { pattern: "^[A-Z][A-Z0-9_]*$" }),
          title: localizedText("Title", "What the customer reads.", { en: "Service active" }),
          attention: flag("Attention", "True when it must be shown even while other items are less advanced.", true),
          notify: localizedText("Message", "Sent when an item enters the status.", { en: "Your order is delayed. We are working on it." }),
        },
        ["key", "title"], [{ key: "SERVICE_ACTIVE", title: { en: "Service active" } }],
      ),
      [[{ key: "SERVICE_ACTIVE", title: { en: "Service active" } }]], { minItems: 1, ...elements("status", ["key"], { order: "meaning" }) },
    ),
  },
  ["statusTable", "milestones", "statuses"],
);
