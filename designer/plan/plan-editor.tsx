import { Plus, Search, WandSparkles, Waypoints } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { CommandButton } from "../app/parts.tsx";
import type { ViewProps } from "../definition/definition-page.tsx";
import { Inspector } from "../form/inspector.tsx";
import { plan as words } from "../strings/plan.ts";
import { useProblems } from "../workspace/problems.ts";
import { useFile } from "../workspace/workspace.ts";
import { placeOf } from "./add-task.ts";
import { FindBar } from "./find-bar.tsx";
import { foundTasks } from "./find-tasks.ts";
import type { PlanOverlay } from "./flow-graph.ts";
import { Legend } from "./legend.tsx";
import { Outline } from "./outline.tsx";
import { PlanCanvas } from "./plan-canvas.tsx";
import { layOut, type Arrangement } from "./plan-layout.ts";
import { AddTask, ChooseDependency, ChooseWaiter, type Asking } from "./plan-pickers.tsx";
import { PlanUnread } from "./plan-unread.tsx";
import type { EdgeLook } from "./plan-view.ts";
import { selectedIn } from "./selection.ts";
import { Several } from "./several.tsx";
import { SideTabs, type Side } from "./side-tabs.tsx";
import { stagesOf } from "./stages.ts";
import { TypeShelf } from "./type-shelf.tsx";
import { usePicks } from "./use-picks.ts";
import { usePlanActions } from "./use-plan-actions.ts";
import { usePlanCommands } from "./use-plan-commands.ts";
import { usePlan, type Plan } from "./use-plan.ts";
import { useTaskClipboard } from "./use-task-clipboard.ts";

/** How long it is said what was done. */
const SAID_MS = 8_000;

/** A plan template as a picture that is edited: outline, canvas, and the form of what is selected. */
export function PlanEditor(props: ViewProps) {
  const plan = usePlan(props.definitionKey);
  const unread = useFile(props.path)?.unread ?? null;
  if (plan === null) return null;
  return unread === null ? <Editor {...props} plan={plan} /> : <PlanUnread {...props} plan={plan} reason={unread} />;
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
  const [side, setSide] = useState<Side>("outline");
  const [placing, setPlacing] = useState<string | null>(null);
  const [said, say] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => say(""), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const { picks, pick } = usePicks(plan, at, select);
  const actions = usePlanActions({ plan, at, picks, pick, ask: setAsking });
  const clipboard = useTaskClipboard({ plan, picks, pick, say });
  const commands = usePlanCommands({ plan, at, picks, actions, clipboard, ask: setAsking, find: () => setSearch(search ?? "") });
  const startPlacing = (type: string | null): void => {
    setPlacing(type);
    say(type === null ? "" : words.placing(plan.find("task-type", type)?.title ?? type));
  };
  const head = <SideTabs side={side} change={setSide} count={view.tasks.length} />;
  const closeSearch = (): void => {
    setSearch(null);
    document.querySelector<HTMLElement>(".plan-canvas")?.focus();
  };
  const selected = selectedIn(view, at);
  const selectedTitle = selected?.kind === "task" ? (view.tasks.find(({ key }) => key === selected.key)?.title ?? "") : template.title;
  const open = (): void => document.querySelector<HTMLElement>(".inspector input, .inspector textarea")?.focus();
  return (
    <div className="plan">
      {side === "shelf" ? (
        <TypeShelf plan={plan} head={head} placing={placing} startPlacing={startPlacing} add={(type) => actions.place(type, placeOf(view, at, picks))} />
      ) : <Outline plan={plan} head={head} stages={stages} at={at} select={select} picks={picks} pick={pick} open={open} remove={actions.remove} problems={problems} />}
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
          <CommandButton command={commands.find} className="btn small icon quiet">
            <Search aria-hidden="true" />
          </CommandButton>
        </div>
        {search === null ? null : <FindBar text={search} found={found ?? []} change={setSearch} show={(key) => pick([key])} close={closeSearch} />}
        <p className={said === "" ? "hidden" : "plan-said"} role="status">{said}</p>
        {view.tasks.length === 0 ? (
          <div className="blank">
            <h2>{words.empty}</h2>
            <button type="button" className="btn primary" onClick={commands.add.run}>
              {words.emptyNext}
            </button>
          </div>
        ) : (
          <PlanCanvas title={template.title} view={view} moved={plan.moved} arrangement={arrangement} at={at} select={select} picks={picks} overlay={overlay} hidden={hidden} actions={actions} placing={placing === null ? null : { type: placing, stop: () => startPlacing(null) }} open={open} />
        )}
        <Legend filter={{ hidden, toggle: (look) => setHidden(hidden.has(look) ? new Set([...hidden].filter((other) => other !== look)) : new Set([...hidden, look])) }} />
      </section>
      {picks.length > 1 ? <Several view={view} picks={picks} pick={pick} commands={commands} /> : <Inspector path={path} kind="plan-template" at={at} title={selectedTitle} />}
      {asking?.kind === "add" ? <AddTask plan={plan} asking={asking} pick={pick} close={() => setAsking(null)} /> : null}
      {asking?.kind === "waiter" ? <ChooseWaiter plan={plan} asking={asking} ask={setAsking} close={() => setAsking(null)} /> : null}
      {asking?.kind === "dependency" ? <ChooseDependency plan={plan} asking={asking} select={select} close={() => setAsking(null)} /> : null}
    </div>
  );
}
