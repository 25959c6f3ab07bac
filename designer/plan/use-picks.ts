import { useCallback, useEffect, useMemo, useState } from "react";
import type { PlanTemplate } from "../../engine/language/kinds.ts";
import { jsonPointer } from "../../engine/support/json-pointer.ts";
import type { Picks } from "./pick-tasks.ts";
import { selectedIn } from "./selection.ts";
import type { Plan } from "./use-plan.ts";

/** Selects tasks, the last one as the place that is shown; of `template` where they are only now made. */
export type PickTasks = (keys: Picks, template?: PlanTemplate) => void;

/** A selection that was asked for at a place; the address follows a moment later, and until then the place before holds it too. */
interface Asked {
  readonly from: string | null;
  readonly at: string;
  readonly keys: Picks;
}

/**
 * The selected tasks. One is the place in the address, as everywhere; the others are of this view alone, until another
 * place is selected.
 */
export function usePicks({ template, view }: Plan, at: string, select: (pointer: string) => void): { readonly picks: Picks; readonly pick: PickTasks } {
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => {
    if (asked !== null && asked.from !== null && at !== asked.from) setAsked({ ...asked, from: null });
  }, [asked, at]);
  const picks = useMemo(() => {
    const holds = asked !== null && (asked.at === at || asked.from === at);
    if (holds) return asked.keys.filter((key) => view.tasks.some((task) => task.key === key));
    const selected = selectedIn(view, at);
    return selected?.kind === "task" ? [selected.key] : [];
  }, [asked, at, view]);
  const pick = useCallback<PickTasks>(
    (keys, { tasks } = template) => {
      const position = tasks.findIndex(({ key }) => key === keys.at(-1));
      const pointer = position < 0 ? "" : jsonPointer("tasks", position);
      setAsked({ from: at, at: pointer, keys });
      select(pointer);
    },
    [template, at, select],
  );
  return { picks, pick };
}
