import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { withValueAt } from "../../designer/form/place.ts";
import { pasteWrites } from "../../designer/grid/clipboard.ts";
import { rangeOf, writeCells } from "../../designer/grid/grid-model.ts";
import type { EditAction } from "../../designer/grid/key-map.ts";
import { perform } from "../../designer/grid/perform.ts";
import { putTask } from "../../designer/plan/add-task.ts";
import { clipOf, clipText, pasteTasks, readClip } from "../../designer/plan/clip.ts";
import { barredTargets, dependencyChoices } from "../../designer/plan/dependency-choices.ts";
import { connect, disconnect, removeTasks, renameTask } from "../../designer/plan/plan-edits.ts";
import { edgeAt } from "../../designer/plan/selection.ts";
import { editTemplate, moveTasks, planIn, type Plan } from "../../designer/plan/use-plan.ts";
import { currentFiles, editFiles, openWorkspace, redo, typeText, undo, useWorkspace } from "../../designer/workspace/workspace.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { Json } from "../../engine/support/json.ts";

const DEFINITIONS = fileURLToPath(new URL("../../definitions/", import.meta.url));
const PLANS = ["mobile-sim-add", "home-fiber-add"] as const;
const TABLE = "decision-table/failure-classes.json";
const POLICY = "retry-policy/standard.json";
const SHIPPED = ["task-type", "dependency-type", "target-system", "retry-policy", "plan-template", "decision-table"]
  .flatMap((kind) => readdirSync(DEFINITIONS + kind).map((name) => `${kind}/${name}`))
  .filter((path) => !path.startsWith("plan-template/") || PLANS.some((plan) => path === `plan-template/${plan}.json`))
  .map((path) => ({ path, text: readFileSync(DEFINITIONS + path, "utf8") }));

const some = fc.nat(1_000);
const plan = fc.constantFrom(...PLANS);
const type = fc.constantFrom("ship-device", "reserve-sim", "notify-customer");
const text = fc.constantFrom("TIMEOUT", "", "-", "BUSY, LATE", "PERMANENT", "[400..499]");
const ACTIONS: readonly EditAction[] = ["clear", "fillDown", "insertAbove", "duplicateRows", "removeRows", "moveRowsDown", "moveColumnsLeft", "removeColumns", "sortUp"];

const step = fc.oneof(
  fc.record({ how: fc.constant("add" as const), plan, type, after: fc.option(some), position: fc.option(fc.record({ x: some, y: some })) }),
  fc.record({ how: fc.constant("insert" as const), plan, type, edge: some }),
  fc.record({ how: fc.constant("connect" as const), plan, from: some, to: some, choice: some }),
  fc.record({ how: fc.constant("disconnect" as const), plan, edge: some }),
  fc.record({ how: fc.constant("remove" as const), plan, tasks: fc.array(some, { minLength: 1, maxLength: 3 }) }),
  fc.record({ how: fc.constant("paste" as const), plan, into: plan, tasks: fc.array(some, { minLength: 1, maxLength: 4 }) }),
  fc.record({ how: fc.constant("move" as const), plan, tasks: fc.array(some, { minLength: 1, maxLength: 3 }), x: some, y: some }),
  fc.record({ how: fc.constant("tidy" as const), plan }),
  fc.record({ how: fc.constant("rename" as const), plan, task: some, key: fc.constantFrom("first", "second") }),
  fc.record({ how: fc.constant("form" as const), attempts: fc.integer({ min: 1, max: 9 }), burst: fc.boolean() }),
  fc.record({ how: fc.constant("cells" as const), action: fc.constantFrom(...ACTIONS), row: fc.nat(6), column: fc.nat(3) }),
  fc.record({ how: fc.constant("typed cells" as const), texts: fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }), row: fc.nat(9), column: fc.nat(3) }),
  fc.record({ how: fc.constant("half-written JSON" as const), path: fc.constantFrom(`plan-template/${PLANS[0]}.json`, TABLE, POLICY), length: some }),
  fc.record({ how: fc.constant("JSON" as const), path: fc.constantFrom(`plan-template/${PLANS[0]}.json`, TABLE, POLICY), title: fc.constantFrom("One", "Other") }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function planOf(key: string): Plan {
  return planIn(currentFiles(), key) ?? expect.fail(`No plan ${key}.`);
}

const one = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(list.length, 1)];
const keysOf = ({ template }: Plan, indexes: readonly number[]): readonly string[] => indexes.flatMap((index) => one(template.tasks, index)?.key ?? []);

/** Does what the canvas does: with the same functions, by what is in the workspace now. */
function draw(next: Extract<Step, { readonly plan: string }>): void {
  const now = planOf(next.plan);
  const { template, view } = now;
  switch (next.how) {
    case "add": {
      const task = next.after === null ? undefined : one(template.tasks, next.after)?.key;
      return putTask(now, next.type, task === undefined ? { kind: "alone", position: next.position } : { kind: "after", task }, () => undefined);
    }
    case "insert": {
      const edge = one(view.edges, next.edge);
      return edge === undefined ? undefined : putTask(now, next.type, { kind: "into", edge }, () => undefined);
    }
    case "connect": {
      const [from = "", to = ""] = keysOf(now, [next.from, next.to]);
      const choice = barredTargets(now, currentFiles(), from).has(to) ? undefined : one(dependencyChoices(now, currentFiles(), from, to), next.choice);
      return choice === undefined ? undefined : editTemplate(connect(template, to, choice.edge), { label: next.how });
    }
    case "disconnect": {
      const place = edgeAt(view, one(view.edges, next.edge)?.pointer ?? "");
      return place === null ? undefined : editTemplate(disconnect(template, place.to, place.index), { label: next.how });
    }
    case "remove": return editTemplate(removeTasks(template, new Set(keysOf(now, next.tasks))), { label: next.how });
    case "paste": {
      const clip = readClip(clipText(clipOf(template, new Set(keysOf(now, next.tasks)))));
      return clip === null ? undefined : editTemplate(pasteTasks(planOf(next.into).template, clip).template, { label: next.how });
    }
    case "move": return moveTasks(next.plan, new Map([...now.moved, ...keysOf(now, next.tasks).map((key) => [key, { x: next.x, y: next.y }] as const)]), next.how);
    case "tidy": return moveTasks(next.plan, new Map(), next.how);
    case "rename": {
      const task = one(template.tasks, next.task);
      return task === undefined || template.tasks.some(({ key }) => key === next.key) ? undefined : editTemplate(renameTask(template, task.key, next.key), { label: next.how });
    }
  }
}

function take(next: Step): void {
  if ("plan" in next) return draw(next);
  const content = (path: string): Json => currentFiles().get(path)?.content ?? expect.fail(`No file ${path}.`);
  const table = content(TABLE) as unknown as DecisionTable;
  const edit = (path: string, changed: Json, burst?: string): void => editFiles([{ path, content: changed }], { label: next.how, ...(burst === undefined ? {} : { burst }) });
  switch (next.how) {
    case "form": return edit(POLICY, withValueAt(content(POLICY), "/maxAttempts", next.attempts), next.burst ? "attempts" : undefined);
    case "cells":
    case "typed cells": {
      const at = { row: Math.min(next.row, Math.max(table.rows.length - 1, 0)), column: Math.min(next.column, table.columns.length - 1) };
      const done = next.how === "cells" ? perform(next.action, table, rangeOf(at, at))?.table : writeCells(table, pasteWrites(next.texts, rangeOf(at, at)).filter(({ column }) => column < table.columns.length)).table;
      return done === undefined ? undefined : edit(TABLE, done as unknown as Json);
    }
    case "half-written JSON": return typeText(next.path, (currentFiles().get(next.path)?.text ?? "").slice(0, next.length), next.how);
    case "JSON": return typeText(next.path, `${JSON.stringify({ ...(content(next.path) as object), title: next.title }, null, 4)}\n`, next.how);
  }
}

/** Every file as the bytes that would be saved. */
function bytes(): ReadonlyMap<string, string> {
  return new Map([...currentFiles()].map(([path, file]): [string, string] => [path, file.text]).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function differing(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path));
}

describe("C8 edits of canvas, form, grid and JSON in one workspace", () => {
  const seed = Math.trunc(Math.random() * 2 ** 31);
  console.info(`every-view-undone: seed ${seed}`);
  const done = new Map<string, number>();
  afterAll(() => {
    // A kind of edit that never changed anything would prove nothing.
    for (const how of ["add", "insert", "connect", "disconnect", "remove", "paste", "move", "tidy", "rename", "form", "cells", "typed cells", "half-written JSON", "JSON"]) expect([how, done.get(how) ?? 0]).not.toEqual([how, 0]);
  });

  it("undone fully give the original bytes of every file, redone fully the final ones", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        openWorkspace({ release: { digest: "d".repeat(64), name: "2026.11.0" }, files: SHIPPED });
        const original = bytes();
        for (const next of steps) {
          const before = useWorkspace.getState().history;
          take(next);
          if (useWorkspace.getState().history !== before) done.set(next.how, (done.get(next.how) ?? 0) + 1);
        }
        const final = bytes();
        const count = useWorkspace.getState().history.past.length;
        for (let undone = 0; undone < count; undone += 1) undo();
        expect(differing(bytes(), original)).toEqual([]);
        expect(useWorkspace.getState().history.past).toEqual([]);
        for (let redone = 0; redone < count; redone += 1) redo();
        expect(differing(bytes(), final)).toEqual([]);
      }),
      { seed },
    );
  }, 60_000);
});
