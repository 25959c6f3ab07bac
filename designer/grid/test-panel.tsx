import { CircleCheck, CircleX, FlaskConical, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import type { DecisionTable, InputColumn } from "../../engine/language/table-kinds.ts";
import type { TableResult } from "../../engine/table/compile-table.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";
import { IconButton } from "../form/icon-button.tsx";
import { readValue, textOf } from "../form/value-text.ts";
import { grid as words } from "../strings/grid.ts";
import { languageService } from "../worker/language.ts";
import { editFiles, useFile } from "../workspace/workspace.ts";
import { rowWords } from "./analysis-panel.tsx";
import { columnTitle } from "./clipboard.ts";

interface RowTest {
  readonly input: { readonly [column: string]: Json };
  readonly rows: readonly string[];
}

interface TestPanelProps {
  readonly path: string;
  readonly table: DecisionTable;
  /** Lights the rows that fire. */
  readonly light: (rows: ReadonlySet<string>) => void;
}

/** A case against the table as it is now: which rows fire, and the answer. Cases that are kept are tried again after every edit. */
export function TestPanel({ path, table, light }: TestPanelProps) {
  const inputs = table.columns.filter((column): column is InputColumn => "key" in column);
  const [texts, setTexts] = useState<{ readonly [column: string]: string }>({});
  const input = Object.fromEntries(inputs.flatMap(({ key, type }) => (texts[key] === undefined || texts[key] === "" ? [] : [[key, type === "string" || type === "date" || type === "duration" ? texts[key] : readValue(texts[key])]])));
  const tests = useTests(path);
  const results = useResults(table, [input, ...tests.map((test) => test.input)]);
  const now = results?.[0] ?? null;
  useEffect(() => {
    light(new Set(now?.rows ?? []));
    return () => light(new Set());
  }, [now]);
  const failed = tests.filter((test, index) => !same(test.rows, results?.[index + 1]?.rows ?? null)).length;
  return (
    <div className="findings">
      <section className="pad try">
        <h3 className="list-head">{words.try}</h3>
        {inputs.map((column) => (
          <label key={column.key} className="try-line">
            <span className="trunc" title={column.in}>{columnTitle(column)}</span>
            <input className="input mono" list={column.values === undefined ? undefined : `values-${column.key}`} value={texts[column.key] ?? ""} placeholder={column.type} onChange={(event) => setTexts({ ...texts, [column.key]: event.currentTarget.value })} />
            {column.values === undefined ? null : <datalist id={`values-${column.key}`}>{column.values.map((value) => <option key={textOf(value)} value={textOf(value)} />)}</datalist>}
          </label>
        ))}
        {now === null ? null : <Outcome table={table} result={now} />}
        <button type="button" className="btn small" disabled={now === null} onClick={() => keep(path, [...tests, { input, rows: now?.rows ?? [] }], words.testKept)}>
          <FlaskConical aria-hidden="true" />
          {words.keepTest}
        </button>
      </section>
      {tests.length === 0 ? null : (
        <section className="pad">
          <h3 className="list-head">
            {words.tests} <span className={`badge f-${failed > 0 ? "failed" : "done"}`}>{failed > 0 ? `${failed} ${words.testsFail(failed)}` : `${tests.length} ${words.testsPass(tests.length)}`}</span>
          </h3>
          <ul className="reasons">
            {tests.map((test, index) => {
              const rows = results?.[index + 1]?.rows ?? null;
              const good = same(test.rows, rows);
              return (
                <li key={index} className={`row-test ${good ? "f-done" : "f-failed"}`}>
                  {good ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" />}
                  <span>
                    {Object.values(test.input).map(textOf).join(", ")}
                    <br />
                    <span className="meta">{rows === null ? "" : `${words.fired(named(table, rows))}${good ? "" : `, ${words.expected(named(table, test.rows))}`}`}</span>
                  </span>
                  <IconButton title={words.removeTest} off={false} run={() => keep(path, tests.filter((_, position) => position !== index), words.testRemoved)} icon={<Trash2 aria-hidden="true" />} />
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </div>
  );
}

function Outcome({ table, result }: { readonly table: DecisionTable; readonly result: TableResult }) {
  const answers = result.hit === "one" ? [result.outputs] : result.hit === "list" ? result.list : [];
  const sentence = result.hit === "conflict" ? `${words.conflict}: ${named(table, result.rows)}` : result.rows.length > 0 ? words.fired(named(table, result.rows)) : result.hit === "one" ? words.otherwiseFired : words.noneFired;
  return (
    <div className={`outcome f-${result.hit === "conflict" || result.hit === "none" ? "failed" : "done"}`} role="status">
      <b>{sentence}</b>
      {answers.map((outputs, index) => (
        <dl key={index} className="case">
          {Object.entries(outputs).flatMap(([name, value]) => [<dt key={`${name} name`}>{name}</dt>, <dd key={name} className="mono">{value === null ? "–" : textOf(value)}</dd>])}
        </dl>
      ))}
    </div>
  );
}

function named(table: DecisionTable, rows: readonly string[]): string {
  return rows.length === 0 ? words.nobody : rows.map((id) => rowWords(table, id)).join(", ");
}

function same(a: readonly string[], b: readonly string[] | null): boolean {
  return b !== null && a.length === b.length && a.every((id, index) => id === b[index]);
}

function useResults(table: DecisionTable, inputs: readonly RowTest["input"][]): readonly TableResult[] | null {
  const [results, setResults] = useState<readonly TableResult[] | null>(null);
  const wanted = JSON.stringify(inputs);
  useEffect(() => {
    let over = false;
    void languageService().decide(table, JSON.parse(wanted) as RowTest["input"][]).then((answered) => over || setResults(answered));
    return () => {
      over = true;
    };
  }, [table, wanted]);
  return results;
}

/** Row tests stand beside the table, in the file that is no part of what it decides. */
function testFile(path: string): string {
  return path.replace(/\.json$/, ".layout.json");
}

function useTests(path: string): readonly RowTest[] {
  const content = useFile(testFile(path))?.content;
  const tests = isJsonObject(content) ? content["tests"] : undefined;
  return Array.isArray(tests) ? tests : [];
}

function keep(path: string, tests: readonly RowTest[], label: string): void {
  editFiles([{ path: testFile(path), content: tests.length === 0 ? null : ({ tests } as unknown as Json) }], { label });
}
