import { useCallback, useEffect, useMemo, useState } from "react";
import type { PlanTemplate } from "../../engine/language/kinds.ts";
import { jsonPointer } from "../../engine/support/json-pointer.ts";
import type { Picks } from "./pick-tasks.ts";
import type { PlanView } from "./plan-view.ts";
import { selectedIn } from "./selection.ts";
import type { Plan } from "./use-plan.ts";

/** Selects tasks, the last one as the place that is shown; of `template` where they are only now made. */
export type PickTasks = (keys: Picks, template?: PlanTemplate) => void;

/** A selection that was asked for. The address follows a moment later, and until then the places on its way hold it too. */
export interface Asked {
  readonly via: readonly string[];
  readonly at: string;
  readonly keys: Picks;
}

/** The selected tasks: those that were asked for, as long as the place is still the last of them, else the one at the place. */
export function picksIn(view: PlanView, at: string, asked: Asked | null): Picks {
  const pointerOf = (key: string): string | undefined => view.tasks.find((task) => task.key === key)?.pointer;
  const last = asked?.keys.at(-1);
  const holds = asked !== null && (at === asked.at || asked.via.includes(at)) && asked.at === (last === undefined ? "" : pointerOf(last));
  if (holds) return asked.keys.filter((key) => pointerOf(key) !== undefined);
  const selected = selectedIn(view, at);
  return selected?.kind === "task" ? [selected.key] : [];
}

/**
 * The selected tasks. One is the place in the address, as everywhere; the others are of this view alone, until another
 * place is selected.
 */
export function usePicks({ template, view }: Plan, at: string, select: (pointer: string) => void): { readonly picks: Picks; readonly pick: PickTasks } {
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => {
    if (asked === null) return;
    if (at === asked.at && asked.via.length > 0) setAsked({ ...asked, via: [] });
    else if (at !== asked.at && !asked.via.includes(at)) setAsked(null);
  }, [asked, at]);
  const picks = useMemo(() => picksIn(view, at, asked), [view, at, asked]);
  const pick = useCallback<PickTasks>(
    (keys, { tasks } = template) => {
      const position = tasks.findIndex(({ key }) => key === keys.at(-1));
      const pointer = position < 0 ? "" : jsonPointer("tasks", position);
      setAsked((before) => ({ via: before === null || before.via.length === 0 ? [at] : [...before.via, before.at], at: pointer, keys }));
      select(pointer);
    },
    [template, at, select],
  );
  return { picks, pick };
}
