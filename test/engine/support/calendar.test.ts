import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Calendar } from "../../../engine/language/kinds.ts";
import { addWorkingTime, nextOpening } from "../../../engine/support/calendar.ts";

const HOUR = 3_600_000;

function calendar(more: Partial<Calendar> = {}): Calendar {
  return {
    kind: "calendar", key: "c", version: 1, title: "c", description: "c", timeZone: "Europe/Berlin", holidays: ["2026-12-25"],
    week: { monday: ["08:00-12:00", "13:00-17:00"], tuesday: ["08:00-17:00"], wednesday: ["08:00-17:00"], thursday: ["08:00-17:00"], friday: ["08:00-17:00"] },
    ...more,
  };
}

describe("D5 when a calendar is open", () => {
  it.each([
    ["within hours: at once", "2026-11-02T10:00:00.000Z", "2026-11-02T10:00:00.000Z"],
    ["the opening minute belongs to it", "2026-11-02T07:00:00.000Z", "2026-11-02T07:00:00.000Z"],
    ["the closing minute does not", "2026-11-02T16:00:00.000Z", "2026-11-03T07:00:00.000Z"],
    ["over lunch", "2026-11-02T11:00:00.000Z", "2026-11-02T12:00:00.000Z"],
    ["over the weekend", "2026-11-07T10:00:00.000Z", "2026-11-09T07:00:00.000Z"],
    ["over a holiday and the weekend after it", "2026-12-25T10:00:00.000Z", "2026-12-28T07:00:00.000Z"],
    ["summer time begins: an hour earlier in UTC", "2026-03-27T20:00:00.000Z", "2026-03-30T06:00:00.000Z"],
    ["summer time ends: an hour later in UTC", "2026-10-23T20:00:00.000Z", "2026-10-26T07:00:00.000Z"],
  ])("%s", (_what, at, opens) => expect(nextOpening(calendar(), at)).toBe(opens));

  it("counts days in its own zone: late on Sunday in UTC is Monday morning in Tokyo", () => {
    expect(nextOpening(calendar({ timeZone: "Asia/Tokyo", week: { monday: ["08:00-17:00"] } }), "2026-11-01T23:30:00.000Z")).toBe("2026-11-01T23:30:00.000Z");
    expect(nextOpening(calendar({ timeZone: "Pacific/Auckland", week: { monday: ["08:00-17:00"] } }), "2026-11-01T18:00:00.000Z")).toBe("2026-11-01T19:00:00.000Z");
  });

  it("an hour that does not exist on the day the clock springs forward is no opening", () => {
    const night = calendar({ week: { sunday: ["02:00-03:00"] }, holidays: [] });
    expect(nextOpening(night, "2026-03-28T12:00:00.000Z")).toBe("2026-04-05T00:00:00.000Z");
  });

  it("is open to midnight, and the whole day when its hours say so", () => {
    const always = calendar({ timeZone: "UTC", holidays: [], week: Object.fromEntries(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map((day) => [day, ["00:00-24:00"]])) });
    expect(nextOpening(always, "2026-11-02T23:59:59.999Z")).toBe("2026-11-02T23:59:59.999Z");
    expect(addWorkingTime(always, "2026-11-02T12:00:00.000Z", 48 * HOUR)).toBe("2026-11-04T12:00:00.000Z");
  });

  it("never opens: null, not an endless search", () => {
    expect(nextOpening(calendar({ week: {} }), "2026-11-02T10:00:00.000Z")).toBeNull();
    expect(addWorkingTime(calendar({ week: {} }), "2026-11-02T10:00:00.000Z", HOUR)).toBeNull();
  });
});

describe("working time", () => {
  it.each([
    ["within the day", "2026-11-03T08:00:00.000Z", 2, "2026-11-03T10:00:00.000Z"],
    ["over lunch", "2026-11-02T10:00:00.000Z", 2, "2026-11-02T13:00:00.000Z"],
    ["over the weekend", "2026-11-06T15:00:00.000Z", 4, "2026-11-09T10:00:00.000Z"],
    ["from a closed hour", "2026-11-07T03:00:00.000Z", 1, "2026-11-09T08:00:00.000Z"],
    ["to the very end of a day", "2026-11-03T07:00:00.000Z", 9, "2026-11-03T16:00:00.000Z"],
  ])("%s", (_what, at, hours, end) => expect(addWorkingTime(calendar(), at, hours * HOUR)).toBe(end));

  it("on the days the clock changes a shift is as long as it really is", () => {
    const night = calendar({ week: { saturday: ["22:00-24:00"], sunday: ["00:00-06:00"] }, holidays: [] });
    // 28/29 March 2026: the night is 7 hours long; 24/25 October: 9.
    expect(addWorkingTime(night, "2026-03-28T21:00:00.000Z", 7 * HOUR)).toBe("2026-03-29T04:00:00.000Z");
    expect(addWorkingTime(night, "2026-10-24T20:00:00.000Z", 9 * HOUR)).toBe("2026-10-25T05:00:00.000Z");
  });

  it("an opening is never before the instant, is open itself, and working time never runs backwards", () => {
    const instants = fc.date({ min: new Date("2026-01-01T00:00:00Z"), max: new Date("2027-12-31T00:00:00Z"), noInvalidDate: true }).map((date) => date.toISOString());
    const zones = fc.constantFrom("Europe/Berlin", "UTC", "Asia/Tokyo", "America/New_York", "Pacific/Auckland", "America/St_Johns");
    fc.assert(
      fc.property(instants, zones, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (at, timeZone, less, more) => {
        const hours = calendar({ timeZone });
        const opening = nextOpening(hours, at) ?? "";
        expect(opening >= at).toBe(true);
        expect(nextOpening(hours, opening)).toBe(opening);
        const first = addWorkingTime(hours, at, less * HOUR) ?? "";
        const both = addWorkingTime(hours, at, (less + more) * HOUR) ?? "";
        expect(addWorkingTime(hours, first, more * HOUR)).toBe(both);
        expect(Date.parse(first) - Date.parse(at)).toBeGreaterThanOrEqual(less * HOUR);
      }),
      { seed: 77, numRuns: 200 },
    );
  });
});
