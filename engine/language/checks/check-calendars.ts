import { parseInstant } from "../../support/instant.ts";
import { isTimeZone } from "../../support/time-zone.ts";
import type { CompileContext } from "../compile-context.ts";
import type { Report } from "../diagnostic.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import type { Calendar } from "../kinds.ts";

/** A calendar lies in a time zone that exists, is open at times that make sense, and is open at all. */
export function checkCalendars(context: CompileContext): void {
  for (const { file, definition } of context.index.all("calendar")) {
    const report = context.reportFor(file);
    if (!isTimeZone(definition.timeZone)) report(
      "invalid-timezone", "/timeZone",
      `There is no time zone "${definition.timeZone}"; use a name such as Europe/Berlin.`,
    );
    checkHours(definition, report);
    definition.holidays.forEach((day, position) => {
      if (parseInstant(`${day}T00:00:00Z`) === null) report(
        "calendar-invalid", jsonPointer("holidays", position),
        `There is no day ${day}; correct it.`,
      );
    });
  }
}

function checkHours(calendar: Calendar, report: Report): void {
  let open = false;
  for (const [day, spans] of Object.entries(calendar.week)) {
    let previousEnd = "";
    spans.forEach((span, position) => {
      const [from = "", to = ""] = span.split("-");
      const path = jsonPointer("week", day, position);
      if (to <= from || to > "24:00") report(
        "calendar-invalid", path,
        `${span} ends before it begins, or after midnight; correct it or split it over two days.`,
      );
      else if (from < previousEnd) report(
        "calendar-invalid", path,
        `${span} begins before the hours above it end; write hours in order and apart.`,
      );
      else open = true;
      previousEnd = to;
    });
  }
  if (!open) report("calendar-invalid", "/week", "This calendar is never open, so nothing that uses it would ever be due; add hours.");
}
