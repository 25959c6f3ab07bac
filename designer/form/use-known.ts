import { useEffect, useState } from "react";
import { languageService } from "../worker/language.ts";
import type { KnownHere } from "../worker/expression-help.ts";
import { useProblems } from "../workspace/problems.ts";

/** What may be named at a place of a file; null until the worker has said it, and where nothing is read. Asked again after each check. */
export function useKnown(path: string, pointer: string): KnownHere | null {
  const [known, setKnown] = useState<KnownHere | null>(null);
  const diagnostics = useProblems(({ diagnostics }) => diagnostics);
  useEffect(() => {
    let wanted = true;
    void languageService().known(path, pointer).then((answer) => wanted && setKnown(answer));
    return () => {
      wanted = false;
    };
  }, [path, pointer, diagnostics]);
  return known;
}
