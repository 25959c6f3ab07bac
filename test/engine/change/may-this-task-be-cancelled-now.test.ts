import { describe, expect, it } from "vitest";
import { changePolicyOf } from "../../../engine/change/assess-cancellation.ts";
import { assessTask } from "../../../engine/change/assess-task.ts";
import type { ChangeTaskAction } from "../../../engine/language/kinds.ts";
import { given, type Scene } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { readSources } from "../../support/source-files.ts";
import { edge, task, type TemplateSketch } from "../../support/release-of.ts";
import { changeable } from "./change-kit.ts";

/** One task of every ability, each free to be in any state. */
const plan: TemplateSketch = {
  tasks: [
    task("undoable", "reserve", { with: { what: "A" } }),
    task("movable", "book"),
    task("final", "install"),
    task("final-soft", "install", { pointOfNoReturn: "soft" }),
    task("final-hard", "install", { pointOfNoReturn: "hard" }),
    task("recallable", "visit"),
    task("agreed", "activate", { with: { speed: "1G" } }),
    task("person", "approval"),
    task("waits", "reserve", { with: { what: "B" } }, edge({ type: "success", task: "final" })),
  ],
  milestones: [{ key: "visited", reachedBy: ["recallable"] }],
};
const release = changeable({ DEMO: plan });
const fresh = () => given(release, orderOf([itemOf({ appointment: { slot: "monday" } })]));

/** THE question, as every handler asks it. */
function ask(scene: Scene, name: string, type: "CANCEL" | "AMEND" = "CANCEL", affected = true): ChangeTaskAction {
  const position = scene.position(name);
  const policy = changePolicyOf(release, scene.order.items[0] as never);
  if (!policy) throw new Error("The item has no change policy.");
  return assessTask(scene.order, release, policy, { position, request: { type }, affected, needed: true }).do;
}

type Steps = (scene: Scene, name: string) => Promise<unknown>;
const untouched: Steps = () => Promise.resolve();
const sent: Steps = (scene, name) => scene.admit(name);
const accepted: Steps = async (scene, name) => (await scene.admit(name)).report(name, { status: "accepted" });
const unknown: Steps = async (scene, name) => (await scene.admit(name)).pass("PT90S");
const done: Steps = (scene, name) => scene.run(name);
const retrying: Steps = async (scene, name) => (await scene.admit(name)).fail(name, "TRANSIENT");
const stopped: Steps = async (scene, name) => (await scene.admit(name)).fail(name, "SEMANTIC");
const inPart: Steps = async (scene, name) => (await scene.admit(name)).report(name, { status: "failed", failure: { code: "X", message: "half done", httpStatus: 422, effect: "PARTIAL" } });
const lost: Steps = async (scene, name) => {
  await stopped(scene, name);
  await scene.person(name, "REJECTED");
};

describe("G2 THE rule: may this task be cancelled now, and how", () => {
  it.each<readonly [string, string, Steps, ChangeTaskAction]>([
    ["not begun, waits for others", "waits", untouched, "STOP"],
    ["ready, waits for admission", "undoable", untouched, "STOP"],
    ["a person's work, not done", "person", sent, "STOP"],
    ["failed without effect, to be tried again", "undoable", retrying, "STOP"],
    ["failed without effect, a person is asked", "undoable", stopped, "STOP"],
    ["failed for good", "undoable", lost, "KEEP"],
    ["in flight", "undoable", sent, "SETTLE"],
    ["accepted, the result is still to come", "undoable", accepted, "SETTLE"],
    ["outcome unknown", "undoable", unknown, "SETTLE"],
    ["done in part, and a person finds out", "undoable", inPart, "SETTLE"],
    ["in flight, and can be called back", "recallable", sent, "WITHDRAW"],
    ["done, can be undone", "undoable", done, "COMPENSATE"],
    ["done, can be undone when someone agrees", "agreed", done, "COMPENSATE"],
    ["done for ever, before any point of no return", "final", done, "KEEP"],
    ["done for ever, past the soft point", "final-soft", done, "KEEP"],
    ["done for ever, past the hard point", "final-hard", done, "REFUSE"],
    ["done and called back too late", "recallable", done, "KEEP"],
  ])("a task that is %s", async (_state, name, steps, expected) => {
    const scene = await fresh();
    await steps(scene, name);
    expect(ask(scene, name)).toBe(expected);
  });

  it.each<readonly [string, string, Steps, ChangeTaskAction]>([
    ["not begun", "waits", untouched, "STOP"],
    ["in flight", "undoable", sent, "SETTLE"],
    ["in flight, and can be called back", "recallable", sent, "WITHDRAW"],
    ["done in part, and a person finds out", "movable", inPart, "SETTLE"],
    ["done, and the difference can be sent", "movable", done, "AMEND"],
    ["done, can be undone", "undoable", done, "REDO"],
    ["done for ever", "final", done, "REFUSE"],
  ])("under an amendment, a task it reaches that is %s", async (_state, name, steps, expected) => {
    const scene = await fresh();
    await steps(scene, name);
    expect(ask(scene, name, "AMEND")).toBe(expected);
    expect(ask(scene, name, "AMEND", false)).toBe("KEEP");
  });

  it("what the assessment says is exactly what the policy's table says: nothing else in the product asks it", () => {
    const asking = readSources("engine", "server", "designer").filter(({ code }) => /\.tasks\.evaluate\(/.test(code));
    expect(asking.map(({ path }) => path)).toEqual(["engine/change/assess-task.ts"]);
  });
});
