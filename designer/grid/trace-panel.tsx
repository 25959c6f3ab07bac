import { Check, CircleCheck, CircleX, X } from "lucide-react";
import { isOutput } from "../../engine/sheet/column-side.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { TableResult } from "../../engine/table/compile-table.ts";
import { grid as words } from "../strings/grid.ts";
import type { CaseTrace } from "../worker/table-book.ts";
import { columnTitle } from "./clipboard.ts";
import { cellText } from "./grid-model.ts";
import { passes, testText, type RowTest } from "./row-tests.ts";
import { outcomeWords } from "./test-strip.tsx";

interface TracePanelProps {
  readonly table: DecisionTable;
  readonly test: RowTest | null;
  readonly result: TableResult | null;
  readonly trace: CaseTrace | null;
  readonly show: (row: number) => void;
}

/** Why rows answered the chosen test, and what the nearest others lacked. */
export function TracePanel({ table, test, result, trace, show }: TracePanelProps) {
  if (test === null || result === null || trace === null) return <p className="muted pad">{words.traceHint}</p>;
  const fired = new Set(result.rows);
  const [answering, behind] = [trace.matching.filter((position) => fired.has(table.rows[position]?.id ?? "")), trace.matching.filter((position) => !fired.has(table.rows[position]?.id ?? ""))];
  const good = passes(test, result);
  return (
    <div className="findings">
      <section className={`finding f-${good ? "done" : "failed"}`}>
        <h3>{good ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" />}{outcomeWords(table, test, result)}</h3>
        <Answers result={result} expected={test.expected} />
      </section>
      {answering.slice(0, 3).map((position) => <RowTrace key={position} table={table} test={test} position={position} misses={[]} title={words.whyFired(position + 1)} show={show} />)}
      {behind.slice(0, 3).map((position) => <RowTrace key={position} table={table} test={test} position={position} misses={[]} title={words.behind(position + 1)} show={show} />)}
      {trace.nearest.map(({ position, misses }) => <RowTrace key={position} table={table} test={test} position={position} misses={misses} title={words.whyMissed(position + 1)} show={show} />)}
    </div>
  );
}

function Answers({ result, expected }: { readonly result: TableResult; readonly expected: RowTest["expected"] }) {
  const answers = result.hit === "one" ? [result.outputs] : result.hit === "list" ? result.list : [];
  return answers.slice(0, 5).map((outputs, index) => (
    <dl key={index} className="case">
      {Object.entries(outputs).flatMap(([name, value]) => [
        <dt key={`${name} name`}>{name}</dt>,
        <dd key={name} className="mono">{value === null ? words.nothing : testText(value)}{expected[name] !== undefined && testText(expected[name]) !== testText(value) ? <span className="muted"> {words.expected(testText(expected[name]))}</span> : null}</dd>,
      ])}
    </dl>
  ));
}

interface RowTraceProps {
  readonly table: DecisionTable;
  readonly test: RowTest;
  readonly position: number;
  readonly misses: readonly string[];
  readonly title: string;
  readonly show: (row: number) => void;
}

/** A row, condition by condition: what it asks, what the test holds. */
function RowTrace({ table, test, position, misses, title, show }: RowTraceProps) {
  const row = table.rows[position];
  if (row === undefined) return null;
  return (
    <section className="finding f-neutral">
      <h3><button type="button" onClick={() => show(position)}>{title}</button></h3>
      <ul className="trace">
        {table.columns.flatMap((column) => {
          if (isOutput(column)) return [];
          const missed = misses.includes(column.key);
          const asked = cellText(row, column);
          return [
            <li key={column.key} className={missed ? "f-failed" : "f-done"}>
              {missed ? <X aria-label={words.misses} /> : <Check aria-label={words.matches} />}
              <span className="muted trunc">{columnTitle(column)}</span>
              <span>{asked === "" ? words.any : words.isIn(testText(test.input[column.key]) || words.absent, asked, missed)}</span>
            </li>,
          ];
        })}
      </ul>
    </section>
  );
}
