import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileTexts } from "../../designer/worker/file-texts.ts";
import { fileFromText, fileOf, type FileState } from "../../designer/workspace/file-state.ts";
import { ToldFiles, type Unsaved } from "../../designer/workspace/told-files.ts";
import type { DecisionTable, TableRow } from "../../engine/language/table-kinds.ts";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import type { Json } from "../../engine/support/json.ts";

const PATH = "decision-table/large.json";

/** A table no page may write out while somebody waits. */
const large: DecisionTable = {
  kind: "decision-table", key: "large", version: 1, title: "Large", description: "Many rows.", purpose: "general", hitPolicy: "FIRST",
  columns: [{ key: "speed", in: "item.characteristics.speed", type: "number" }, { out: "fee", type: "number" }],
  rows: Array.from({ length: 400 }, (_, index): TableRow => ({ id: `r-${index}`, speed: [index], fee: index })),
};

const contentOf = (table: DecisionTable): Json => table as unknown as Json;
const withFee = (table: DecisionTable, at: number, fee: number): DecisionTable => ({ ...table, rows: table.rows.map((row, index) => (index === at ? { ...row, fee } : row)) });

describe("what the page tells the worker of a draft", () => {
  it("of a large table is the row that was edited, and its text stays unwritten here", () => {
    const told = new ToldFiles();
    const before = fileFromText(formatDefinition(contentOf(large)), PATH, null);
    const edited = fileOf(contentOf(withFee(before.content as unknown as DecisionTable, 7, 70)));
    told.tell([{ path: PATH, before, after: before }]);
    const { telling } = told.tell([{ path: PATH, before, after: edited }]);
    expect(telling.states).toEqual([{ number: 2, from: 1, patch: { members: { rows: { from: 7, removed: 1, added: [{ id: "r-7", speed: [7], fee: 70 }] } } } }]);
    expect(edited.isWritten).toBe(false);
  });

  it("of the same states is nothing twice", () => {
    const told = new ToldFiles();
    const change: Unsaved = { path: PATH, before: null, after: fileOf(contentOf(large)) };
    const first = told.tell([change]);
    expect(first.telling.states).toHaveLength(1);
    expect(told.tell([change])).toEqual({ changes: first.changes, telling: { states: [], forget: [] } });
  });

  it("gives it the text of every state it is asked for, whatever was edited, typed, undone, saved or left out in between", () => {
    type Step = "undo" | "save" | "rest" | { readonly row: number; readonly fee: number } | { readonly typed: string };
    const step: fc.Arbitrary<Step> = fc.oneof(
      fc.constantFrom<Step>("undo", "save", "rest"), fc.record({ row: fc.nat(399), fee: fc.nat(9) }),
      fc.constantFrom('{ "rows": [] }', "{ no JSON", formatDefinition(contentOf(large))).map((typed) => ({ typed })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const [told, texts] = [new ToldFiles(), new FileTexts()];
        let saved: FileState = fileFromText(formatDefinition(contentOf(large)), PATH, null);
        const past: FileState[] = [saved];
        for (const next of steps) {
          const now: FileState = past.at(-1) ?? saved;
          if (next === "undo") past.splice(1, past.length - 1, ...past.slice(1, -1));
          else if (next === "save") saved = now;
          else if (typeof next === "object" && "typed" in next) past.push(fileFromText(next.typed, PATH, now));
          else if (typeof next === "object") past.push(fileOf(contentOf(withFee(now.content as unknown as DecisionTable, next.row, next.fee))));
          const after = past.at(-1) ?? null;
          const { changes, telling } = told.tell(next === "rest" ? [] : [{ path: PATH, before: saved, after }]);
          texts.take(structuredClone(telling));
          for (const change of changes) {
            expect(change.before === null ? null : texts.textOf(change.before)).toBe(textOf(saved));
            expect(change.after === null ? null : texts.textOf(change.after)).toBe(textOf(after));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  /** The text, written by a copy, so that asking does not make it cheap. */
  function textOf(state: FileState | null): string | null {
    if (state === null) return null;
    return state.isWritten ? state.text : formatDefinition(state.content);
  }
});
