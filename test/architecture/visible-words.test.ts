import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { visibleWords } from "./visible-words.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What is written the same in every language, with the reason. */
const SAME_EVERYWHERE: readonly string[] = [
  // An example of a path in an order.
  "characteristics.speed",
  // An example of JSON.
  '{ "reference": "R-1" }',
];

const components = readdirSync(join(ROOT, "designer"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".tsx"))
  .map((entry) => join(entry.parentPath, entry.name));

describe("the words of the designer", () => {
  it("stand in designer/strings and nowhere else", () => {
    const found = components.flatMap((path) => visibleWords(relative(ROOT, path), readFileSync(path, "utf8")));
    expect(found.filter((line) => !SAME_EVERYWHERE.some((exception) => line.endsWith(` ${exception}`)))).toEqual([]);
  });

  it.each([
    ["text between elements", "<p>Not saved</p>"],
    ["an attribute that is read", '<button aria-label="Close it" />'],
    ["a choice between texts", '<p>{saved ? "Saved" : null}</p>'],
    ["a sentence put together", "<p>{`${count} orders wait`}</p>"],
    ["a sentence glued together", '<p>{count + " orders wait"}</p>'],
    ["a fallback", '<p title={name ?? "No name"} />'],
  ])("are found as %s", (_, element) => {
    expect(visibleWords("a.tsx", `const a = ${element};`)).toHaveLength(1);
  });

  it.each([
    ["a name of a style", '<p className="small muted" />'],
    ["words from strings", "<p title={words.saved(name)}>{words.saved(name)}</p>"],
    ["a comparison", '<p>{state === "saved" ? words.saved : null}</p>'],
    ["signs", "<p>{`${reached} / ${total}`} →</p>"],
  ])("are not %s", (_, element) => {
    expect(visibleWords("a.tsx", `const a = ${element};`)).toEqual([]);
  });
});
