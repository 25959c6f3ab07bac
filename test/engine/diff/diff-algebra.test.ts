import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyDiff } from "../../../engine/diff/apply-diff.ts";
import { describeDefinitions } from "../../../engine/diff/describe-diff.ts";
import { diffDefinitions } from "../../../engine/diff/diff-definitions.ts";
import { diffToMarkdown } from "../../../engine/diff/diff-to-markdown.ts";
import { formatDefinition } from "../../../engine/language/format-definition.ts";
import type { Definition } from "../../../engine/language/kinds.ts";
import type { Json } from "../../../engine/support/json.ts";
import { dice, editRandomly, shipped } from "./random-edit.ts";

/** Few definitions of every kind, so that random edits meet. */
const few = shipped.filter(({ key, kind }) => key.startsWith("home-fiber") || key === "fallout" || kind === "timeout-policy" || kind === "retry-policy" || kind === "manual-task" || key === "book-appointment");

const texts = (definitions: readonly Definition[]): readonly string[] => definitions.map((definition) => formatDefinition(definition as unknown as Json)).sort();

describe("the algebra of the diff", () => {
  it("diff(a, b) applied to a is b, byte for byte in canonical text", () => {
    fc.assert(fc.property(dice, dice, (first, second) => {
      const before = editRandomly(few, first);
      const after = editRandomly(few, [...first.slice(0, 2), ...second]);
      const diff = JSON.parse(JSON.stringify(diffDefinitions(before, after))) as ReturnType<typeof diffDefinitions>;
      expect(texts(applyDiff(before, diff))).toEqual(texts(after));
    }), { numRuns: 200 });
  });

  it("has words for everything, however wrong a draft is", () => {
    fc.assert(fc.property(dice, dice, (first, second) => {
      const diff = diffDefinitions(editRandomly(few, first), editRandomly(few, second));
      const words = describeDefinitions(diff);
      expect(words.flatMap(({ summary, details }) => [...summary, ...details]).filter((line) => line.trim() === "" || /undefined|\[object/.test(line))).toEqual([]);
      expect(words.every(({ summary }) => summary.length > 0)).toBe(true);
      expect(diffToMarkdown(diff, { before: "a", after: "b" })).toMatch(/^# Changes from a to b\n/);
    }), { numRuns: 200 });
  });

  it("diff(a, a) is empty", () => {
    fc.assert(fc.property(dice, (edits) => {
      const release = editRandomly(few, edits);
      expect(diffDefinitions(release, structuredClone(release))).toEqual({ definitions: [], arrangements: [], titles: {} });
    }), { numRuns: 50 });
  });

  it("diff(b, a) leads back, and shows what came as what went", () => {
    const mirror: { readonly [word: string]: string } = { added: "removed", removed: "added", add: "remove", remove: "add" };
    fc.assert(fc.property(dice, dice, (first, second) => {
      const [before, after] = [editRandomly(few, first), editRandomly(few, second)];
      const [there, back] = [diffDefinitions(before, after), diffDefinitions(after, before)];
      expect(texts(applyDiff(after, back))).toEqual(texts(before));
      const statuses = ({ definitions }: typeof there) => definitions.map(({ kind, key, status, ...one }) => `${kind}/${"from" in one ? [key, one.from].sort().join() : key} ${status}`);
      expect(statuses(back).map((line) => line.replace(/\w+$/, (status) => mirror[status] ?? status)).sort()).toEqual(statuses(there).sort());
    }), { numRuns: 100 });
  });
});
