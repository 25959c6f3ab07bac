import { useEffect, useState } from "react";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { TableAnalysis } from "../../engine/table/analyze-table.ts";
import { languageService } from "../worker/language.ts";

/** What is known of a table; `result` is of an older state while `fresh` is false. */
export interface Analysis {
  readonly result: TableAnalysis | null;
  readonly fresh: boolean;
}

/** An edit is looked at after this long without another one. */
const IDLE_MS = 200;

/** Looks through a table in the worker, again after every edit. */
export function useAnalysis(table: DecisionTable): Analysis {
  const [found, setFound] = useState<{ readonly table: DecisionTable | null; readonly result: TableAnalysis | null }>({ table: null, result: null });
  useEffect(() => {
    let over = false;
    const timer = setTimeout(() => {
      void languageService().analyze(table).then((result) => over || setFound({ table, result }));
    }, IDLE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [table]);
  return { result: found.result, fresh: found.table === table };
}
