import { CircleCheck, Plus, SplitSquareVertical, Layers2, CircleSlash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { TableInput } from "../../engine/table/analyze-table.ts";
import { textOf } from "../form/value-text.ts";
import { grid as words } from "../strings/grid.ts";
import { columnTitle } from "./clipboard.ts";
import type { Analysis } from "./use-analysis.ts";

interface AnalysisPanelProps {
  readonly table: DecisionTable;
  readonly analysis: Analysis;
  readonly addGapRow: (gap: number) => void;
  readonly show: (row: number) => void;
}

/** What can be said of the table without an order: each finding with a case that shows it, and what to do. */
export function AnalysisPanel({ table, analysis: { result, fresh }, addGapRow, show }: AnalysisPanelProps) {
  if (result === null) return <p className="muted pad">{words.analyzing}</p>;
  const { gaps, gapsAfter, overlaps, overlapsAreWrong, shadowed, dead, unusedOutputs, leftOut, complete } = result;
  const wrong = overlapsAreWrong ? overlaps : [];
  const none = gaps.length + wrong.length + shadowed.length + dead.length === 0;
  return (
    <div className={fresh ? "findings" : "findings stale"}>
      {none ? (
        <p className="verdict f-done pad">
          <CircleCheck aria-hidden="true" />
          <span>{words.noFindings}</span>
        </p>
      ) : null}
      {gaps.slice(0, 8).map((gap, index) => (
        <Finding key={index} icon={<SplitSquareVertical aria-hidden="true" />} family="failed" title={gapsAfter[index] === undefined || gapsAfter[index] < 0 ? words.gap : words.gapAfter(gapsAfter[index] + 1)}>
          <p className="text-2">{words.gapText}</p>
          <Case table={table} input={gap} />
          <button type="button" className="btn small" onClick={() => addGapRow(index)}>
            <Plus aria-hidden="true" />
            {words.addGapRow}
          </button>
        </Finding>
      ))}
      {wrong.slice(0, 8).map(({ rows: [a, b], input }) => (
        <Finding key={`${a.id} ${b.id}`} icon={<Layers2 aria-hidden="true" />} family="attention" title={words.overlap(a.position + 1, b.position + 1)} open={() => show(a.position)}>
          <p className="list-head">{words.overlapExample}</p>
          <Case table={table} input={input} />
        </Finding>
      ))}
      {shadowed.slice(0, 20).map(({ id, position, by }) => (
        <Finding key={id} icon={<CircleSlash2 aria-hidden="true" />} family="attention" title={words.shadowed(position + 1)} open={() => show(position)}>
          {by.length === 0 ? null : <p className="text-2">{words.shadowedBy(by.map((row) => words.row1(row.position + 1)).join(", "))}</p>}
        </Finding>
      ))}
      {dead.slice(0, 20).map(({ id, position, column }) => (
        <Finding key={id} icon={<CircleSlash2 aria-hidden="true" />} family="failed" title={words.dead(position + 1, column)} open={() => show(position)} />
      ))}
      <div className="pad">
        {unusedOutputs.map(({ output, value }) => (
          <p key={`${output}${textOf(value)}`} className="meta">{words.unusedOutput(output, textOf(value))}</p>
        ))}
        {leftOut.map(({ column, reason }) => (
          <p key={column} className="meta" title={reason}>{words.leftOut(column)}</p>
        ))}
        {complete ? null : <p className="meta">{words.incomplete}</p>}
      </div>
    </div>
  );
}

interface FindingProps {
  readonly icon: ReactNode;
  readonly family: "failed" | "attention";
  readonly title: string;
  readonly open?: () => void;
  readonly children?: ReactNode;
}

function Finding({ icon, family, title, open, children }: FindingProps) {
  return (
    <section className={`finding f-${family}`}>
      <h3>
        {icon}
        {open === undefined ? title : <button type="button" onClick={open}>{title}</button>}
      </h3>
      {children}
    </section>
  );
}

/** An input, column by column, in the words of the table. */
function Case({ table, input }: { readonly table: DecisionTable; readonly input: TableInput }) {
  return (
    <dl className="case">
      {table.columns.flatMap((column) => {
        if (!("key" in column)) return [];
        const value = input[column.key];
        return [<dt key={`${column.key} name`}>{columnTitle(column)}</dt>, <dd key={column.key} className="mono">{value === undefined || value === null ? "–" : textOf(value)}</dd>];
      })}
    </dl>
  );
}
