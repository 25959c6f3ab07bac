import { describe, expect, it } from "vitest";
import { diffDefinitions } from "../../../engine/diff/diff-definitions.ts";
import type { Definition } from "../../../engine/language/kinds.ts";
import { mergeText } from "../../../engine/merge/conflict-text.ts";
import type { Merge } from "../../../engine/merge/definition-merge.ts";
import { mergeDefinition, resolveConflicts } from "../../../engine/merge/merge-definition.ts";
import type { Json } from "../../../engine/support/json.ts";
import type { Edit } from "../../../engine/language/examples/edit-release.ts";
import { reviseOne } from "../diff/revise.ts";

const TEMPLATE = "plan-template/home-fiber-add";
const TABLE = "decision-table/home-fiber-decomposition";
const ORDERED = "decision-table/failure-classes";

type Edits = readonly (readonly [pointer: string, value: Edit[2]])[];
const json = (definition: Definition): Json => definition as unknown as Json;

/** The merge of two edits of one shipped definition. */
function mergeOf(file: string, ours: Edits, theirs: Edits): Merge {
  return mergeDefinition(json(reviseOne(file)), json(reviseOne(file, ...ours)), json(reviseOne(file, ...theirs)));
}

/** What the merge did to the shipped definition, as stable codes and places. */
function effect(file: string, merge: Merge): readonly string[] {
  const [diff] = diffDefinitions([reviseOne(file)], [merge.merged as unknown as Definition]).definitions;
  return diff && "changes" in diff ? diff.changes.map(({ code, path }) => `${code} ${path.join("/")}`) : [];
}

const greet = (key: string) => ({ key, type: "notify-customer", title: `Greet ${key}` });
const rename: Edits = [["/tasks/4/key", "install"], ["/tasks/5/dependsOn/2/task", "install"], ["/milestones/1/reachedBy/0", "install"]];

describe("edits of different things merge clean", () => {
  it.each<[string, string, Edits, Edits, readonly string[]]>([
    ["two people add a task each", TEMPLATE, [["/tasks/-", greet("a")]], [["/tasks/-", greet("b")]], ["task-added tasks/a", "task-added tasks/b"]],
    ["different rows", TABLE, [["/rows/0/technology", ["FTTH", "CABLE"]]], [["/rows/2/action", ["DISCONNECT", "MODIFY"]]], ["row-changed rows/add", "row-changed rows/disconnect"]],
    ["different properties of one task", TEMPLATE, [["/tasks/5/title", "Activate"]], [["/tasks/5/pointOfNoReturn", "soft"]], ["task-changed tasks/activate-network/title", "task-changed tasks/activate-network/pointOfNoReturn"]],
    ["different fields of one request", "task-type/create-service", [["/request/place", "=item.place"]], [["/request/reason", "NEW"]], ["property-changed request/place", "property-changed request/reason"]],
    ["a holiday each", "calendar/store-hours", [["/holidays/-", "2027-05-01"]], [["/holidays/-", "2027-10-03"]], ["entry-added holidays/2027-05-01", "entry-added holidays/2027-10-03"]],
    ["a required field each, deep in an order schema", "order-schema/home-fiber", [["/actions/ADD/required/-", "contract"]], [["/actions/ADD/required/-", "phone"]], ["entry-added actions/ADD/required/contract", "entry-added actions/ADD/required/phone"]],
    ["the same edit twice", TABLE, [["/rows/0/technology", ["CABLE"]]], [["/rows/0/technology", ["CABLE"]]], ["row-changed rows/add"]],
    ["the same addition twice", TEMPLATE, [["/tasks/-", greet("a")]], [["/tasks/-", greet("a")]], ["task-added tasks/a"]],
    ["versions: promotion assigns them, the later one counts", TABLE, [["/version", 2]], [["/version", 3]], ["version-changed version"]],
    ["a rename by ours and an edit by theirs: the edit stays with the task", TEMPLATE, rename, [["/tasks/4/title", "Installation"]], ["task-renamed tasks/install", "task-changed tasks/install/title"]],
    ["a rename by theirs and a new dependency on the old key by ours", TEMPLATE, [["/tasks/6/dependsOn/-", { type: "success", task: "field-installation" }]], rename, ["task-renamed tasks/install", "dependency-added tasks/verify-service/dependsOn/success install"]],
    ["the same rename twice", TEMPLATE, rename, rename, ["task-renamed tasks/install"]],
  ])("%s", (_rule, file, ours, theirs, expected) => {
    const merge = mergeOf(file, ours, theirs);
    expect(merge.conflicts).toEqual([]);
    expect(effect(file, merge)).toEqual(expected);
  });
});

describe("edits of the same thing are one conflict in business words", () => {
  it.each<[string, string, Edits, Edits, string, string]>([
    ["the same row, even in different cells: both changes may be right alone and wrong together", TABLE,
      [["/rows/0/technology", ["FTTH", "CABLE"]]], [["/rows/0/offering", ["HOME_FIBER_1G"]]], "both-changed rows/add",
      "Both sides changed row *add*. Ours: technology: FTTH → FTTH, CABLE. Theirs: offering: HOME_FIBER_1G, HOME_FIBER_500M → HOME_FIBER_1G. (Home Fiber, decomposition)"],
    ["the same property", TEMPLATE, [["/deadline", "P30D"]], [["/deadline", "P14D"]], "both-changed deadline",
      "Both sides changed deadline. Ours: 21 d → 30 d. Theirs: 21 d → 14 d. (Home Fiber, new installation)"],
    ["the same property of a task", TEMPLATE, [["/tasks/5/pointOfNoReturn", "soft"]], [["/tasks/5/pointOfNoReturn", undefined]], "removed-and-changed tasks/activate-network/pointOfNoReturn",
      "Theirs removed point of no return of task *Activate the connection*, ours changed it: hard → soft. (Home Fiber, new installation)"],
    ["a row removed and changed", TABLE, [["/rows/0", undefined]], [["/rows/0/technology", ["CABLE"]]], "removed-and-changed rows/add",
      "Ours removed row *add*, theirs changed it: technology: FTTH → CABLE. (Home Fiber, decomposition)"],
    ["two different tasks under one key", TEMPLATE, [["/tasks/-", { ...greet("a"), title: "Greet" }]], [["/tasks/-", greet("a")]], "added-twice tasks/a",
      'Both sides added task *Greet*, each differently. Ours → theirs: title: "Greet" → "Greet a". (Home Fiber, new installation)'],
    ["a task renamed and removed", TEMPLATE, rename, [["/tasks/4", undefined]], "removed-and-changed tasks/install",
      "Theirs removed task *Install at the customer's home*, ours changed it: its name. (Home Fiber, new installation)"],
    ["a condition, which is one thought", TEMPLATE, [["/completeWhen/all/0/value", 1]], [["/completeWhen/all/1/value", ["ACKNOWLEDGED"]]], "both-changed completeWhen",
      "Both sides changed complete when. Ours: item.openBlockingCases is 0 and item.billing is one of ACKNOWLEDGED, NOT_BILLABLE → item.openBlockingCases is 1 and item.billing is one of ACKNOWLEDGED, NOT_BILLABLE. "
        + "Theirs: item.openBlockingCases is 0 and item.billing is one of ACKNOWLEDGED, NOT_BILLABLE → item.openBlockingCases is 0 and item.billing is one of ACKNOWLEDGED. (Home Fiber, new installation)"],
  ])("%s", (_rule, file, ours, theirs, place, words) => {
    const { conflicts } = mergeOf(file, ours, theirs);
    expect(conflicts.map(({ code, id }) => `${code} ${id}`)).toEqual([place]);
    expect(conflicts[0]?.words).toBe(words);
  });

  it("a task renamed twice, each time to another key", () => {
    const other: Edits = [["/tasks/4/key", "fit"], ["/tasks/5/dependsOn/2/task", "fit"], ["/milestones/1/reachedBy/0", "fit"]];
    const merge = mergeOf(TEMPLATE, rename, other);
    expect(merge.conflicts).toMatchObject([{ code: "renamed-twice", id: "tasks/field-installation/key", base: "field-installation", ours: "install", theirs: "fit" }]);
    expect(merge.conflicts[0]?.words).toBe("Both sides gave another key of task *Install at the customer's home*. Ours: field-installation → install. Theirs: field-installation → fit. (Home Fiber, new installation)");
    expect(effect(TEMPLATE, merge)).toEqual(["task-renamed tasks/install"]);
    const theirs = resolveConflicts(merge, { "tasks/field-installation/key": "theirs" });
    expect(theirs).toEqual(json(reviseOne(TEMPLATE, ...other)));
  });

  it("rows put in different orders, where the first match decides", () => {
    const rows = (reviseOne(ORDERED) as unknown as { readonly rows: readonly { readonly id: string }[] }).rows.map((row) => ({ ...row }));
    const [first, second, ...rest] = rows as [{ id: string }, { id: string }, ...{ id: string }[]];
    const merge = mergeOf(ORDERED, [["/rows", [second, first, ...rest]]], [["/rows", [...rest, first, second]]]);
    expect(merge.conflicts.map(({ code, id }) => `${code} ${id}`)).toEqual(["order rows"]);
    expect((resolveConflicts(merge, { rows: "theirs" }) as unknown as { readonly rows: readonly unknown[] }).rows).toEqual([...rest, first, second]);
  });
});

describe("resolving a merge", () => {
  const ours: Edits = [["/rows/0/technology", ["CABLE"]], ["/rows/1/action", ["MODIFY", "NO_CHANGE"]], ["/rows/2/planTemplate", "home-fiber-modify"]];
  const theirs: Edits = [["/rows/0/technology", ["FWA"]], ["/rows/1/action", ["NO_CHANGE"]]];
  const merge = mergeOf(TABLE, ours, theirs);

  it("takes each conflict as chosen and keeps what was never in conflict", () => {
    const { rows } = resolveConflicts(merge, { "rows/add": "theirs", "rows/modify": "base" }) as unknown as { readonly rows: readonly Json[] };
    expect(rows).toMatchObject([{ technology: ["FWA"] }, { action: ["MODIFY"] }, { planTemplate: "home-fiber-modify" }]);
  });

  it("shows markers around exactly the rows in conflict, in canonical text", () => {
    const text = mergeText(mergeOf(TABLE, [...ours.slice(0, 1), ...ours.slice(2)], theirs.slice(0, 1)));
    expect(text).toContain(`  "rows": [
<<<<<<< ours
    { "id": "add", "offering": ["HOME_FIBER_1G", "HOME_FIBER_500M"], "action": ["ADD"], "technology": ["CABLE"], "planTemplate": "home-fiber-add" },
=======
    { "id": "add", "offering": ["HOME_FIBER_1G", "HOME_FIBER_500M"], "action": ["ADD"], "technology": ["FWA"], "planTemplate": "home-fiber-add" },
>>>>>>> theirs
    { "id": "modify"`);
    expect(text.match(/^<<<<<<</gm)).toHaveLength(1);
  });
});

describe("files without a kind", () => {
  it("merge a position each, and make one conflict of one position", () => {
    const base = { positions: { a: { x: 1, y: 1 }, b: { x: 2, y: 2 } } };
    const merge = mergeDefinition(base, { positions: { a: { x: 9, y: 1 }, b: { x: 2, y: 2 } } }, { positions: { a: { x: 8, y: 1 }, b: { x: 2, y: 7 }, c: { x: 3, y: 3 } } });
    expect(merge.merged).toEqual({ positions: { a: { x: 9, y: 1 }, b: { x: 2, y: 7 }, c: { x: 3, y: 3 } } });
    expect(merge.conflicts.map(({ words }) => words)).toEqual(["Both sides changed positions › a › x. Ours: 1 → 9. Theirs: 1 → 8."]);
  });

  it("made by both sides, with no common origin", () => {
    expect(mergeDefinition(null, { name: "a" }, { name: "b" }).conflicts).toMatchObject([{ code: "added-twice", id: "name", ours: "a", theirs: "b" }]);
  });
});
