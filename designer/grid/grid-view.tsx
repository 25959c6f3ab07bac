import { useMemo, useRef, useState } from "react";
import { columnName } from "../../engine/sheet/column-side.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { Json } from "../../engine/support/json.ts";
import type { ViewProps } from "../definition/definition-page.tsx";
import { DefinitionForm } from "../form/definition-form.tsx";
import { grid as words } from "../strings/grid.ts";
import { useProblems } from "../workspace/problems.ts";
import { editFiles, useFile } from "../workspace/workspace.ts";
import { AnalysisPanel } from "./analysis-panel.tsx";
import { CellGrid } from "./cell-grid.tsx";
import { marksOf } from "./cell-marks.ts";
import { addColumn } from "./column-edits.ts";
import { cellOf, fittingWidths, layOut } from "./column-layout.ts";
import { withRowFor } from "./gap-row.ts";
import { GridBar } from "./grid-bar.tsx";
import { useGridLook } from "./grid-look.ts";
import { TestStrip } from "./test-strip.tsx";
import { TracePanel } from "./trace-panel.tsx";
import { useAnalysis } from "./use-analysis.ts";
import { useRowTests, useTrace } from "./use-row-tests.ts";
import "./grid.css";

const PANELS = ["problems", "trace", "columns"] as const;

/** A decision table as a grid that behaves like a spreadsheet and looks through itself. */
export function GridView({ path, at, select }: ViewProps) {
  const content = useFile(path)?.content as unknown as DecisionTable | undefined;
  return content === undefined || !Array.isArray(content.rows) || !Array.isArray(content.columns) ? null : <Grid key={path} path={path} table={content} at={at} select={select} />;
}

function Grid({ path, table, at, select }: Pick<ViewProps, "path" | "at" | "select"> & { readonly table: DecisionTable }) {
  const [panel, setPanel] = useState<(typeof PANELS)[number]>("problems");
  const [chosen, setChosen] = useState<string | null>(null);
  const [look, setLook] = useGridLook(path);
  const pane = useRef<HTMLDivElement>(null);
  const fitting = useMemo(() => fittingWidths(table), [table.columns, table.key]);
  const layout = useMemo(() => layOut(table.columns, fitting, look), [table.columns, fitting, look]);
  const analysis = useAnalysis(path, table);
  const diagnostics = useProblems(({ diagnostics }) => diagnostics);
  const marks = useMemo(() => marksOf(table, analysis.result, diagnostics.filter(({ file }) => file === path)), [analysis.result, diagnostics, path]);
  const tests = useRowTests(path, table);
  const index = tests.tests.findIndex(({ id }) => id === chosen);
  const [test, result] = [tests.tests[index] ?? null, tests.results?.[index] ?? null];
  const trace = useTrace(path, table, test);
  const lit = useMemo(() => {
    const matching = (trace?.matching ?? []).flatMap((position) => table.rows[position]?.id ?? []);
    return new Map<string, "fires" | "matches">([...matching.map((id) => [id, "matches"] as const), ...(result?.rows ?? []).map((id) => [id, "fires"] as const)]);
  }, [trace, result, table.rows]);
  const edit = (next: DecisionTable, label: string, pointer = ""): void => {
    if (next !== table) editFiles([{ path, content: next as unknown as Json }], { label, pointer });
  };
  const showColumn = (column: number): void => {
    select(`/columns/${column}`);
    setPanel("columns");
  };
  const addGapRow = (gap: number): void => {
    const [input, after] = [analysis.result?.gaps[gap], analysis.result?.gapsAfter[gap]];
    if (input !== undefined && after !== undefined) edit(withRowFor(table, input, after + 1), words.addGapRow, `/rows/${after + 1}`);
  };
  const openPart = /^(?:\/columns\/\d+|\/otherwise)/.exec(at)?.[0];
  return (
    <div className="grid-view">
      <section className="grid-main">
        <GridBar path={path} table={table} edit={edit} wrap={look.wrap} setWrap={(wrap) => setLook({ wrap })} addColumn={(column, label) => {
          const next = addColumn(table, column);
          edit(next, label);
          showColumn(next.columns.indexOf(column));
        }} />
        <CellGrid
          table={table} edit={edit} pane={pane} layout={layout} look={look} setLook={setLook} lit={lit} hits={tests.hits} findings={analysis.result} marks={marks} addGapRow={addGapRow} at={at} openColumn={showColumn}
          select={(pointer) => {
            select(pointer);
            if (pointer === "/otherwise") setPanel("columns");
          }}
        />
        <TestStrip table={table} layout={layout} tests={tests} chosen={chosen} pane={pane} activeRow={cellOf(table, at)?.row ?? 0} choose={(id) => {
          setChosen(id);
          if (id !== null && panel === "problems") setPanel("trace");
        }} />
      </section>
      <aside className="pane right grid-side">
        <div className="tabs" role="tablist">
          {PANELS.map((name) => (
            <button key={name} type="button" role="tab" aria-selected={name === panel} onClick={() => setPanel(name)}>
              {words.panels[name]}
              {name === "problems" && marks.size + (analysis.result?.gaps.length ?? 0) > 0 ? <span className="count">{marks.size + (analysis.result?.gaps.length ?? 0)}</span> : null}
            </button>
          ))}
        </div>
        <div className="side-body" role="tabpanel" aria-label={words.panels[panel]}>
          {panel === "problems" ? <AnalysisPanel table={table} analysis={analysis} addGapRow={addGapRow} show={(row) => select(`/rows/${row}`)} /> : null}
          {panel === "trace" ? <TracePanel table={table} test={test} result={result} trace={trace} show={(row) => select(`/rows/${row}/${columnName(table.columns[0] ?? { key: "", in: "", type: "string" })}`)} /> : null}
          {panel === "columns" ? <div className="pad"><DefinitionForm path={path} kind="decision-table" base={openPart ?? "/columns"} at={at} /></div> : null}
        </div>
      </aside>
    </div>
  );
}

/** How an edit of the whole table is handed up. */
export type EditTable = (table: DecisionTable, label: string, pointer?: string) => void;
