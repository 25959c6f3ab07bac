import { isJsonObject } from "../../support/json.ts";
import type { CompileContext } from "../compile-context.ts";
import type { Report } from "../diagnostic.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import type { LocalizedText, MilestoneMap } from "../kinds.ts";
import { errorCodes } from "./error-codes.ts";
import { TASK_STATES } from "./task-states.ts";
import { milestonesOfAll } from "./template-names.ts";

const INTERNAL = new RegExp(`\\b(?:${TASK_STATES.join("|")})\\b`);
const CODE_WORD = /\b[A-Z][A-Z0-9_]*\b/g;
/** A text of FEEL, which the customer may read unless it is only compared with something. */
const COMPARED_TEXT = /(?:!=|=|<|>|\bin\b)\s*\(?\s*"[^"]*"(?:\s*,\s*"[^"]*")*/g;

/** What customers see covers every milestone, can be sent, and never shows the inside. */
export function checkCustomerView(context: CompileContext): void {
  const codes = errorCodes(context);
  for (const { file, definition: map } of context.index.all("milestone-map")) {
    const report = context.reportFor(file);
    checkWords(map, codes, report);
    checkNotification(map, context, report);
    const reached = milestonesOfAll(context, (template) => template.milestoneMap === map.key);
    map.milestones.forEach(({ key }, position) => {
      if (!reached.has(key)) report(
        "milestone-never-reached", jsonPointer("milestones", position, "key"),
        `No template that uses this map has the milestone "${key}"; correct the name or remove it.`,
      );
    });
  }
  for (const { file, definition: template } of context.index.all("plan-template")) {
    const shown = new Set(context.index.get("milestone-map", template.milestoneMap)?.milestones.map(({ key }) => key));
    template.milestones.forEach(({ key }, position) => {
      if (!shown.has(key)) context.reportFor(file)(
        "milestone-unmapped", jsonPointer("milestones", position, "key"),
        `The milestone map "${template.milestoneMap}" does not know "${key}", so customers never hear of it; add it to the map.`,
      );
    });
  }
}

function checkWords(map: MilestoneMap, codes: ReadonlySet<string>, report: Report): void {
  const check = (text: string, path: string): void => {
    const read = text.startsWith("=") ? textsOf(text.slice(1)) : text;
    const name = INTERNAL.exec(read)?.[0] ?? read.match(CODE_WORD)?.find((word) => codes.has(word));
    if (name !== undefined) report("internal-state-exposed", path, `Customers would read ${name}, the name of an internal state or error; say it in their words.`);
  };
  const checkAll = (texts: LocalizedText | undefined, path: string): void => {
    for (const [language, text] of Object.entries(texts ?? {})) check(text, path + jsonPointer(language));
  };
  map.milestones.forEach(({ title, notify }, position) => {
    check(title, jsonPointer("milestones", position, "title"));
    checkAll(notify, jsonPointer("milestones", position, "notify"));
  });
  map.statuses.forEach(({ title, notify }, position) => {
    checkAll(title, jsonPointer("statuses", position, "title"));
    checkAll(notify, jsonPointer("statuses", position, "notify"));
  });
}

/** The texts in an expression that may become part of its result. */
function textsOf(expression: string): string {
  return [...expression.replaceAll(COMPARED_TEXT, "").matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? "").join("\n");
}

function checkNotification(map: MilestoneMap, context: CompileContext, report: Report): void {
  const speaks = [...map.milestones, ...map.statuses].some(({ notify }) => notify !== undefined);
  if (map.notifyWith === undefined) {
    if (speaks) report("notification-impossible", "", "This map has messages but nothing sends them; add notifyWith.");
    return;
  }
  const properties = context.index.get("task-type", map.notifyWith)?.parameters?.["properties"];
  if (!isJsonObject(properties) || !Object.hasOwn(properties, "message")) {
    report(
      "notification-impossible", "/notifyWith",
      `The task type "${map.notifyWith}" has no parameter "message" for the text; add it or choose another type.`,
    );
  }
}
