import { useMemo, useRef } from "react";
import { useCommands, type Command } from "../app/commands.ts";
import { plan as words } from "../strings/plan.ts";
import { placeOf } from "./add-task.ts";
import { clipOf, pasteTasks } from "./clip.ts";
import type { Picks } from "./pick-tasks.ts";
import type { PlanActions } from "./plan-canvas.tsx";
import type { Asking } from "./plan-pickers.tsx";
import { selectedIn } from "./selection.ts";
import { editTemplate, moveTasks, type Plan } from "./use-plan.ts";
import type { TaskClipboard } from "./use-task-clipboard.ts";

type Name = "add" | "connect" | "tidy" | "find" | "remove" | "duplicate" | "selectAll" | "copy" | "cut" | "paste";

export type PlanCommands = { readonly [name in Name]: Command };

interface PlanCommandsProps {
  readonly plan: Plan;
  readonly at: string;
  readonly picks: Picks;
  readonly actions: PlanActions;
  readonly clipboard: TaskClipboard;
  readonly ask: (asking: Asking) => void;
  readonly find: () => void;
}

/** Everything that can be done with a plan and what is selected in it, by button, key and palette. */
export function usePlanCommands({ plan, at, picks, actions, clipboard, ask, find }: PlanCommandsProps): PlanCommands {
  const latestFind = useRef(find);
  latestFind.current = find;
  const commands = useMemo((): PlanCommands => {
    const { template, view, moved } = plan;
    const { group } = words;
    const selected = selectedIn(view, at);
    const edge = selected?.kind === "edge" ? (view.edges.find(({ pointer }) => pointer === selected.pointer) ?? null) : null;
    const main = picks.at(-1) ?? null;
    const several = picks.length > 1;
    const withoutTask = picks.length === 0 ? words.pickFirst : undefined;
    // Without a secure connection the browser gives the clipboard to its own keys alone.
    const withoutClipboard = navigator.clipboard === undefined ? words.keysOnly : undefined;
    const duplicate = (): void => {
      const copies = pasteTasks(template, clipOf(template, new Set(picks)));
      const title = view.tasks.find(({ key }) => key === main)?.title ?? "";
      editTemplate(copies.template, { label: several ? words.duplicatedTasks(picks.length) : words.duplicated(title), pointer: at });
      actions.pick(copies.keys, copies.template);
    };
    const tidy = (): void => {
      const kept = new Map([...moved].filter(([key]) => several && !picks.includes(key)));
      if (kept.size < moved.size) moveTasks(template.key, kept, words.tidied);
    };
    const toClipboard = (text: string | null): void => {
      if (text !== null) void navigator.clipboard.writeText(text);
    };
    return {
      add: { id: "plan.add", title: words.add, group, keys: "N", run: () => ask({ kind: "add", place: placeOf(view, at, picks) }) },
      tidy: { id: "plan.tidy", title: words.tidy, group, run: tidy },
      connect: { id: "plan.connect", title: words.connect, group, keys: "C", disabled: main === null ? words.removeNothing : undefined, run: () => main !== null && ask({ kind: "waiter", from: main }) },
      find: { id: "plan.find", title: words.find, group, keys: "Mod+F", whileTyping: true, run: () => latestFind.current() },
      remove: { id: "plan.remove", title: edge !== null ? words.removeEdge : several ? words.removeTasks(picks.length) : words.removeTask, group, keys: "Delete", disabled: selected === null ? words.removeNothing : undefined, run: actions.remove },
      duplicate: { id: "plan.duplicate", title: several ? words.duplicatedTasks(picks.length) : words.duplicate, group, keys: "Mod+D", disabled: withoutTask, run: duplicate },
      selectAll: { id: "plan.select-all", title: words.selectAll, group, keys: "Mod+A", run: () => actions.pick(view.tasks.map(({ key }) => key)) },
      copy: { id: "plan.copy", title: words.copyTasks(picks.length), group, keys: "Mod+C", keysOfBrowser: true, disabled: withoutTask ?? withoutClipboard, run: () => toClipboard(clipboard.copy()) },
      cut: { id: "plan.cut", title: words.cutTasks(picks.length), group, keys: "Mod+X", keysOfBrowser: true, disabled: withoutTask ?? withoutClipboard, run: () => toClipboard(clipboard.cut()) },
      paste: { id: "plan.paste", title: words.paste, group, keys: "Mod+V", keysOfBrowser: true, disabled: withoutClipboard, run: () => void navigator.clipboard.readText().then(clipboard.paste) },
    };
  }, [plan, at, picks, actions, clipboard, ask]);
  useCommands(useMemo(() => Object.values(commands), [commands]));
  return commands;
}
