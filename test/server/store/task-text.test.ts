import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newTask } from "../../../engine/order/start-plan.ts";
import type { PlannedTask } from "../../../engine/order/plan.ts";
import type { Task } from "../../../engine/order/task.ts";
import { taskFromText, taskText } from "../../../server/store/task-text.ts";

const AT = "2026-11-20T10:00:00.000Z";
const planned = { id: "o1/p1/1/a", edges: [], excluded: null, with: {} } as unknown as PlannedTask;
const untouched = newTask(planned, AT);

/** Any member of a task with a value it may have, the untouched one among them. */
const members = fc.record(
  {
    unmetEdges: fc.array(fc.nat(9)), attempts: fc.nat(3), queries: fc.nat(3), effect: fc.constantFrom("NONE", "POSSIBLE", "PARTIAL", "DONE"), unanswered: fc.boolean(),
    with: fc.dictionary(fc.string(), fc.jsonValue()), alternatives: fc.nat(2), requestRevision: fc.nat(3), requestAttempt: fc.nat(3), inputs: fc.dictionary(fc.string(), fc.jsonValue()),
    request: fc.option(fc.dictionary(fc.string(), fc.jsonValue())), idempotencyKey: fc.option(fc.string()), locks: fc.array(fc.record({ scope: fc.string(), key: fc.string() })),
    locked: fc.boolean(), readyAt: fc.option(fc.constant(AT)), finishedAt: fc.option(fc.constant(AT)), outputs: fc.dictionary(fc.string(), fc.jsonValue()),
    timers: fc.constantFrom({}, { timeout: AT }), state: fc.constantFrom("PENDING", "READY", "DISPATCHED"),
  },
  { requiredKeys: [] },
);

describe("the text of a task's row", () => {
  it("gives the task back exactly as it was, whatever became of it", () => {
    fc.assert(
      fc.property(members, (changed) => {
        const task = JSON.parse(JSON.stringify({ ...untouched, ...changed })) as Task;
        expect(taskFromText(taskText(task))).toEqual(task);
      }),
    );
  });

  it("says of a task that has not begun only which it is and that it waits", () => {
    expect(JSON.parse(taskText(untouched))).toEqual({ id: "o1/p1/1/a", state: "PENDING" });
  });

  it("is read as well when it holds every member, as rows did once", () => {
    expect(taskFromText(JSON.stringify(untouched))).toEqual(untouched);
  });
});
