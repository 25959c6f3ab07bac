import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Agenda } from "../../../engine/simulate/agenda.ts";
import { addMs } from "../../../engine/support/instant.ts";

const NOON = "2026-11-02T12:00:00.000Z";
const clock = (timerId: string, dueAt: string) => ({ type: "SetTimer", timerId, dueAt }) as const;
const takeAll = (agenda: Agenda<string>) => {
  const taken: string[] = [];
  for (let next = agenda.next(); next !== null; next = agenda.next()) taken.push(typeof next.body === "string" ? next.body : next.body.timerId);
  return taken;
};

describe("the agenda of a virtual clock", () => {
  it("at one instant answers come before clocks run out: what is on time is on time", () => {
    const agenda = new Agenda<string>();
    agenda.keepTime(clock("timeout", NOON));
    agenda.add(NOON, "answer");
    expect(takeAll(agenda)).toEqual(["answer", "timeout"]);
  });

  it("what was put down first happens first, unless it was put before everything else", () => {
    const agenda = new Agenda<string>();
    agenda.add(NOON, "one");
    agenda.add(NOON, "two");
    agenda.addFirst(NOON, "zero");
    expect(takeAll(agenda)).toEqual(["zero", "one", "two"]);
  });

  it("a clock that is set again runs out at its new instant, one that is stopped never", () => {
    const agenda = new Agenda<string>([["kept", NOON], ["stopped", NOON], ["moved", NOON]]);
    agenda.keepTime(clock("moved", addMs(NOON, 1)));
    agenda.keepTime({ type: "CancelTimer", timerId: "stopped" });
    expect(takeAll(agenda)).toEqual(["kept", "moved"]);
  });

  it("whatever is put down in whatever order, time never runs backwards and nothing is lost", () => {
    const offset = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(fc.array(offset), fc.array(offset), (answers, clocks) => {
        const agenda = new Agenda<string>();
        answers.forEach((ms, position) => agenda.add(addMs(NOON, ms), `answer ${position}`));
        clocks.forEach((ms, position) => agenda.keepTime(clock(`clock ${position}`, addMs(NOON, ms))));
        const copy = agenda.copy();
        const instants: string[] = [];
        for (let next = agenda.next(); next !== null; next = agenda.next()) instants.push(next.at);
        expect(instants).toEqual(instants.toSorted());
        expect(takeAll(copy)).toHaveLength(answers.length + clocks.length);
      }),
    );
  });
});
