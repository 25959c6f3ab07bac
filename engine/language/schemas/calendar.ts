import { definition } from "./definition.ts";
import { list, record, text } from "./parts.ts";

const hours = (day: string) =>
  list(
    day, "Open hours; closed when left out.",
    text("Hours", "From and to, on the clock of the calendar's own zone.", ["08:00-17:00"], { pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]|24):[0-5][0-9]$" }),
    [["08:00-17:00"]],
  );

/** Calendar: when people work. Authored, because holidays change. */
export const calendarSchema = definition(
  "calendar",
  { title: "Calendar", description: "Working hours and holidays.", example: "business-hours" },
  {
    timeZone: text("Time zone", "Name in the IANA time zone database.", ["Europe/Berlin"]),
    week: record(
      "Week", "Open hours per day.",
      {
        monday: hours("Monday"), tuesday: hours("Tuesday"), wednesday: hours("Wednesday"), thursday: hours("Thursday"),
        friday: hours("Friday"), saturday: hours("Saturday"), sunday: hours("Sunday"),
      },
      [], [{ monday: ["08:00-17:00"] }],
    ),
    holidays: list("Holidays", "Days that are closed.", text("Day", "ISO date.", ["2026-12-25"], { pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }), [["2026-12-25"]]),
  },
  ["timeZone", "week", "holidays"],
);
