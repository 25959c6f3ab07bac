import { describe, expect, it } from "vitest";
import { explore } from "../../../engine/explore/explore.ts";
import type { Exploration } from "../../../engine/explore/exploration.ts";
import { EXPLORE_LIMITS, type ExploreLimits } from "../../../engine/explore/limits.ts";
import { matrixOf } from "../../../engine/explore/matrix.ts";
import { representativeOrder } from "../../../engine/explore/representative-order.ts";
import { compile } from "../../../engine/language/compile.ts";
import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import type { DefinitionFile } from "../../../engine/language/definition-file.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";
import { START } from "../../support/order-of.ts";

type Draft = { [member: string]: unknown };

const shipped = compiled(loadDefinitions());

function compiled(files: readonly DefinitionFile[]): CompiledRelease {
  const compilation = compile(files, { name: "explored" });
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.diagnostics, null, 1));
  return compilation.release;
}

/** The shipped release with one definition changed, as an author might by mistake. */
function broken(path: string, change: (definition: Draft) => void): CompiledRelease {
  return compiled(loadDefinitions().map((file) => {
    if (file.path !== path) return file;
    const content = structuredClone(file.content) as Draft;
    change(content);
    return { path, content };
  }));
}

async function exploreWith(template: string, release: CompiledRelease = shipped, limits: ExploreLimits = EXPLORE_LIMITS): Promise<Exploration> {
  const order = representativeOrder(template, release, START);
  if (!order) throw new Error(`No order leads to ${template}.`);
  return explore(template, order, release, START, limits);
}

const unsafe = (exploration: Exploration) => matrixOf(exploration).problems.map(({ text }) => text);

describe("G2 cancel-anywhere: every shipped plan template, cancelled in every state it can reach", () => {
  it.each([...shipped.planTemplates.keys()])("%s has no unsafe cell", async (template) => {
    const exploration = await exploreWith(template);
    expect(unsafe(exploration)).toEqual([]);
    expect(exploration.complete).toBe(true);
    expect(exploration.cells.some(({ verdict }) => verdict.kind === "safe"), "somewhere it can be cancelled").toBe(true);
  }, 60_000);

  it("says per state what is undone, what it costs and who must agree, or why not", async () => {
    const { cells } = await exploreWith("home-fiber-add");
    const at = (standings: { readonly [task: string]: string }) => cells.find((cell) => Object.entries(standings).every(([task, standing]) => cell.standings[task] === standing))?.verdict;
    expect(cells[0]).toMatchObject({ path: [], verdict: { kind: "safe", undone: [], fee: 0 } });
    expect(at({ "1/reserve-ont": "done", "1/reserve-router": "unknown" })).toMatchObject({ kind: "safe", undone: expect.arrayContaining(["Reserve the fiber terminal (ONT)", "Reserve the router"]) as unknown });
    expect(at({ "1/field-installation": "in flight" })).toMatchObject({ kind: "safe", fee: 49, approvals: ["care-lead"] });
    expect(at({ "1/activate-network": "unknown" })).toMatchObject({ kind: "refused", route: "CHANGE_ORDER" });
  });

  it("finds each state once, on a shortest way", async () => {
    const { cells } = await exploreWith("home-fiber-add");
    const lengths = cells.map(({ path }) => path.length);
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    expect(new Set(cells.map(({ path }) => path.join("|"))).size).toBe(cells.length);
  });

  it("says when a limit kept it from seeing everything", async () => {
    const exploration = await exploreWith("home-fiber-add", shipped, { ...EXPLORE_LIMITS, states: 10 });
    expect([exploration.complete, exploration.cells.length <= 10]).toEqual([false, true]);
  });
});

describe("G2 cancel-anywhere: a mistake of an author is named", () => {
  it("a reservation without compensation is an orphan", async () => {
    const release = broken("task-type/reserve-resource.json", (type) => (type["compensation"] = "none-correct-forward"));
    const found = matrixOf(await exploreWith("home-fiber-add", release));
    expect(found.problems.map(({ text }) => text)).toEqual(expect.arrayContaining([expect.stringContaining('"Reserve the fiber terminal (ONT)" took effect')]));
    expect(found.rows.find(({ task }) => task === "1/reserve-ont")?.verdicts.done).toBe("unsafe");
    expect(found.problems[0]?.path.length).toBeGreaterThan(0);
  });

  it("a table that keeps what could be undone leaves an orphan", async () => {
    const release = broken("decision-table/change-tasks.json", (table) => {
      table["rows"] = (table["rows"] as Draft[]).map((row) => (row["id"] === "undo" ? { ...row, do: "KEEP" } : row));
    });
    expect(unsafe(await exploreWith("managed-router-add", release))).toEqual(expect.arrayContaining(['"Reserve the router" took effect and is not undone, though "Release the reservation" could.']));
  });

  it("a charge that nothing takes back is named", async () => {
    const release = broken("task-type/start-charge.json", (type) => (type["compensation"] = "none-correct-forward"));
    expect(unsafe(await exploreWith("managed-router-add", release))).toEqual([expect.stringMatching(/^"Start a charge: one_time" was billed and is not taken back/)]);
  });

  it("work that is to go away with what it builds on, while that stays, is an orphan", async () => {
    const release = broken("task-type/grant-entitlement.json", (type) => (type["compensation"] = "none-undone-with-device"));
    expect(unsafe(await exploreWith("premium-support-add", release))).toEqual(['"Activate premium support" was to be undone with what it builds on, and that was not undone.']);
  });
});
