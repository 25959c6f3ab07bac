import { describe, expect, it } from "vitest";
import { describeDefinitions, describeDiff } from "../../../engine/diff/describe-diff.ts";
import { diffDefinitions } from "../../../engine/diff/diff-definitions.ts";
import { diffToMarkdown } from "../../../engine/diff/diff-to-markdown.ts";
import type { Edit } from "../../../engine/language/examples/edit-release.ts";
import { revise } from "./revise.ts";

const TEMPLATE = "plan-template/home-fiber-add";
const TABLE = "decision-table/home-fiber-decomposition";
const ship = (key: string, title: string) => ({ key, type: "ship-device", title, dependsOn: [{ type: "output", task: "reserve-ont", with: { output: "reservationId" } }] });

const diffOf = (...edits: readonly Edit[]) => diffDefinitions(revise(), revise(...edits));

describe("A21 a diff in business words", () => {
  it.each<[string, readonly Edit[], readonly string[]]>([
    ["counts what is many", [[TEMPLATE, "/tasks/-", ship("ship-cable", "Ship the cable")], [TEMPLATE, "/tasks/-", ship("ship-box", "Ship the box")]], ["2 tasks added to *Home Fiber, new installation*"]],
    ["names what is one, with what it waits for", [[TEMPLATE, "/tasks/-", ship("ship-cable", "Ship the cable")]],
      ["*Home Fiber, new installation*: task *Ship the cable* added, waits for *Reserve the fiber terminal (ONT)* (output, output reservationId)"]],
    ["writes spans as people say them", [["timeout-policy/answer-in-minutes", "/steps/2/after", "PT4H"]], ["*Answer expected in minutes*: step *escalate*, after: 2 h → 4 h"]],
    ["tells spans apart that sound alike", [["billing-trigger/home-fiber-start", "/escalateAfter", "PT4H0M1S"]], ['*Home Fiber, start of charges*: escalate after: `"PT4H"` → `"PT4H0M1S"`']],
    ["names references by title", [["task-type/configure-network", "/retry", "never"]], ["*Configure the network*: retry policy: *Standard retry* → *No retry*"]],
    ["shows the cells of a row that differ", [[TABLE, "/rows/0/technology", ["FTTH", "CABLE"]], [TABLE, "/rows/0/planTemplate", "home-fiber-modify"]],
      ["*Home Fiber, decomposition*: row *add*, technology: FTTH → FTTH, CABLE; planTemplate: *Home Fiber, new installation* → *Home Fiber, change of speed*"]],
    ["tells of a long list only what came and went", [["decision-table/failure-classes", "/columns/3/values", ["TRANSIENT", "PERMANENT", "SEMANTIC", "POLICY", "UNKNOWN", "PARTIAL", "STALE", "LATE"]]],
      ["*Failure classes*: column *class*, values: now also LATE, no longer DUPLICATE"]],
    ["says where a row stands when the order decides", [["decision-table/failure-classes", "/rows/-", { id: "late", code: ["LATE"], class: "TRANSIENT" }]],
      ["*Failure classes*: row *late* added (code LATE; class TRANSIENT), behind *refused-for-good*"]],
    ["reads a condition aloud", [["billing-trigger/home-fiber-end", "/charges/all/0/value", "USAGE"]], ["*Home Fiber, end of charges*: charges: charge.type is RECURRING → charge.type is USAGE"]],
    ["says which task waits for what", [[TEMPLATE, "/tasks/6/dependsOn/-", { type: "milestone", milestone: "installation-completed" }]],
      ["*Home Fiber, new installation*: *Check the connection* now waits for milestone *installation-completed* (milestone)"]],
    ["names a definition that is new, with its size", [["calendar/nights", "", { kind: "calendar", key: "nights", version: 1, title: "Nights", description: "D", timeZone: "UTC", week: {}, holidays: [] }]], ["New calendar *Nights*"]],
    ["names a definition that is gone", [["retry-policy/never", "", undefined]], ["The retry policy *No retry* is gone"]],
    ["leaves the version out when anything else changed", [[TEMPLATE, "/version", 2], [TEMPLATE, "/deadline", "P30D"]], ["*Home Fiber, new installation*: deadline: 21 d → 30 d"]],
    ["says nothing when nothing changed its meaning", [], []],
  ])("%s", (_rule, edits, lines) => {
    expect(describeDiff(diffOf(...edits))).toEqual(lines);
  });

  it("keeps every single change in the details", () => {
    const [words] = describeDefinitions(diffOf([TEMPLATE, "/tasks/5/pointOfNoReturn", "soft"], [TEMPLATE, "/tasks/5/title", "Activate"]));
    expect(words?.summary).toEqual(["*Home Fiber, new installation*: 2 changes in task *Activate*"]);
    expect(words?.details).toEqual(['*Activate*: title: "Activate the connection" → "Activate"', "*Activate*: point of no return: hard → soft"]);
  });

  it("is a page for the reviewer: summary first, rows as a table", () => {
    const page = diffToMarkdown(diffOf([TABLE, "/rows/0/technology", ["FTTH", "CABLE"]], [TABLE, "/rows/-", { id: "none", action: ["NO_CHANGE"], planTemplate: "home-fiber-modify" }]), { before: "2026.11.0", after: "draft" });
    expect(page).toBe(`# Changes from 2026.11.0 to draft

- *Home Fiber, decomposition*: row *add*, technology: FTTH → FTTH, CABLE
- *Home Fiber, decomposition*: row *none* added (action NO_CHANGE; planTemplate *Home Fiber, change of speed*), behind *disconnect*

## Decision table *Home Fiber, decomposition*

\`decision-table/home-fiber-decomposition\`

| row |  | technology | action | planTemplate |
| --- | --- | --- | --- | --- |
| add | changed | FTTH → FTTH, CABLE |  |  |
| none | added, behind *disconnect* |  | NO_CHANGE | *Home Fiber, change of speed* |
`);
  });

  it("lets no author put markup into the review", () => {
    const page = diffToMarkdown(diffOf([TABLE, "/rows/0/technology", ["<script>|[x](javascript:1)"]], [TABLE, "/title", "<b>\n# Owned"]), { before: "a", after: "b" });
    expect(page).not.toMatch(/(^|[^\\])<(script|b)/m);
    expect(page).not.toMatch(/^# Owned/m);
    expect(page).toContain("\\<script\\>\\|\\[x\\](javascript:1)");
  });
});
