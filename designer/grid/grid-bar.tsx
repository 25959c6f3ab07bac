import { FileDown, FileUp, Plus, WrapText } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { TableColumn } from "../../engine/sheet/column-side.ts";
import type { DecisionTable, HitPolicy } from "../../engine/language/table-kinds.ts";
import { useCommands, type Command } from "../app/commands.ts";
import { CommandButton } from "../app/parts.tsx";
import { grid as words } from "../strings/grid.ts";
import { freeColumnName } from "./column-edits.ts";
import type { EditTable } from "./grid-view.tsx";
import { insertRows } from "./row-edits.ts";
import { exportTable, SheetImport } from "./sheet-exchange.tsx";

interface GridBarProps {
  readonly path: string;
  readonly table: DecisionTable;
  readonly edit: EditTable;
  readonly wrap: boolean;
  readonly setWrap: (wrap: boolean) => void;
  readonly addColumn: (column: TableColumn, label: string) => void;
}

/** What is true of the whole table and done with it: how matches count, Excel, more rows and columns. Each is a command too. */
export function GridBar({ path, table, edit, wrap, setWrap, addColumn }: GridBarProps) {
  const [importing, setImporting] = useState<File | null>(null);
  const chosen = useRef<HTMLInputElement>(null);
  const commands = useMemo(() => {
    const command = (id: string, title: string, run: () => void): Command => ({ id: `grid.${id}`, title, group: words.group, run });
    return {
      import: command("import", words.importExcel, () => chosen.current?.click()),
      export: command("export", words.exportExcel, () => void exportTable(table)),
      row: command("add-row", words.addRow, () => edit(insertRows(table, table.rows.length, 1), words.addRow, `/rows/${table.rows.length}`)),
      input: command("add-input", words.addInput, () => addColumn({ key: freeColumnName(table, "condition"), in: "item.characteristics.name", type: "string" }, words.addInput)),
      output: command("add-output", words.addOutput, () => addColumn({ out: freeColumnName(table, "answer"), type: "string" }, words.addOutput)),
      wrap: command("wrap", words.looks.wrap, () => setWrap(!wrap)),
    };
  }, [table, wrap]);
  useCommands(useMemo(() => Object.values(commands), [commands]));
  const consequence = words.policies[table.hitPolicy]?.[1] ?? "";
  return (
    <div className="bar grid-bar">
      <select className="input policy" aria-label={words.hitPolicy} value={table.hitPolicy} onChange={(event) => edit({ ...table, hitPolicy: event.currentTarget.value as HitPolicy }, words.changePolicy, "/hitPolicy")}>
        {(Object.keys(words.policies) as HitPolicy[]).map((name) => <option key={name} value={name}>{words.policies[name][0]}</option>)}
      </select>
      <span className="meta consequence" title={consequence}>{consequence}</span>
      <span className="push" />
      <input
        ref={chosen} type="file" hidden accept=".xlsx,.csv"
        onChange={(event) => {
          setImporting(event.currentTarget.files?.[0] ?? null);
          event.currentTarget.value = "";
        }}
      />
      <CommandButton command={commands.import} className="btn small"><FileUp aria-hidden="true" />{words.import}</CommandButton>
      <CommandButton command={commands.export} className="btn small"><FileDown aria-hidden="true" />{words.export}</CommandButton>
      <span className="divider" />
      <CommandButton command={commands.row} className="btn small"><Plus aria-hidden="true" />{words.row}</CommandButton>
      <CommandButton command={commands.input} className="btn small"><Plus aria-hidden="true" />{words.condition}</CommandButton>
      <CommandButton command={commands.output} className="btn small"><Plus aria-hidden="true" />{words.answer}</CommandButton>
      <span className="divider" />
      <button type="button" className="btn small icon quiet" aria-pressed={wrap} aria-label={words.looks.wrap} title={words.looks.wrap} onClick={() => setWrap(!wrap)}><WrapText aria-hidden="true" /></button>
      {importing === null ? null : <SheetImport path={path} file={importing} table={table} take={(next) => edit(next, words.imported(importing.name))} close={() => setImporting(null)} />}
    </div>
  );
}
