import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../../../engine/diff/definition-diff.ts";
import { diffDefinitions } from "../../../engine/diff/diff-definitions.ts";
import { pointerTo } from "../../../engine/diff/pointer-to.ts";
import { formatDefinition } from "../../../engine/language/format-definition.ts";
import type { Definition } from "../../../engine/language/kinds.ts";
import { mergeText } from "../../../engine/merge/conflict-text.ts";
import type { Conflict, Merge } from "../../../engine/merge/definition-merge.ts";
import { mergeDefinition, resolveConflicts } from "../../../engine/merge/merge-definition.ts";
import { jsonPointer } from "../../../engine/support/json-pointer.ts";
import type { Json } from "../../../engine/support/json.ts";
import { dice, editDefinition, shipped, type Dice } from "../diff/random-edit.ts";

const rich = shipped.filter(({ key, kind }) => ["home-fiber-add", "failure-classes", "home-fiber-decomposition", "home-fiber", "answer-in-minutes", "repair-task", "store-hours", "book-appointment"].includes(key) && kind !== "change-policy");
const json = (definition: Definition): Json => definition as unknown as Json;
const sides = fc.tuple(fc.constantFrom(...rich), dice, dice).map(([base, ours, theirs]) => ({ base, ours: edited(base, ours), theirs: edited(base, theirs) }));

function edited(base: Definition, edits: readonly Dice[]): Definition {
  return edits.reduce(editDefinition, base);
}

const mergeOf = ({ base, ours, theirs }: { readonly base: Definition; readonly ours: Definition; readonly theirs: Definition }): Merge => mergeDefinition(json(base), json(ours), json(theirs));

describe("the algebra of the merge", () => {
  it("merging with an unchanged side is the other side", () => {
    fc.assert(fc.property(sides, ({ base, ours }) => {
      for (const merge of [mergeOf({ base, ours, theirs: base }), mergeOf({ base, ours: base, theirs: ours }), mergeOf({ base, ours, theirs: ours })]) {
        expect(merge.conflicts).toEqual([]);
        expect(diffDefinitions([merge.merged as unknown as Definition], [ours])).toMatchObject({ definitions: [] });
      }
    }), { numRuns: 150 });
  });

  it("conflicts are mirrored when the sides change places", () => {
    const seen = ({ id, code, base, ours, theirs }: Conflict): string => JSON.stringify([id, code, base, ours, theirs]);
    const mirrored = ({ id, code, base, ours, theirs }: Conflict): string => JSON.stringify([id, code, base, theirs, ours]);
    fc.assert(fc.property(sides, ({ base, ours, theirs }) => {
      expect(mergeOf({ base, ours: theirs, theirs: ours }).conflicts.map(mirrored).sort()).toEqual(mergeOf({ base, ours, theirs }).conflicts.map(seen).sort());
    }), { numRuns: 150 });
  });

  it("every edit of both sides that is in no conflict is in the result", () => {
    fc.assert(fc.property(sides, ({ base, ours, theirs }) => {
      const merge = mergeOf({ base, ours, theirs });
      const changes = [ours, theirs].flatMap((side) => changesOf(base, side));
      // A rename gives the edits of the other side another path; the examples of `merge-definition.test.ts` prove those.
      fc.pre(changes.every(({ op }) => op !== "rename") && changes.every(isFoundByName));
      for (const change of changes) if (!isContested(change, merge.conflicts)) expect([change.code, change.path, holds(change, merge.merged)]).toEqual([change.code, change.path, true]);
    }), { numRuns: 300 });
  });

  it("one id per conflict; choosing base, ours or theirs settles each by itself", () => {
    fc.assert(fc.property(sides, fc.nat(2), ({ base, ours, theirs }, pick) => {
      const merge = mergeOf({ base, ours, theirs });
      fc.pre(merge.conflicts.every(isFoundByName) && [ours, theirs].flatMap((side) => changesOf(base, side)).every(isFoundByName));
      expect(new Set(merge.conflicts.map(({ id }) => id)).size).toBe(merge.conflicts.length);
      const side = (["base", "ours", "theirs"] as const)[pick] ?? "ours";
      const resolved = resolveConflicts(merge, Object.fromEntries(merge.conflicts.map(({ id }) => [id, side])));
      for (const conflict of merge.conflicts) {
        if (conflict.code === "order" || conflict.code === "renamed-twice") continue;
        expect(valueAt(resolved, conflict.path)).toEqual(conflict[side]);
      }
    }), { numRuns: 150 });
  });

  it("the text with markers holds both resolutions, and nothing but conflicts between markers", () => {
    fc.assert(fc.property(sides, ({ base, ours, theirs }) => {
      const merge = mergeOf({ base, ours, theirs });
      const text = mergeText(merge);
      for (const side of ["ours", "theirs"] as const) {
        expect(taking(side, text)).toBe(formatDefinition(resolveConflicts(merge, Object.fromEntries(merge.conflicts.map(({ id }) => [id, side])))));
      }
      expect(text.includes("<<<<<<<")).toBe(merge.conflicts.length > 0 && taking("ours", text) !== taking("theirs", text));
    }), { numRuns: 150 });
  });
});

function changesOf(base: Definition, side: Definition): readonly Change[] {
  const [diff] = diffDefinitions([base], [side]).definitions;
  return diff && "changes" in diff ? diff.changes : [];
}

/** False for an element that shares what tells it apart with another one: which number it has depends on the others. */
function isFoundByName({ path }: { readonly path: readonly string[] }): boolean {
  return path.every((step) => !step.includes("#"));
}

/** Whether a conflict is about the place of a change, something around it or something in it. */
function isContested({ path, op }: Change, conflicts: readonly Conflict[]): boolean {
  const text = `${jsonPointer(...path).slice(1)}/`;
  return conflicts.some((conflict) => text.startsWith(`${conflict.id}/`) || `${conflict.id}/`.startsWith(text) || (op === "move" && conflict.code === "order"));
}

/** Whether the result has what the change wanted. Where something stands is proved by itself, in `merge-order.test.ts`. */
function holds(change: Change, merged: Json): boolean {
  if (change.op === "move") return true;
  const found = valueAt(merged, change.path);
  const wanted = change.op === "remove" || change.op === "rename" ? undefined : change.value;
  if (change.code === "version-changed") return Number(found) >= Number(wanted) || typeof wanted !== "number";
  return JSON.stringify(found) === JSON.stringify(wanted) || formatDefinition(found ?? null) === formatDefinition(wanted ?? null);
}

function valueAt(content: Json, path: readonly string[]): Json | undefined {
  const pointer = pointerTo(content, path);
  if (pointer === null) return undefined;
  const steps = pointer.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  return steps.reduce<Json | undefined>((value, step) => (value as { readonly [step: string]: Json } | undefined)?.[step], content);
}

function taking(side: "ours" | "theirs", text: string): string {
  return text.replace(/^<<<<<<< ours\n([\s\S]*?)^=======\n([\s\S]*?)^>>>>>>> theirs\n/gm, (_, ours: string, theirs: string) => (side === "ours" ? ours : theirs));
}
