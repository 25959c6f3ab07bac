import { ChevronDown, ChevronUp, Plus, Search, WandSparkles, Waypoints, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { jsonPointer } from "../../engine/support/json-pointer.ts";
import { useCommands, type Command } from "../app/commands.ts";
import { CommandButton } from "../app/parts.tsx";
import type { ViewProps } from "../definition/definition-page.tsx";
import { Inspector } from "../form/inspector.tsx";
import { plan as words } from "../strings/plan.ts";
import { useProblems } from "../workspace/problems.ts";
import type { PlanOverlay } from "./flow-graph.ts";
import { Legend } from "./legend.tsx";
import { Outline } from "./outline.tsx";
import { PlanCanvas, type PlanActions } from "./plan-canvas.tsx";
import { cannotWait, disconnect, duplicateTasks, removeTasks } from "./plan-edits.ts";
import { layOut, type Arrangement } from "./plan-layout.ts";
import { AddTask, ChooseDependency, ChooseWaiter, type Asking } from "./plan-pickers.tsx";
import type { EdgeLook } from "./plan-view.ts";
import { edgeAt, selectedIn } from "./selection.ts";
import { stagesOf } from "./stages.ts";
import { editTemplate, moveTasks, usePlan, type Plan } from "./use-plan.ts";

/** A plan template as a picture that is edited: outline, canvas, and the form of what is selected. */
export function PlanEditor(props: ViewProps) {
  const plan = usePlan(props.definitionKey);
  return plan === null ? null : <Editor {...props} plan={plan} />;
}

function Editor({ plan, path, at, select }: ViewProps & { readonly plan: Plan }) {
  const { template, view } = plan;
  const [arrangement, setArrangement] = useState<Arrangement>("stages");
  const [asking, setAsking] = useState<Asking | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<EdgeLook>>(new Set());
  const [search, setSearch] = useState<string | null>(null);
  const diagnostics = useProblems(({ diagnostics }) => diagnostics);
  const problems = useMemo(() => diagnostics.filter(({ file }) => file === path), [diagnostics, path]);
  const found = useMemo(() => (search === null || search.trim() === "" ? null : foundTasks(plan, search)), [plan, search]);
  const overlay = useMemo<PlanOverlay>(() => ({ problems, ...(found === null ? {} : { found: new Set(found) }) }), [problems, found]);
  const layout = useMemo(() => layOut(view, arrangement), [view, arrangement]);
  const stages = useMemo(() => stagesOf(view, layout), [view, layout]);
  const actions = useActions(plan, at, select, setAsking);
  const commands = usePlanCommands(plan, at, actions, select, setAsking, () => setSearch(search ?? ""));
  const selected = selectedIn(view, at);
  const selectedTitle = selected?.kind === "task" ? (view.tasks.find(({ key }) => key === selected.key)?.title ?? "") : template.title;
  const open = (): void => document.querySelector<HTMLElement>(".inspector input, .inspector textarea")?.focus();
  return (
    <div className="plan">
      <Outline plan={plan} stages={stages} at={at} select={select} open={open} remove={actions.remove} problems={problems} />
      <section className="plan-middle">
        <div className="bar slim">
          <CommandButton command={commands.add} className="btn small" showKeys>
            <Plus aria-hidden="true" />
            {words.add}
          </CommandButton>
          <CommandButton command={commands.connect} className="btn small quiet" showKeys>
            <Waypoints aria-hidden="true" />
            {words.connect}
          </CommandButton>
          <CommandButton command={commands.tidy} className="btn small quiet">
            <WandSparkles aria-hidden="true" />
            {words.tidy}
          </CommandButton>
          <div className="segmented small" role="group" aria-label={words.arrangeLabel}>
            {(["stages", "lanes"] as const).map((name) => (
              <button key={name} type="button" aria-pressed={arrangement === name} onClick={() => setArrangement(name)}>
                {words.arrange[name]}
              </button>
            ))}
          </div>
          <span className="push" />
          {search === null ? (
            <CommandButton command={commands.find} className="btn small icon quiet">
              <Search aria-hidden="true" />
            </CommandButton>
          ) : (
            <FindBar text={search} found={found ?? []} at={at} change={setSearch} show={(key) => select(view.tasks.find((task) => task.key === key)?.pointer ?? "")} close={() => setSearch(null)} />
          )}
        </div>
        {view.tasks.length === 0 ? (
          <div className="blank">
            <h2>{words.empty}</h2>
            <button type="button" className="btn primary" onClick={commands.add.run}>
              {words.emptyNext}
            </button>
          </div>
        ) : (
          <PlanCanvas title={template.title} view={view} moved={plan.moved} arrangement={arrangement} at={at} select={select} overlay={overlay} hidden={hidden} actions={actions} open={open} />
        )}
        <Legend filter={{ hidden, toggle: (look) => setHidden(hidden.has(look) ? new Set([...hidden].filter((other) => other !== look)) : new Set([...hidden, look])) }} />
      </section>
      <Inspector path={path} kind="plan-template" at={at} title={selectedTitle} />
      {asking?.kind === "add" ? <AddTask plan={plan} asking={asking} select={select} close={() => setAsking(null)} /> : null}
      {asking?.kind === "waiter" ? <ChooseWaiter plan={plan} asking={asking} ask={setAsking} close={() => setAsking(null)} /> : null}
      {asking?.kind === "dependency" ? <ChooseDependency plan={plan} asking={asking} select={select} close={() => setAsking(null)} /> : null}
    </div>
  );
}

function useActions(plan: Plan, at: string, select: (pointer: string) => void, ask: (asking: Asking) => void): PlanActions {
  return useMemo(() => {
    const { template, view } = plan;
    const titleOf = (key: string): string => view.tasks.find((task) => task.key === key)?.title ?? key;
    return {
      connect: (from, to) => ask({ kind: "dependency", from, to }),
      cannotConnect: (from, to) => {
        const reason = view.tasks.some(({ key }) => key === from) ? cannotWait(template, from, to) : null;
        return reason === null ? null : words[reason];
      },
      addAfter: (after) => ask({ kind: "add", after, into: null }),
      insert: (into) => ask({ kind: "add", after: null, into }),
      move: (positions) => moveTasks(template.key, positions, words.moved(1)),
      remove: () => {
        const selected = selectedIn(view, at);
        if (selected?.kind === "task") editTemplate(removeTasks(template, new Set([selected.key])), { label: words.remove(titleOf(selected.key)), pointer: at });
        const edge = selected?.kind === "edge" ? view.edges.find(({ pointer }) => pointer === selected.pointer) : undefined;
        const place = edge === undefined ? null : edgeAt(view, edge.pointer);
        if (edge !== undefined && place !== null) editTemplate(disconnect(template, place.to, place.index), { label: words.disconnected(titleOf(edge.from), titleOf(edge.to)), pointer: at });
        if (selected !== null) select("");
      },
    };
  }, [plan, at, select, ask]);
}

interface PlanCommands {
  readonly add: Command;
  readonly connect: Command;
  readonly tidy: Command;
  readonly find: Command;
}

function usePlanCommands(plan: Plan, at: string, actions: PlanActions, select: (pointer: string) => void, ask: (asking: Asking) => void, find: () => void): PlanCommands {
  const latestFind = useRef(find);
  latestFind.current = find;
  const commands = useMemo(() => {
    const { template, view, moved } = plan;
    const selected = selectedIn(view, at);
    const task = selected?.kind === "task" ? selected.key : null;
    const group = words.group;
    const duplicate = (): void => {
      const copy = duplicateTasks(template, task === null ? [] : [task]);
      editTemplate(copy.template, { label: words.duplicated(view.tasks.find(({ key }) => key === task)?.title ?? ""), pointer: at });
      select(jsonPointer("tasks", copy.template.tasks.length - 1));
    };
    return {
      add: { id: "plan.add", title: words.add, group, keys: "N", run: () => ask({ kind: "add", after: task, into: null }) },
      tidy: { id: "plan.tidy", title: words.tidy, group, run: () => moved.size > 0 && moveTasks(template.key, new Map(), words.tidied) },
      connect: { id: "plan.connect", title: words.connect, group, keys: "C", disabled: task === null ? words.removeNothing : undefined, run: () => task !== null && ask({ kind: "waiter", from: task }) },
      find: { id: "plan.find", title: words.find, group, keys: "Mod+F", whileTyping: true, run: () => latestFind.current() },
      remove: { id: "plan.remove", title: selected?.kind === "edge" ? words.removeEdge : words.removeTask, group, keys: "Delete", disabled: selected === null ? words.removeNothing : undefined, run: actions.remove },
      duplicate: { id: "plan.duplicate", title: words.duplicate, group, keys: "Mod+D", disabled: task === null ? words.removeNothing : undefined, run: duplicate },
    };
  }, [plan, at, actions, select, ask]);
  useCommands(useMemo(() => Object.values(commands), [commands]));
  return commands;
}

interface FindBarProps {
  readonly text: string;
  readonly found: readonly string[];
  readonly at: string;
  readonly change: (text: string) => void;
  readonly show: (key: string) => void;
  readonly close: () => void;
}

function FindBar({ text, found, change, show, close }: FindBarProps) {
  const [position, setPosition] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const go = (step: number): void => {
    if (found.length === 0) return;
    const next = (position + step + found.length) % found.length;
    setPosition(next);
    show(found[next] ?? "");
  };
  return (
    <div className="find" role="search">
      <label className="search">
        <Search aria-hidden="true" />
        <span className="hidden">{words.find}</span>
        <input
          ref={field} type="search" placeholder={words.find} value={text}
          onChange={(event) => {
            change(event.currentTarget.value);
            setPosition(-1);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
            else if (event.key === "Escape") close();
            else return;
            event.preventDefault();
          }}
        />
      </label>
      <span className="meta nowrap">{text.trim() === "" ? "" : words.found(Math.max(position, 0) + 1, found.length)}</span>
      <button type="button" className="btn small icon quiet" aria-label={words.findPrevious} onClick={() => go(-1)}><ChevronUp aria-hidden="true" /></button>
      <button type="button" className="btn small icon quiet" aria-label={words.findNext} onClick={() => go(1)}><ChevronDown aria-hidden="true" /></button>
      <button type="button" className="btn small icon quiet" aria-label={words.findClose} onClick={close}><X aria-hidden="true" /></button>
    </div>
  );
}

/** Keys of the tasks in which every word stands: in the title, the performer, or anywhere in the JSON. */
function foundTasks({ template, view }: Plan, text: string): readonly string[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return view.tasks.filter(({ key, title, performer }) => {
    const whole = `${title} ${performer ?? ""} ${JSON.stringify(template.tasks.find((task) => task.key === key))}`.toLowerCase();
    return wanted.every((word) => whole.includes(word));
  }).map(({ key }) => key);
}
