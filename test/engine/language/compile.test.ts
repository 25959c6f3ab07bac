import { describe, expect, it } from "vitest";
import { compile } from "../../../engine/language/compile.ts";
import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import type { DefinitionFile } from "../../../engine/language/definition-file.ts";
import { LIMITS } from "../../../engine/language/limits.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";
import { filesOf, minimalRelease, type Draft } from "../../../engine/language/examples/minimal-release.ts";

function releaseOf(files: readonly DefinitionFile[]): CompiledRelease {
  const result = compile(files, { name: "test" });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 2));
  return result.release;
}

describe("the shipped definitions", () => {
  const files = loadDefinitions();

  it("compile without errors or warnings", () => {
    const result = compile(files, { name: "2026.11.0" });
    expect(result.ok ? result.warnings : result.diagnostics).toEqual([]);
  });

  it("hold the products with their actions", () => {
    const release = releaseOf(files);
    expect([...release.planTemplates.keys()]).toEqual([
      "cloud-contact-center-add", "enterprise-connectivity-add", "furniture-delivery-add", "home-fiber-add",
      "home-fiber-disconnect", "home-fiber-modify", "managed-router-add", "mobile-sim-add", "premium-support-add",
    ]);
    for (const offering of release.decomposition.keys()) expect(release.orderSchemas.has(offering), offering).toBe(true);
  });

  it("decompose each offering by its own table", () => {
    const release = releaseOf(files);
    const item = { offering: "HOME_FIBER_1G", action: "ADD", qualification: { technology: "FTTH" } };
    expect(release.decomposition.get("HOME_FIBER_1G")?.evaluate({ item, order: {} })).toMatchObject({
      hit: "one", outputs: { planTemplate: "home-fiber-add" }, rows: ["add"],
    });
  });

  it("start T1 and T2 of the contact center together, T3 and T4 after T1, T5 after T2 to T4 (22a section 34)", () => {
    const tasks = releaseOf(files).planTemplates.get("cloud-contact-center-add")?.tasks ?? [];
    expect(Object.fromEntries(tasks.map((task) => [task.definition.key, task.edges.map((edge) => edge.definition.task)]))).toEqual({
      "create-tenant": [], "reserve-numbers": [], "assign-licenses": ["create-tenant"], "configure-recording": ["create-tenant"],
      "activate-entitlement": ["reserve-numbers", "assign-licenses", "configure-recording"], "update-installed-base": ["activate-entitlement"],
    });
  });
});

describe("compensation", () => {
  const release = releaseOf(loadDefinitions());
  const tasks = release.planTemplates.get("home-fiber-modify")?.tasks ?? [];

  it("is the template's own before that of the task type", () => {
    expect(tasks[0]).toMatchObject({ definition: { key: "change-network" }, compensation: { key: "restore-profile", compensatable: true } });
    expect(release.taskTypes.get("configure-network")?.compensation()).toMatchObject({ key: "disconnect-service", approval: { role: "operations-approver" } });
    expect(tasks[1]).toMatchObject({ compensation: { compensatable: false, reason: "NO_EFFECT" } });
  });

  it("knows the work that undoes and what it is given", () => {
    const [own] = tasks;
    const compensation = own?.compensation.compensatable ? own.compensation : undefined;
    expect(compensation?.taskType).toBe(release.taskTypes.get("configure-network"));
    expect(compensation?.with.evaluate({ item: { product: { characteristics: { speed: "500M" } } } })).toEqual({ profile: "500M" });
  });
});

describe("the digest", () => {
  const digest = (files: readonly DefinitionFile[], name = "test"): string => {
    const result = compile(files, { name });
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    return result.release.digest;
  };
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).toReversed().map(([key, inner]) => [key, reversed(inner)]));
  };
  const original = digest(filesOf(minimalRelease()));

  it("is 64 hex digits", () => expect(original).toMatch(/^[0-9a-f]{64}$/));
  it("does not depend on the order of files", () => expect(digest(filesOf(minimalRelease()).toReversed())).toBe(original));
  it("does not depend on the order of properties", () => expect(digest(filesOf(minimalRelease()).map(({ path, content }) => ({ path, content: reversed(content) })))).toBe(original));
  it("does not depend on where the files lie", () => expect(digest(filesOf(minimalRelease()).map(({ path, content }) => ({ path: `a/b/${path}`, content })))).toBe(original));
  it("does not depend on the name of the release", () => expect(digest(filesOf(minimalRelease()), "other")).toBe(original));

  it("ignores layout and the name file", () => {
    const files = [...filesOf(minimalRelease()), { path: "plan-template/demo-add.layout.json", content: { reserve: [1, 2] } }, { path: "release.json", content: { name: "x" } }];
    expect(digest(files)).toBe(original);
  });

  it("changes with the content", () => {
    const release = minimalRelease();
    (release.get("task-type/reserve.json") as Draft)["title"] = "Another title";
    expect(digest(filesOf(release))).not.toBe(original);
  });
});

describe("a compilation", () => {
  it("does not change what it was given", () => {
    const files = filesOf(minimalRelease());
    const before = JSON.stringify(files);
    compile(files, { name: "test" });
    expect(JSON.stringify(files)).toBe(before);
  });

  it("keeps the definitions in canonical order", () => {
    const names = releaseOf(filesOf(minimalRelease()).toReversed()).definitions.map(({ kind, key }) => `${kind} ${key}`);
    expect(names).toEqual([...names].sort());
  });

  it(`lists at most ${LIMITS.diagnostics} problems and says how many more there are`, () => {
    const files = Array.from({ length: 150 }, (_, index) => ({ path: `task-type/t${index}.json`, content: { kind: "nothing" } }));
    const result = compile(files, { name: "test" });
    const found = result.ok ? [] : result.diagnostics;
    expect(found).toHaveLength(LIMITS.diagnostics);
    expect(found.at(-1)).toMatchObject({ code: "too-many-problems", message: "There are 51 more problems; correct these first." });
  });

  it(`lists at most ${LIMITS.problemsPerFile} shape problems of one file`, () => {
    const release = minimalRelease();
    const draft = release.get("task-type/reserve.json") as Draft;
    for (let index = 0; index < 50; index += 1) draft[`odd${index}`] = index;
    const result = compile(filesOf(release), { name: "test" });
    expect(result.ok ? [] : result.diagnostics).toHaveLength(LIMITS.problemsPerFile);
  });

  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  it.each([
    ["null", null], ["a text", "task-type"], ["a number", Number.NaN], ["undefined", undefined], ["a function", () => 1], ["a date", new Date(0)],
    ["a cycle of objects", { kind: "task-type", key: "x", request: cyclic }], ["a kind that is an object", { kind: {} }], ["a key that is a list", { kind: "task-type", key: [] }],
    ["tasks that are a text", { kind: "plan-template", key: "x", tasks: "none" }], ["__proto__ as a kind", { kind: "__proto__" }], ["constructor as a kind", { kind: "constructor" }],
    ["an own __proto__", JSON.parse('{"kind":"task-type","__proto__":{"kind":"x"}}') as unknown], ["a map", new Map()], ["an empty object", {}],
  ])("refuses %s without throwing", (_, content) => {
    const result = compile([{ path: "task-type/x.json", content }], { name: "test" });
    expect(result.ok).toBe(false);
  });

  it("survives every single property being replaced by something else", () => {
    const odd = [null, 0, "", "=", [], {}, [[]], { fact: 1 }];
    const places = [...minimalRelease()].flatMap(([file, draft]) => Object.keys(draft).map((property) => ({ file, property })));
    places.forEach(({ file, property }, position) => {
      const release = minimalRelease();
      (release.get(file) as Draft)[property] = structuredClone(odd[position % odd.length]) as Draft;
      const result = compile(filesOf(release), { name: "test" });
      for (const found of result.ok ? [] : result.diagnostics) {
        expect([found.file, found.path, found.message].every((each) => typeof each === "string")).toBe(true);
      }
    });
  });
});
