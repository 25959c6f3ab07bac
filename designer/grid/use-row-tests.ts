import { useEffect, useMemo, useState } from "react";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { TableResult } from "../../engine/table/compile-table.ts";
import { tableService } from "../worker/language.ts";
import type { CaseTrace } from "../worker/table-book.ts";
import { currentFiles, editFiles, useFile } from "../workspace/workspace.ts";
import { hitsOf, passes, testsIn, testsPath, withTests, type RowTest } from "./row-tests.ts";

/** An edit is tried this long after the last key. */
const IDLE_MS = 50;

export interface RowTests {
  readonly tests: readonly RowTest[];
  /** By place in `tests`; null until the table has been asked. */
  readonly results: readonly TableResult[] | null;
  readonly failed: number;
  /** Tests each row answers; null while there are none. */
  readonly hits: ReadonlyMap<string, number> | null;
  readonly keep: (tests: readonly RowTest[], label: string) => void;
}

/** The row tests of a table, tried again after every edit. */
export function useRowTests(path: string, table: DecisionTable): RowTests {
  const content = useFile(testsPath(path))?.content;
  const tests = useMemo(() => testsIn(content), [content]);
  const [results, setResults] = useState<readonly TableResult[] | null>(null);
  useEffect(() => {
    let over = false;
    const timer = setTimeout(() => {
      if (tests.length === 0) setResults([]);
      else void tableService(currentFiles()).decide(path, tests.map(({ input }) => input)).then((answers) => over || setResults(answers));
    }, IDLE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [path, table, tests]);
  const known = results?.length === tests.length ? results : null;
  return {
    tests, results: known,
    failed: known === null ? 0 : tests.filter((test, index) => known[index] !== undefined && !passes(test, known[index])).length,
    hits: useMemo(() => (known === null || known.length === 0 ? null : hitsOf(known)), [known]),
    keep: (next, label) => editFiles([{ path: testsPath(path), content: withTests(content, next) }], { label }),
  };
}

/** Which rows match the input of a test, and which nearly do; null while nothing is chosen. */
export function useTrace(path: string, table: DecisionTable, test: RowTest | null): CaseTrace | null {
  const [trace, setTrace] = useState<CaseTrace | null>(null);
  useEffect(() => {
    let over = false;
    if (test === null) setTrace(null);
    else void tableService(currentFiles()).trace(path, test.input).then((found) => over || setTrace(found));
    return () => {
      over = true;
    };
  }, [path, table, test]);
  return trace;
}
