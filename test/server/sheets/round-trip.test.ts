import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDefinition } from "../../../engine/language/format-definition.ts";
import type { DecisionTable } from "../../../engine/language/table-kinds.ts";
import { exportRows, exportTable } from "../../../engine/sheet/export-table.ts";
import { importTables } from "../../../engine/sheet/import-tables.ts";
import type { Sheet, SheetRow, Workbook } from "../../../engine/sheet/workbook.ts";
import type { Json } from "../../../engine/support/json.ts";
import { readSheetFile } from "../../../server/sheets/read-sheet-file.ts";
import { writeCsv } from "../../../server/sheets/write-csv.ts";
import { writeXlsx } from "../../../server/sheets/write-xlsx.ts";
import { randomTable } from "../../engine/sheet/random-tables.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";

const textOf = (table: DecisionTable): string => formatDefinition(table as unknown as Json);
const RUNS = { numRuns: 150 };

/** The rows of a grid below its header, moved as a person sorts, hides and inserts them. */
function rearranged(workbook: Workbook, change: (rows: readonly SheetRow[]) => readonly SheetRow[]): Workbook {
  const [grid, ...rest] = workbook.sheets as [Sheet, ...Sheet[]];
  const header = grid.rows.findIndex(({ cells: [first] }) => first?.kind === "text" && first.text === "id");
  const moved = change(grid.rows.slice(header + 1)).map((row, index) => ({ ...row, number: header + 2 + index * 2 }));
  return { ...workbook, sheets: [{ ...grid, rows: [...grid.rows.slice(0, header + 1), ...moved] }, ...rest] };
}

describe("A18 row 80: a decision table through a spreadsheet", () => {
  it("comes back byte for byte from xlsx, whatever its cells hold", () => {
    fc.assert(fc.property(randomTable, (table) => {
      const back = importTables(readSheetFile(writeXlsx(exportTable(table)), "xlsx"), { into: table });
      expect(back.report).toEqual([]);
      expect(back.tables.map((one) => textOf(one.table))).toEqual([textOf(table)]);
    }), RUNS);
  });

  it("comes back byte for byte from xlsx when nobody says which table it is", () => {
    fc.assert(fc.property(randomTable, (table) => {
      const [back] = importTables(readSheetFile(writeXlsx(exportTable(table)))).tables;
      expect(back && textOf(back.table)).toBe(textOf(table));
      expect(back?.origin).toBe("own");
    }), { numRuns: 50 });
  });

  it("comes back byte for byte from CSV into the table it left, whose header CSV cannot carry", () => {
    fc.assert(fc.property(randomTable, (table) => {
      const back = importTables(readSheetFile(writeCsv(exportRows(table)), "csv"), { into: table });
      expect(back.report).toEqual([]);
      expect(back.tables.map((one) => textOf(one.table))).toEqual([textOf(table)]);
    }), RUNS);
  });

  it("keeps every row's identity when rows are sorted and hidden", () => {
    fc.assert(fc.property(randomTable, fc.infiniteStream(fc.nat({ max: 1_000_000 })), (table, order) => {
      const place = new Map<SheetRow, number>();
      const sorted = rearranged(exportTable(table), (rows) => {
        for (const row of rows) place.set(row, order.next().value as number);
        return [...rows].sort((left, right) => (place.get(left) ?? 0) - (place.get(right) ?? 0)).map((row, index) => ({ ...row, hidden: index % 3 === 0 }));
      });
      const back = importTables(readSheetFile(writeXlsx(sorted)), { into: table });
      expect(back.report).toEqual([]);
      const after = back.tables[0]?.table;
      const byId = (rows: DecisionTable["rows"] = []): unknown => Object.fromEntries(rows.map((row) => [row.id, row]));
      expect(byId(after?.rows)).toEqual(byId(table.rows));
      expect(after?.otherwise).toEqual(table.otherwise);
    }), { numRuns: 60 });
  });

  it("loses exactly the rows that were deleted, and names inserted ones anew, the same at every import", () => {
    fc.assert(fc.property(randomTable, fc.nat({ max: 11 }), (table, victim) => {
      const inserted: SheetRow = { number: 1, hidden: false, cells: [undefined, ...table.columns.map(() => ({ kind: "text", text: "null" }) as const)] };
      const changed = rearranged(exportTable(table), (rows) => [inserted, ...rows.filter((_, index) => index !== victim || index >= table.rows.length), inserted]);
      const bytes = writeXlsx(changed);
      const rows = importTables(readSheetFile(bytes), { into: table }).tables[0]?.table.rows ?? [];
      const kept = table.rows.filter((_, index) => index !== victim);
      const known = new Set(table.rows.map(({ id }) => id));
      expect(rows.filter(({ id }) => known.has(id))).toEqual(kept);
      const fresh = rows.filter(({ id }) => !known.has(id)).map(({ id }) => id);
      expect(new Set(fresh).size).toBe(2);
      expect(importTables(readSheetFile(bytes), { into: table }).tables[0]?.table.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    }), { numRuns: 60 });
  });

  it("gives the same bytes for the same table", () => {
    fc.assert(fc.property(randomTable, (table) => {
      expect(Buffer.from(writeXlsx(exportTable(table))).equals(Buffer.from(writeXlsx(exportTable(structuredClone(table)))))).toBe(true);
    }), { numRuns: 20 });
  });
});

describe("the shipped decision tables", () => {
  const shipped = loadDefinitions().filter(({ path }) => path.startsWith("decision-table/"));

  it.each(shipped.map(({ path, content }) => [path, content as DecisionTable] as const))("%s is a fixed point of xlsx and of CSV", (_path, table) => {
    for (const [format, bytes] of [["xlsx", writeXlsx(exportTable(table))], ["csv", writeCsv(exportRows(table))]] as const) {
      const back = importTables(readSheetFile(bytes, format), { into: table });
      expect(back.report).toEqual([]);
      expect(back.tables[0] && textOf(back.tables[0].table)).toBe(textOf(table));
    }
  });
});
