import { definition } from "./definition.ts";
import { choice, flag, list, reference, text } from "./parts.ts";

/** Change policy: whether a change of an accepted order is taken, what it costs and what happens to each task (A13). */
export const changePolicySchema = definition(
  "change-policy",
  { title: "Change policy", description: "Whether a cancellation or amendment is taken, and what happens to each task.", example: "home-fiber" },
  {
    decide: reference("Decide", "Decision table of purpose change; asked per item, the strictest answer counts.", "decision-table", "home-fiber-change"),
    tasks: reference("Tasks", "Decision table of purpose change-task; asked per task.", "decision-table", "change-tasks"),
    freezeWhileDeciding: flag("Freeze while deciding", "Whether nothing new is sent for the items concerned while someone decides.", true),
    scopes: list(
      "Scopes", "What may be cancelled; the order alone when left out.",
      choice("Scope", "The whole order, or single items of it.", ["ORDER", "ITEM"]), [["ORDER", "ITEM"]], { minItems: 1, uniqueItems: true },
    ),
    dependents: choice(
      "Dependents", "What becomes of items that rely on a cancelled one; REFUSE when left out.", ["CANCEL_WITH", "KEEP", "REFUSE"],
    ),
    requalify: list(
      "Requalify", "Paths of the item that void its qualification when an amendment changes them.",
      text("Path", "Dotted path inside the item.", ["characteristics.speed"], { pattern: "^[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z][A-Za-z0-9]*)*$" }),
      [["place", "characteristics.speed"]],
    ),
  },
  ["decide", "tasks", "freezeWhileDeciding"],
);
