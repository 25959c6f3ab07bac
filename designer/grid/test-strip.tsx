import { CircleCheck, CircleX, FlaskConical, Plus, Trash2 } from "lucide-react";
import { useEffect, useRef, useState, type RefObject } from "react";
import { columnName, isOutput, type TableColumn } from "../../engine/sheet/column-side.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { TableResult } from "../../engine/table/compile-table.ts";
import { IconButton } from "../form/icon-button.tsx";
import { grid as words } from "../strings/grid.ts";
import { columnTitle } from "./clipboard.ts";
import { firstOutput, NUMBER_WIDTH, type ColumnLayout } from "./column-layout.ts";
import { passes, readTestText, testFor, testText, type RowTest } from "./row-tests.ts";
import type { RowTests } from "./use-row-tests.ts";

interface TestStripProps {
  readonly table: DecisionTable;
  readonly layout: ColumnLayout;
  readonly tests: RowTests;
  readonly chosen: string | null;
  readonly choose: (id: string | null) => void;
  /** The row a new test is made for. */
  readonly activeRow: number;
  /** The cells above, whose horizontal place the tests share. */
  readonly pane: RefObject<HTMLElement | null>;
}

/** Inputs with the answers expected for them, on the columns of the table; tried after every edit. */
export function TestStrip({ table, layout, tests: { tests, results, failed, hits, keep }, chosen, choose, activeRow, pane }: TestStripProps) {
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const above = pane.current;
    const follow = (): void => {
      if (strip.current !== null && above !== null) strip.current.scrollLeft = above.scrollLeft;
    };
    above?.addEventListener("scroll", follow, { passive: true });
    return () => above?.removeEventListener("scroll", follow);
  }, [pane]);
  const add = (): void => {
    const test = testFor(table, table.rows[activeRow], tests);
    keep([...tests, test], words.testKept);
    choose(test.id);
  };
  const change = (id: string, next: RowTest): void => keep(tests.map((test) => (test.id === id ? next : test)), words.testChanged);
  const covered = hits === null ? 0 : table.rows.filter(({ id }) => (hits.get(id) ?? 0) > 0).length;
  return (
    <section className="test-strip" aria-label={words.tests}>
      <div className="strip-head">
        <b>{words.tests}</b>
        {tests.length === 0 ? null : <span className="badge f-done"><CircleCheck aria-hidden="true" />{words.testsPass(tests.length - failed)}</span>}
        {failed === 0 ? null : <span className="badge f-failed"><CircleX aria-hidden="true" />{words.testsFail(failed)}</span>}
        <span className="meta trunc" role="status">{tests.length === 0 ? words.noTests : words.covered(covered, table.rows.length)}</span>
        <button type="button" className="btn small push" onClick={add}>
          <Plus aria-hidden="true" />
          {words.test}
        </button>
      </div>
      {tests.length === 0 ? null : (
        <div ref={strip} className="strip-rows" tabIndex={-1}>
          {tests.map((test, index) => (
            <TestLine
              key={test.id} table={table} layout={layout} test={test} number={index + 1} result={results?.[index] ?? null} chosen={test.id === chosen} choose={() => choose(test.id)}
              change={(next) => change(test.id, next)} remove={() => {
                if (chosen === test.id) choose(null);
                keep(tests.filter(({ id }) => id !== test.id), words.testRemoved);
              }}
            />
          ))}
        </div>
      )}
    </section>
  );
}

interface TestLineProps {
  readonly table: DecisionTable;
  readonly layout: ColumnLayout;
  readonly test: RowTest;
  readonly number: number;
  readonly result: TableResult | null;
  readonly chosen: boolean;
  readonly choose: () => void;
  readonly change: (test: RowTest) => void;
  readonly remove: () => void;
}

function TestLine({ table, layout, test, number, result, chosen, choose, change, remove }: TestLineProps) {
  const good = result !== null && passes(test, result);
  const border = firstOutput(table);
  return (
    <div className={`strip-row${chosen ? " chosen" : ""}`} role="group" aria-label={words.testNumber(number)} onFocus={choose}>
      <button type="button" className={`strip-state ${result === null ? "" : good ? "f-done" : "f-failed"}`} style={{ width: NUMBER_WIDTH }} onClick={choose} aria-pressed={chosen} aria-label={result === null ? words.testNumber(number) : outcomeWords(table, test, result)}>
        {result === null ? <FlaskConical aria-hidden="true" /> : good ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" />}
      </button>
      {table.columns.map((column, position) => (layout.widths[position] ?? 0) === 0 ? null : (
        <TestCell
          key={columnName(column)} column={column} width={layout.widths[position] ?? 0} first={position === border} label={words.testCell(columnTitle(column), number)}
          text={testText(isOutput(column) ? test.expected[column.out] : test.input[column.key])}
          take={(text) => {
            const side = isOutput(column) ? "expected" : "input";
            const { [columnName(column)]: _, ...rest } = test[side];
            const value = readTestText(text, column);
            change({ ...test, [side]: value === undefined ? rest : { ...rest, [columnName(column)]: value } });
          }}
        />
      ))}
      <span className="strip-end">
        <span className={`strip-outcome ${result === null || good ? "muted" : "f-failed"}`}>{result === null ? "" : outcomeWords(table, test, result)}</span>
        <IconButton title={words.removeTest} off={false} run={remove} icon={<Trash2 aria-hidden="true" />} />
      </span>
    </div>
  );
}

interface TestCellProps {
  readonly column: TableColumn;
  readonly width: number;
  readonly first: boolean;
  readonly label: string;
  readonly text: string;
  readonly take: (text: string) => void;
}

/** One value of a test; taken over when the field is left or Enter is pressed. */
function TestCell({ column, width, first, label, text, take }: TestCellProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const end = (): void => {
    if (typed !== null && typed !== text) take(typed);
    setTyped(null);
  };
  return (
    <input
      className={`strip-cell${first ? " first-out" : ""}`} style={{ width }} aria-label={label} value={typed ?? text} placeholder={isOutput(column) ? words.notLooked : words.absent} spellCheck={false}
      onChange={(event) => setTyped(event.currentTarget.value)} onBlur={end} onKeyDown={(event) => {
        if (event.key === "Enter") end();
        else if (event.key === "Escape") setTyped(null);
      }}
    />
  );
}

/** What became of a test, in a sentence: "row 1 fired, as expected". */
export function outcomeWords(table: DecisionTable, test: RowTest, result: TableResult): string {
  const good = passes(test, result);
  const named = result.rows.map((id) => words.row1(table.rows.findIndex((row) => row.id === id) + 1)).join(", ");
  const fired = result.hit === "one" && result.otherwise ? words.otherwiseFired : result.rows.length === 0 ? words.noneFired : words.fired(named);
  if (result.hit === "conflict") return `${fired}: ${words.conflict}`;
  return good ? words.asExpected(fired) : words.notExpected(fired);
}
