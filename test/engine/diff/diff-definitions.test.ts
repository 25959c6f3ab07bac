import { describe, expect, it } from "vitest";
import { diffDefinitions } from "../../../engine/diff/diff-definitions.ts";
import type { Change, DefinitionDiff, ReleaseDiff } from "../../../engine/diff/definition-diff.ts";
import { markElements } from "../../../engine/diff/element-marks.ts";
import { pointerTo } from "../../../engine/diff/pointer-to.ts";
import type { Definition } from "../../../engine/language/kinds.ts";
import type { Edit } from "../../../engine/language/examples/edit-release.ts";
import type { Json } from "../../../engine/support/json.ts";
import { revise } from "./revise.ts";

const TEMPLATE = "plan-template/home-fiber-add";
const ORDERED = "decision-table/failure-classes";
const UNORDERED = "decision-table/home-fiber-decomposition";

/** The diff of the shipped definitions and the same after edits. */
function diffOf(...edits: readonly Edit[]): ReleaseDiff {
  return diffDefinitions(revise(), revise(...edits));
}

function changesOf(diff: ReleaseDiff): readonly Change[] {
  return diff.definitions.flatMap((one) => ("changes" in one ? one.changes : []));
}

const codes = (diff: ReleaseDiff): readonly string[] => changesOf(diff).map(({ code, path }) => `${code} ${path.join("/")}`);

function rowsOf(file: string): readonly { readonly id: string }[] {
  return (revise().find(({ kind, key }) => `${kind}/${key}` === file) as unknown as { readonly rows: readonly { readonly id: string }[] }).rows;
}

describe("A21 the semantic diff", () => {
  it("is empty for equal releases, in whatever order the files are read", () => {
    expect(diffDefinitions(revise(), revise().toReversed())).toEqual({ definitions: [], arrangements: [], titles: {} });
  });

  it("gives every change a stable code and the way to it", () => {
    expect(codes(diffOf(
      [TEMPLATE, "/deadline", "P30D"],
      [TEMPLATE, "/tasks/5/pointOfNoReturn", undefined],
      [TEMPLATE, "/tasks/6/dependsOn/-", { type: "success", task: "reserve-ont" }],
      [TEMPLATE, "/tasks/-", { key: "greet", type: "notify-customer" }],
      [TEMPLATE, "/version", 2],
      [UNORDERED, "/rows/0/technology", ["FTTH", "CABLE"]],
      ["calendar/store-hours", "/holidays/0", "2027-05-01"],
    ))).toEqual([
      "entry-removed holidays/2026-12-25", "entry-added holidays/2027-05-01", "row-changed rows/add", "version-changed version", "property-changed deadline",
      "task-changed tasks/activate-network/pointOfNoReturn", "dependency-added tasks/verify-service/dependsOn/success reserve-ont", "task-added tasks/greet",
    ]);
  });

  it("names definitions that came and went", () => {
    const diff = diffOf(["retry-policy/never", "", undefined], ["calendar/nights", "", { kind: "calendar", key: "nights", version: 1, title: "Nights", description: "D", timeZone: "UTC", week: {}, holidays: [] }]);
    expect(diff.definitions.map(({ kind, key, status }) => `${status} ${kind}/${key}`)).toEqual(["added calendar/nights", "removed retry-policy/never"]);
  });
});

describe("a rename is not a rewiring", () => {
  const renamedTask: readonly Edit[] = [
    [TEMPLATE, "/tasks/4/key", "install"], [TEMPLATE, "/tasks/5/dependsOn/2/task", "install"], [TEMPLATE, "/milestones/1/reachedBy/0", "install"],
  ];

  it("shows a renamed task as one change; dependencies and milestones follow it", () => {
    expect(changesOf(diffOf(...renamedTask))).toMatchObject([{ code: "task-renamed", from: "field-installation", to: "install", within: [{ title: "Install at the customer's home" }] }]);
  });

  it("recognizes it although the title changed with it, and shows that too", () => {
    expect(codes(diffOf(...renamedTask, [TEMPLATE, "/tasks/4/title", "Installation"]))).toEqual(["task-renamed tasks/install", "task-changed tasks/install/title"]);
  });

  it("recognizes two renamed tasks of which one waits for the other", () => {
    expect(codes(diffOf(...renamedTask, [TEMPLATE, "/tasks/5/key", "activate"], [TEMPLATE, "/tasks/6/dependsOn/0/task", "activate"]))).toEqual(["task-renamed tasks/install", "task-renamed tasks/activate"]);
  });

  it("shows a removal and an addition when something still names the old key", () => {
    expect(codes(diffOf([TEMPLATE, "/tasks/4/key", "install"]))).toEqual(["task-removed tasks/field-installation", "task-added tasks/install"]);
  });

  it("shows a renamed column as one change; the cells of every row follow it", () => {
    const rows = rowsOf(UNORDERED).map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name === "technology" ? "access" : name, cell])));
    expect(codes(diffOf([UNORDERED, "/columns/2/key", "access"], [UNORDERED, "/rows", rows]))).toEqual(["column-renamed columns/access"]);
  });

  it("shows a renamed definition as one change; references and answers of tables follow it", () => {
    const diff = diffOf(
      [TEMPLATE, "/key", "home-fiber-install"], [UNORDERED, "/rows/0/planTemplate", "home-fiber-install"],
      ["task-type/create-service", "/key", "open-service"],
      ...revise().flatMap((definition): readonly Edit[] => (definition.kind === "plan-template"
        ? definition.tasks.flatMap(({ type }, position) => (type === "create-service" ? [[`plan-template/${definition.key}`, `/tasks/${position}/type`, "open-service"] as const] : []))
        : [])),
    );
    expect(diff.definitions).toMatchObject([{ status: "renamed", kind: "plan-template", from: "home-fiber-add", key: "home-fiber-install", changes: [] }, { status: "renamed", from: "create-service", changes: [] }]);
  });

  it("pairs the same way whatever the order of the files", () => {
    const copies = ["first", "second", "third"].map((key): Edit => [`calendar/${key}`, "", { kind: "calendar", key, version: 1, title: "Store hours", description: "When stores and fitters work.", timeZone: "Europe/Berlin", week: {}, holidays: [] }]);
    const before: readonly Definition[] = revise(copies[0] as Edit, copies[1] as Edit);
    const after: readonly Definition[] = revise(copies[2] as Edit);
    expect(diffDefinitions(before.toReversed(), after.toReversed()).definitions).toEqual(diffDefinitions(before, after).definitions);
  });
});

describe("a move is not a change", () => {
  const reversed = (file: string): Edit => [file, "/rows", rowsOf(file).toReversed().map((row) => ({ ...row }))];

  it("of a task in its file", () => {
    const tasks = (revise().find(({ key }) => key === "home-fiber-add") as unknown as { readonly tasks: readonly { readonly [name: string]: string }[] }).tasks;
    const diff = diffOf([TEMPLATE, "/tasks", tasks.toReversed().map((task) => ({ ...task }))]);
    expect(diff.definitions).toEqual([]);
    expect(diff.arrangements).toMatchObject([{ key: "home-fiber-add" }]);
  });

  it("of a row under UNIQUE, where no order decides", () => {
    expect(diffOf(reversed(UNORDERED)).definitions).toEqual([]);
  });

  it("but of a row under FIRST, where the first match decides: the rows that moved, and no others", () => {
    const rows = rowsOf(ORDERED).map((row) => ({ ...row }));
    const [first, ...rest] = rows;
    expect(changesOf(diffOf([ORDERED, "/rows", [...rest, first as { id: string }]]))).toMatchObject([{ code: "row-moved", path: ["rows", "partial"], after: "refused-for-good", wasAfter: null }]);
  });

  it.each([["FIRST", true], ["RULE_ORDER", true], ["PRIORITY", true], ["OUTPUT_ORDER", true], ["COLLECT", true], ["UNIQUE", false], ["ANY", false]])("under %s: %s", (hitPolicy, matters) => {
    const policy: Edit = [UNORDERED, "/hitPolicy", hitPolicy];
    const diff = diffDefinitions(revise(policy), revise(policy, reversed(UNORDERED)));
    expect(changesOf(diff).some(({ code }) => code === "row-moved")).toBe(matters);
  });

  it("of a status, whose order is the progress the customer sees, is one", () => {
    const statuses = [{ key: "A", title: { en: "A" } }, { key: "B", title: { en: "B" } }];
    const map = "milestone-map/home-fiber";
    expect(changesOf(diffDefinitions(revise([map, "/statuses", statuses]), revise([map, "/statuses", statuses.toReversed()])))).toMatchObject([{ code: "status-moved" }]);
  });
});

describe("elements that share what tells them apart", () => {
  const outputs = ["serviceId", "serviceOrderId"].map((output) => ({ type: "output", task: "create-internet-service", with: { output } }));

  it("are matched by content: one of two dependencies on the same task goes", () => {
    const both: Edit = [TEMPLATE, "/tasks/6/dependsOn", outputs];
    const second: Edit = [TEMPLATE, "/tasks/6/dependsOn", outputs.slice(1)];
    expect(changesOf(diffDefinitions(revise(both), revise(second)))).toMatchObject([{ code: "dependency-removed", before: outputs[0] }]);
  });
});

describe("a drawing", () => {
  const edits: readonly Edit[] = [
    [TEMPLATE, "/tasks/5/dependsOn/-", { type: "success", task: "reserve-ont" }], [TEMPLATE, "/tasks/6/dependsOn/0", undefined], [TEMPLATE, "/tasks/-", { key: "greet", type: "notify-customer" }],
    [TEMPLATE, "/tasks/0/key", "open-service"], ...[1, 2].map((task): Edit => [TEMPLATE, `/tasks/${task}/dependsOn/0/task`, "open-service"]), [TEMPLATE, "/tasks/5/dependsOn/1/task", "open-service"],
    [TEMPLATE, "/tasks/0/title", "Open the service"],
  ];

  it("marks elements, and what is around them, from the same data", () => {
    const [diff] = diffOf(...edits).definitions;
    expect(Object.fromEntries(markElements(diff as DefinitionDiff))).toEqual({
      "tasks/open-service": "renamed", "tasks/greet": "added", "tasks/activate-network": "changed", "tasks/verify-service": "changed",
      "tasks/activate-network/dependsOn/success reserve-ont": "added", "tasks/verify-service/dependsOn/output activate-network": "removed",
    });
  });

  it("finds the place of each in the document", () => {
    const after = revise(...edits).find(({ kind, key }) => `${kind}/${key}` === TEMPLATE) as unknown as Json;
    expect(pointerTo(after, ["tasks", "activate-network", "dependsOn", "success reserve-ont"])).toBe("/tasks/5/dependsOn/3");
    expect(pointerTo(after, ["tasks", "open-service", "with", "specification"])).toBe("/tasks/0/with/specification");
    expect(pointerTo(after, ["tasks", "create-internet-service"])).toBeNull();
    expect(pointerTo({ positions: { a: { x: 1 } } }, ["positions", "a", "x"])).toBe("/positions/a/x");
  });
});
