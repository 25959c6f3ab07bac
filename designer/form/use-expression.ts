import { useEffect, useState } from "react";
import type { Examination } from "../worker/examine.ts";
import type { KnownHere, TryOut } from "../worker/expression-help.ts";
import { languageService } from "../worker/language.ts";

/** An expression is looked at this long after the last key. */
const EXAMINE_MS = 120;

/** What the compiler says of an expression while it is written. */
export interface ExpressionState {
  readonly known: KnownHere | null;
  readonly examination: Examination | null;
  readonly result: TryOut | null;
}

const NOTHING: ExpressionState = { known: null, examination: null, result: null };

/** Looks at the text of a place while `active`: names that are known, what is wrong, and what it gives for a sample order. Answers that come late are dropped. */
export function useExpression(path: string, pointer: string, text: string, active: boolean, sample: string | null): ExpressionState {
  const [state, setState] = useState<ExpressionState>(NOTHING);
  useEffect(() => {
    if (!active) return undefined;
    let wanted = true;
    void languageService().known(path, pointer).then((known) => wanted && setState((before) => ({ ...before, known })));
    return () => {
      wanted = false;
    };
  }, [path, pointer, active]);
  useEffect(() => {
    if (!active || !text.startsWith("=")) {
      setState(({ known }) => ({ known, examination: null, result: null }));
      return undefined;
    }
    let wanted = true;
    const look = async (): Promise<void> => {
      const source = text.slice(1);
      const examination = await languageService().examine(path, pointer, source);
      if (wanted) setState((before) => ({ ...before, examination }));
      const result = examination.problems.length > 0 || source.includes("{") ? null : await languageService().tryOut(path, pointer, source, sample);
      if (wanted) setState((before) => ({ ...before, result }));
    };
    const timer = setTimeout(() => void look(), EXAMINE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [path, pointer, text, active, sample]);
  return state;
}
