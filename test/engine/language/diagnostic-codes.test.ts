import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { diagnosticCodes } from "../../../engine/language/diagnostic-codes.ts";
import { checkExamples } from "../../../engine/language/examples/all-examples.ts";

const ENGINE = fileURLToPath(new URL("../../../engine", import.meta.url));
const REPORTED = [
  /\b(?:report|refuse|fail|counting|ruleReport)\(\s*"([a-z-]+)"/g, /\b(?:reportFor|for)\((?:[^()]|\([^()]*\))*\)\(\s*"([a-z-]+)"/g, /\bcode: "([a-z-]+)"(?!, message: "The requested)/g, /new CellProblem\("([a-z-]+)"/g, /problems\.push\(\["([a-z-]+)"/g, /"x-code": "([a-z-]+)"/g, /"duplicate-name": "([a-z-]+)"/g,
  /\bmaxItems: "([a-z-]+)"/g, /\bCODE = "([a-z-]+)"/g, /: "(unknown-reference)"/g, /codes: \{ \w+: "([a-z-]+)"/g, /\?\? "(schema-violation)"/g, /\brequired: "([a-z-]+)" \}/g,
];

const sources = ["language", "rules", "feel", "table"].flatMap((folder) =>
  readdirSync(join(ENGINE, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && entry.name !== "diagnostic-codes.ts" && !entry.parentPath.endsWith("examples"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8")));
const reported = new Set(sources.flatMap((source) => REPORTED.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1] ?? ""))));

/** No rule of its own: the last line of a list that is too long. */
const NO_RULE: ReadonlySet<string> = new Set(["too-many-problems"]);

describe("the catalogue of diagnostic codes", () => {
  it("lists exactly the codes the sources report", () => {
    expect([...reported].sort()).toEqual(Object.keys(diagnosticCodes).sort());
  });

  it("has an example of each code", () => {
    const shown = new Set(checkExamples.map(({ code }) => code));
    expect(Object.keys(diagnosticCodes).filter((code) => !shown.has(code) && !NO_RULE.has(code))).toEqual([]);
  });

  it.each(Object.entries(diagnosticCodes))("explains %s in sentences", (code, { explanation, fix }) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(explanation).toMatch(/^[A-Z].*\.$/s);
    expect(fix).toMatch(/^[A-Z].*\.$/s);
  });
});
