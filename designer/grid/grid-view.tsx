import { FileDown, FileUp, Plus } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { DecisionTable, HitPolicy } from "../../engine/language/table-kinds.ts";
import type { Json } from "../../engine/support/json.ts";
import { useCommands, type Command } from "../app/commands.ts";
import { CommandButton } from "../app/parts.tsx";
import type { ViewProps } from "../definition/definition-page.tsx";
import { DefinitionForm } from "../form/definition-form.tsx";
import { grid as words } from "../strings/grid.ts";
import { editFiles, useFile } from "../workspace/workspace.ts";
import { CellGrid } from "./cell-grid.tsx";
import { insertRows } from "./grid-model.ts";
import { exportTable, SheetImport } from "./sheet-exchange.tsx";
import { TestPanel } from "./test-panel.tsx";
import { AnalysisPanel } from "./analysis-panel.tsx";
import { useAnalysis } from "./use-analysis.ts";
import "./grid.css";

const PANELS = ["problems", "test", "columns"] as const;

/** A decision table as a grid that behaves like a spreadsheet and looks through itself. */
export function GridView({ path, at, select }: ViewProps) {
  const content = useFile(path)?.content as unknown as DecisionTable | undefined;
  return content === undefined || !Array.isArray(content.rows) || !Array.isArray(content.columns) ? null : <Grid path={path} table={content} at={at} select={select} />;
}

function Grid({ path, table, at, select }: Pick<ViewProps, "path" | "at" | "select"> & { readonly table: DecisionTable }) {
  const [panel, setPanel] = useState<(typeof PANELS)[number]>("problems");
  const [lit, setLit] = useState<ReadonlySet<string>>(NONE);
  const [importing, setImporting] = useState<File | null>(null);
  const chosen = useRef<HTMLInputElement>(null);
  const analysis = useAnalysis(table);
  const edit = (next: DecisionTable, label: string, pointer = ""): void => editFiles([{ path, content: next as unknown as Json }], { label, pointer });
  const addRow: Command = { id: "grid.add-row", title: words.addRow, group: words.group, run: () => edit(insertRows(table, table.rows.length, 1), words.addRow) };
  useCommands(useMemo(() => [addRow], [table]));
  const [policy, consequence] = words.policies[table.hitPolicy];
  const showColumn = /^\/columns\/\d+/.exec(at)?.[0];
  const addColumn = (column: DecisionTable["columns"][number], label: string): void => {
    edit({ ...table, columns: [...table.columns, column] }, label);
    select(`/columns/${table.columns.length}`);
    setPanel("columns");
  };
  return (
    <div className="grid-view">
      <section className="grid-main">
        <div className="bar">
          <select className="input policy" aria-label={words.hitPolicy} value={table.hitPolicy} onChange={(event) => edit({ ...table, hitPolicy: event.currentTarget.value as HitPolicy }, words.changePolicy, "/hitPolicy")}>
            {(Object.keys(words.policies) as HitPolicy[]).map((name) => (
              <option key={name} value={name}>
                {words.policies[name][0]}
              </option>
            ))}
          </select>
          <span className="meta trunc" title={`${policy}. ${consequence}`}>{consequence}</span>
          <span className="push" />
          <input
            ref={chosen} type="file" hidden accept=".xlsx,.csv"
            onChange={(event) => {
              setImporting(event.currentTarget.files?.[0] ?? null);
              event.currentTarget.value = "";
            }}
          />
          <button type="button" className="btn small" onClick={() => chosen.current?.click()}>
            <FileUp aria-hidden="true" />
            {words.importExcel}
          </button>
          <button type="button" className="btn small" onClick={() => void exportTable(table)}>
            <FileDown aria-hidden="true" />
            {words.exportExcel}
          </button>
          <span className="divider" />
          <CommandButton command={addRow} className="btn small"><Plus aria-hidden="true" />{words.row}</CommandButton>
          <button type="button" className="btn small" onClick={() => addColumn({ key: freeName(table, "condition"), in: "item.characteristics.name", type: "string" }, words.addInput)} title={words.addInput}>
            <Plus aria-hidden="true" />
            {words.inputs}
          </button>
          <button type="button" className="btn small" onClick={() => addColumn({ out: freeName(table, "answer"), type: "string" }, words.addOutput)} title={words.addOutput}>
            <Plus aria-hidden="true" />
            {words.outputs}
          </button>
        </div>
        <CellGrid table={table} edit={edit} lit={lit} analysis={analysis.result} at={at} selectCell={(row, column) => select(`/rows/${row}/${column}`)} openColumn={(column) => {
          select(`/columns/${column}`);
          setPanel("columns");
        }} />
      </section>
      <aside className="pane right grid-side">
        <div className="tabs" role="tablist">
          {PANELS.map((name) => (
            <button key={name} type="button" role="tab" aria-selected={name === panel} onClick={() => setPanel(name)}>
              {words.panels[name]}
            </button>
          ))}
        </div>
        <div className="side-body" role="tabpanel" aria-label={words.panels[panel]}>
          {panel === "problems" ? <AnalysisPanel table={table} analysis={analysis} edit={edit} show={(row) => select(`/rows/${row}`)} /> : null}
          {panel === "test" ? <TestPanel path={path} table={table} light={setLit} /> : null}
          {panel === "columns" ? <div className="pad"><DefinitionForm path={path} kind="decision-table" base={showColumn ?? "/columns"} at={at} /></div> : null}
        </div>
      </aside>
      {importing === null ? null : <SheetImport file={importing} table={table} take={(next) => edit(next, words.imported(importing.name))} close={() => setImporting(null)} />}
    </div>
  );
}

const NONE: ReadonlySet<string> = new Set();

function freeName({ columns }: DecisionTable, wanted: string): string {
  const taken = new Set(columns.map((column) => ("key" in column ? column.key : column.out)));
  let number = 1;
  let name = wanted;
  while (taken.has(name)) name = `${wanted}${(number += 1)}`;
  return name;
}

/** How an edit of the whole table is handed up. */
export type EditTable = (table: DecisionTable, label: string, pointer?: string) => void;
