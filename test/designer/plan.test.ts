import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clipOf, clipText, pasteTasks, readClip } from "../../designer/plan/clip.ts";
import { foundTasks } from "../../designer/plan/find-tasks.ts";
import { extended, joined, toggled, touchedBy } from "../../designer/plan/pick-tasks.ts";
import { addTask, barredWaiters, connect, disconnect, insertTask, removeTasks, renameTask } from "../../designer/plan/plan-edits.ts";
import { CARD, layOut } from "../../designer/plan/plan-layout.ts";
import { linesIn } from "../../designer/plan/paint-plan.ts";
import { planView, type PlanView } from "../../designer/plan/plan-view.ts";
import { relatedTo } from "../../designer/plan/related.ts";
import { routeEdges } from "../../designer/plan/route-edges.ts";
import { stagesOf } from "../../designer/plan/stages.ts";
import { picksIn } from "../../designer/plan/use-picks.ts";
import { nextTask } from "../../designer/plan/walk.ts";
import type { PlanTemplate, TemplateTask } from "../../engine/language/kinds.ts";

/** A template whose task n waits for some of those before it. */
const templates = fc
  .array(fc.array(fc.nat(50), { maxLength: 3 }), { minLength: 1, maxLength: 25 })
  .map((waits): PlanTemplate => {
    const tasks = waits.map((ons, index): TemplateTask => {
      const dependsOn = [...new Set(ons.filter((on) => on < index))].map((on) => ({ type: "success", task: `t${on}` }));
      return { key: `t${index}`, type: "work", ...(dependsOn.length === 0 ? {} : { dependsOn }) };
    });
    return { kind: "plan-template", key: "plan", version: 1, title: "Plan", description: "", milestoneMap: "map", fallout: "fallout", tasks, milestones: [{ key: "done", reachedBy: [tasks.at(-1)?.key ?? ""] }], billingTriggers: [] };
  });

const viewOf = (template: PlanTemplate): PlanView => planView(template, () => undefined);

describe("the layout of a plan", () => {
  it("is the same picture for the same plan", () => {
    fc.assert(
      fc.property(templates, (template) => {
        expect(layOut(viewOf(template), "stages")).toEqual(layOut(viewOf(structuredClone(template)), "stages"));
      }),
    );
  });

  it.each(["stages", "lanes"] as const)("leads every dependency forward and lets no two cards overlap, in %s", (arrangement) => {
    fc.assert(
      fc.property(templates, (template) => {
        const view = viewOf(template);
        const { positions } = layOut(view, arrangement);
        for (const { from, to } of view.edges) expect(positions.get(from)?.x ?? 0).toBeLessThan(positions.get(to)?.x ?? 0);
        const boxes = [...positions.values()];
        for (const [index, a] of boxes.entries()) {
          for (const b of boxes.slice(index + 1)) expect(Math.abs(a.x - b.x) >= CARD.width || Math.abs(a.y - b.y) >= CARD.height).toBe(true);
        }
      }),
    );
  });

  it("leads an edge over several stages between the cards, not behind them", () => {
    fc.assert(
      fc.property(templates, (template) => {
        const view = viewOf(template);
        const layout = layOut(view, "stages");
        for (const stops of layout.passages.values()) {
          for (const stop of stops) {
            const hidden = [...layout.positions.values()].some(({ x, y }) => x === stop.x && stop.y > y && stop.y < y + CARD.height);
            expect(hidden).toBe(false);
          }
        }
        expect(routeEdges(view, layout, new Map()).size).toBe(view.edges.length);
      }),
    );
  });

  it("moves few others when a task is added", () => {
    const tasks = Array.from({ length: 40 }, (_, index): TemplateTask => ({ key: `t${index}`, type: "work", ...(index < 4 ? {} : { dependsOn: [{ type: "success", task: `t${index - 4}` }] }) }));
    const template: PlanTemplate = { kind: "plan-template", key: "plan", version: 1, title: "Plan", description: "", milestoneMap: "map", fallout: "fallout", tasks, milestones: [], billingTriggers: [] };
    const before = layOut(viewOf(template), "stages").positions;
    const after = layOut(viewOf(addTask(template, "work", "t35").template), "stages").positions;
    const moved = [...before].filter(([id, { x, y }]) => after.get(id)?.x !== x || after.get(id)?.y !== y);
    expect(moved.length / before.size).toBeLessThan(0.15);
  });
});

describe("what a plan shows", () => {
  const plan = (tasks: readonly TemplateTask[]): PlanTemplate => ({ kind: "plan-template", key: "plan", version: 1, title: "Plan", description: "", milestoneMap: "map", fallout: "fallout", tasks, milestones: [], billingTriggers: [] });

  it("keeps the label of a dependency between the cards it connects, however long it is", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,30}$/), (output) => {
        const view = viewOf(plan([{ key: "a", type: "work" }, { key: "b", type: "work", dependsOn: [{ type: "output", task: "a", with: { output } }, { type: "success", task: "a" }] }]));
        const layout = layOut(view, "stages");
        const label = routeEdges(view, layout, new Map()).get(view.edges[0]?.id ?? "")?.label ?? { x: 0, y: 0 };
        expect(label.x).toBeGreaterThan(CARD.width);
        expect(label.x).toBeLessThan(layout.columns[1] ?? 0);
        expect((layout.columns[1] ?? 0) - CARD.width).toBeGreaterThan(output.length * 5);
      }),
    );
  });

  it("keeps labels clear of the cards, in lanes too, where lines run behind them", () => {
    fc.assert(
      fc.property(templates, (template) => {
        const labelled: PlanTemplate = { ...template, tasks: template.tasks.map((task) => ({ ...task, dependsOn: (task.dependsOn ?? []).map((edge) => ({ ...edge, type: "output", with: { output: "id" } })) })) };
        const view = viewOf(labelled);
        const layout = layOut(view, "lanes");
        for (const [id, { label }] of routeEdges(view, layout, new Map())) {
          const hidden = [...layout.positions.values()].filter(({ x, y }) => label.x > x && label.x < x + CARD.width && label.y > y && label.y < y + CARD.height);
          expect([id, hidden]).toEqual([id, []]);
        }
      }),
      { examples: [[plan([{ key: "t0", type: "work" }, { key: "t1", type: "work", dependsOn: [{ type: "success", task: "t0" }] }, { key: "t2", type: "work", dependsOn: [{ type: "success", task: "t0" }, { type: "success", task: "t1" }] }])]] },
    );
  });

  it("breaks a name between words from afar, and cuts what does not fit", () => {
    expect(linesIn("Create the internet service", 10, 2)).toEqual(["Create the", "internet…"]);
    expect(linesIn("Reserve", 10, 2)).toEqual(["Reserve"]);
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,14}$/), { minLength: 1, maxLength: 6 }), fc.integer({ min: 2, max: 20 }), fc.integer({ min: 1, max: 3 }), (words, letters, most) => {
        const lines = linesIn(words.join(" "), letters, most);
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(letters);
        if (lines.every((line) => !line.endsWith("…"))) expect(lines.join(" ")).toBe(words.join(" "));
      }),
    );
  });

  it("draws what a task undoes, once, also where a dependency says it already", () => {
    const undo = (template: PlanTemplate) => viewOf(template).edges.filter(({ look }) => look === "undo").map(({ from, to }) => [from, to]);
    expect(undo(plan([{ key: "reserve", type: "work" }, { key: "restock", type: "work", compensates: "reserve" }]))).toEqual([["reserve", "restock"]]);
    expect(undo(plan([{ key: "reserve", type: "work" }, { key: "restock", type: "work", compensates: "reserve", dependsOn: [{ type: "compensation", task: "reserve" }] }]))).toEqual([["reserve", "restock"]]);
  });

  it("names neighboring ranks of one kind of work as one stage, and others by number", () => {
    const category = { a: "RESERVATION", b: "RESERVATION", c: "FIELD" } as const;
    const bare = viewOf(plan([{ key: "a", type: "work" }, { key: "b", type: "work", dependsOn: [{ type: "success", task: "a" }] }, { key: "c", type: "work", dependsOn: [{ type: "success", task: "b" }] }, { key: "d", type: "work", dependsOn: [{ type: "success", task: "c" }] }]));
    const view = { ...bare, tasks: bare.tasks.map((card) => ({ ...card, category: category[card.key as keyof typeof category] ?? null })) };
    expect(stagesOf(view, layOut(view, "stages")).map(({ title, first, count, tasks }) => [title, first, count, tasks.length])).toEqual([["Reservation", 0, 2, 2], ["Field", 2, 1, 1], ["Stage 4", 3, 1, 1]]);
  });

  it("finds everything before and after a task", () => {
    fc.assert(
      fc.property(templates, fc.nat(24), (template, at) => {
        const view = viewOf(template);
        const key = `t${at % template.tasks.length}`;
        const { before, after } = relatedTo(view, key);
        expect([...before].filter((other) => after.has(other))).toEqual([key]);
        for (const other of after) expect(relatedTo(view, other).before.has(key)).toBe(true);
        for (const { from, to } of view.edges) if (before.has(to)) expect(before.has(from)).toBe(true);
      }),
    );
  });
});

describe("edits of a plan", () => {
  it("an added task waits for the one it was added after", () => {
    fc.assert(
      fc.property(templates, (template) => {
        const { template: grown, key } = addTask(template, "work", "t0");
        expect(grown.tasks.at(-1)).toEqual({ key, type: "work", dependsOn: [{ type: "success", task: "t0" }] });
        expect(removeTasks(grown, new Set([key]))).toEqual(template);
      }),
    );
  });

  it("a task put onto an edge stands between its ends; an edge that passes a value stays besides", () => {
    const base: PlanTemplate = { kind: "plan-template", key: "plan", version: 1, title: "Plan", description: "", milestoneMap: "map", fallout: "fallout", tasks: [{ key: "a", type: "work" }, { key: "b", type: "work", dependsOn: [{ type: "success", task: "a" }, { type: "output", task: "a", with: { output: "id" } }] }], milestones: [], billingTriggers: [] };
    const plain = insertTask(base, "check", { to: "b", index: 0 }).template;
    expect(plain.tasks.find(({ key }) => key === "check")?.dependsOn).toEqual([{ type: "success", task: "a" }]);
    expect(plain.tasks.find(({ key }) => key === "b")?.dependsOn).toEqual([{ type: "output", task: "a", with: { output: "id" } }, { type: "success", task: "check" }]);
    const data = insertTask(base, "check", { to: "b", index: 1 }).template;
    expect(data.tasks.find(({ key }) => key === "b")?.dependsOn).toHaveLength(3);
  });

  it("offers no connection that makes a circle", () => {
    fc.assert(
      fc.property(templates, fc.nat(24), fc.nat(24), (template, a, b) => {
        const [from, to] = [`t${a % template.tasks.length}`, `t${b % template.tasks.length}`];
        const why = barredWaiters(template, from).get(to);
        if (from === to) expect(why).toBe("self");
        if (why !== undefined) return;
        const connected = connect(template, to, { type: "success", task: from });
        const { positions } = layOut(viewOf(connected), "stages");
        for (const edge of viewOf(connected).edges) expect(positions.get(edge.from)?.x ?? 0).toBeLessThan(positions.get(edge.to)?.x ?? 0);
        const position = connected.tasks.findIndex(({ key }) => key === to);
        expect(disconnect(connected, to, (connected.tasks[position]?.dependsOn?.length ?? 1) - 1)).toEqual(template);
      }),
    );
  });

  it("renaming there and back changes nothing, and rewires nothing", () => {
    fc.assert(
      fc.property(templates, (template) => {
        const renamed = renameTask(template, "t0", "first");
        expect(viewOf(renamed).edges.length).toBe(viewOf(template).edges.length);
        expect(renameTask(renamed, "first", "t0")).toEqual(template);
      }),
    );
  });
});

describe("copying tasks", () => {
  const plan = (key: string, tasks: readonly TemplateTask[], milestones: PlanTemplate["milestones"] = []): PlanTemplate => ({ kind: "plan-template", key, version: 1, title: "Plan", description: "", milestoneMap: "map", fallout: "fallout", tasks, milestones, billingTriggers: [] });
  const travel = (template: PlanTemplate, keys: readonly string[]) => readClip(clipText(clipOf(template, new Set(keys)))) ?? expect.fail("The text was not read.");
  const source = plan("one", [
    { key: "a", type: "work" },
    { key: "b", type: "work", dependsOn: [{ type: "success", task: "a" }, { type: "milestone", milestone: "begun" }, { type: "success", task: "x", item: { relationship: "reliesOn" } }, { type: "time", with: { at: "=now" } }] },
    { key: "undo-b", type: "work", compensates: "b", dependsOn: [{ type: "success", task: "b" }] },
  ], [{ key: "begun", reachedBy: ["a"] }]);

  it("within a template keeps the dependencies among the copies, and those on other tasks", () => {
    const { template, keys, leftOut } = pasteTasks(source, travel(source, ["b", "undo-b"]));
    expect([keys, leftOut]).toEqual([["b-2", "undo-b-2"], 0]);
    expect(template.tasks.slice(3)).toEqual([
      { ...source.tasks[1], key: "b-2" },
      { key: "undo-b-2", type: "work", compensates: "b-2", dependsOn: [{ type: "success", task: "b-2" }] },
    ]);
  });

  it("into another template keeps keys that are free, and dependencies on what that template has too; the others are left out and counted", () => {
    const target = plan("two", [{ key: "a", type: "other" }, { key: "undo-b", type: "other" }]);
    const { template, keys, leftOut } = pasteTasks(target, travel(source, ["b", "undo-b"]));
    expect([keys, leftOut]).toEqual([["b", "undo-b-2"], 1]);
    expect(template.tasks[2]?.dependsOn).toEqual([{ type: "success", task: "a" }, { type: "success", task: "x", item: { relationship: "reliesOn" } }, { type: "time", with: { at: "=now" } }]);
    expect(template.tasks[3]).toMatchObject({ key: "undo-b-2", compensates: "b" });
    expect(pasteTasks(plan("three", []), travel(source, ["undo-b"])).template.tasks).toEqual([{ key: "undo-b", type: "work" }]);
  });

  it("makes every key new, whatever was copied and where it goes, and touches nothing that was there", () => {
    fc.assert(
      fc.property(templates, templates, fc.array(fc.nat(24)), (from, to, some) => {
        const clip = travel(from, ["t0", ...some.map((index) => `t${index}`)]);
        const once = pasteTasks(to, clip);
        const twice = pasteTasks(once.template, clip).template;
        expect(new Set(twice.tasks.map(({ key }) => key)).size).toBe(to.tasks.length + 2 * clip.tasks.length);
        expect(twice.tasks.slice(0, to.tasks.length)).toEqual(to.tasks);
        expect(removeTasks(once.template, new Set(once.keys))).toEqual(removeTasks(to, new Set()));
        for (const { from: first, to: waiter } of viewOf(twice).edges) expect(barredWaiters(twice, waiter).get(first)).toBe("circle");
      }),
    );
  });

  it("takes no text that is not made of tasks", () => {
    const wrong = ["", "{", "null", "[]", "3", '{ "orderloom": "tasks" }', '{ "orderloom": "tasks", "tasks": [] }', '{ "orderloom": "tasks", "tasks": [{ "key": "a" }] }', '{ "orderloom": "tasks", "tasks": [{ "key": "a", "type": "b", "dependsOn": [null] }] }'];
    expect(wrong.map(readClip)).toEqual(wrong.map(() => null));
    fc.assert(fc.property(fc.json(), (text) => { expect(readClip(text)).toBeNull(); }));
  });
});

describe("selecting several tasks", () => {
  it("a click takes a task in, and a second one out again", () => {
    expect(toggled(["a"], "b")).toEqual(["a", "b"]);
    expect(toggled(toggled(["a"], "b"), "a")).toEqual(["b"]);
  });

  it("right takes in all that follow, left all that come before, and the last task stays the last", () => {
    fc.assert(
      fc.property(templates, fc.nat(24), (template, at) => {
        const view = viewOf(template);
        const layout = layOut(view, "stages");
        const key = `t${at % template.tasks.length}`;
        const { before, after } = relatedTo(view, key);
        expect(new Set(extended(view, layout, [key], "ArrowRight"))).toEqual(after);
        expect(new Set(extended(view, layout, [key], "ArrowLeft"))).toEqual(before);
        expect(extended(view, layout, [key], "ArrowRight")?.at(-1)).toBe(key);
        expect(extended(view, layout, [], "ArrowRight")).toBeNull();
        expect(extended(view, layout, [key], "x")).toBeNull();
      }),
    );
  });

  it("is over when another place is selected, also when an edit put another task at the same place", () => {
    const view = viewOf({ kind: "plan-template", key: "plan", version: 1, title: "Plan", description: "", milestoneMap: "map", fallout: "fallout", tasks: [{ key: "a", type: "work" }, { key: "b", type: "work" }, { key: "c", type: "work" }], milestones: [], billingTriggers: [] });
    const asked = { via: ["/tasks/0"], at: "/tasks/1", keys: ["c", "b"] };
    expect(picksIn(view, "/tasks/1", asked)).toEqual(["c", "b"]);
    expect(picksIn(view, "/tasks/0", asked)).toEqual(["c", "b"]);
    expect(picksIn(view, "/tasks/0", { ...asked, via: [] })).toEqual(["a"]);
    expect(picksIn(view, "/tasks/2/with", asked)).toEqual(["c"]);
    expect(picksIn({ ...view, tasks: view.tasks.slice(0, 2).map((card, index) => ({ ...card, pointer: `/tasks/${index + 1}` })) }, "/tasks/1", asked)).toEqual(["a"]);
    expect(picksIn(view, "/tasks/0", { via: ["/tasks/0"], at: "", keys: [] })).toEqual([]);
  });

  it("a rectangle takes every card it touches, drawn from whichever corner", () => {
    fc.assert(
      fc.property(templates, fc.nat(24), (template, index) => {
        const view = viewOf(template);
        const { positions } = layOut(view, "stages");
        const key = `t${index % template.tasks.length}`;
        const at = (id: string) => positions.get(id) ?? expect.fail(id);
        const corner = { x: at(key).x + CARD.width - 1, y: at(key).y + CARD.height - 1 };
        const outside = { x: corner.x + 2, y: corner.y + 2 };
        expect(touchedBy({ from: corner, to: outside }, view, at)).toEqual([key]);
        expect(touchedBy({ from: outside, to: corner }, view, at)).toEqual([key]);
        expect(touchedBy({ from: { x: -1e6, y: -1e6 }, to: { x: 1e6, y: 1e6 } }, view, at)).toEqual(view.tasks.map((task) => task.key));
      }),
    );
    expect(joined(["a", "b"], ["b", "c"], "b")).toEqual(["a", "c", "b"]);
  });
});

describe("finding in a plan", () => {
  it("looks through titles, keys, expressions and references, and wants every word", () => {
    const tasks: readonly TemplateTask[] = [{ key: "reserve", type: "reserve-number", title: "Reserve a number", with: { number: "=item.characteristics.chosenNumber" } }, { key: "bill", type: "open-charging", dependsOn: [{ type: "success", task: "reserve" }] }];
    const template: PlanTemplate = { kind: "plan-template", key: "plan", version: 1, title: "Plan", description: "", milestoneMap: "map", fallout: "fallout", tasks, milestones: [], billingTriggers: [] };
    const found = (text: string) => foundTasks({ template, view: viewOf(template) }, text);
    expect([found("a NUMBER"), found("chosenNumber"), found("open-charging"), found("reserve"), found("reserve charging"), found("nowhere")]).toEqual([["reserve"], ["reserve"], ["bill"], ["reserve", "bill"], ["bill"], []]);
  });
});

describe("walking a plan by keyboard", () => {
  it("right follows a dependency and left comes back", () => {
    fc.assert(
      fc.property(templates, (template) => {
        const view = viewOf(template);
        const layout = layOut(view, "stages");
        for (const { key } of view.tasks) {
          const next = nextTask(view, layout, key, "ArrowRight");
          if (next === null) expect(view.edges.some(({ from }) => from === key)).toBe(false);
          else expect(view.edges.some(({ from, to }) => from === key && to === next)).toBe(true);
        }
      }),
    );
  });
});
