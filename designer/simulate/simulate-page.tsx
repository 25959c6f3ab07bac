import { getRouteApi } from "@tanstack/react-router";
import { FlaskConical, GitCompareArrows } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Scenario } from "../../engine/language/scenario-kinds.ts";
import { Blank } from "../app/blank-pages.tsx";
import { useCommands, type Command } from "../app/commands.ts";
import { Link } from "../app/link.tsx";
import { Page } from "../app/page.tsx";
import { CommandButton } from "../app/parts.tsx";
import { PlanCanvas } from "../plan/plan-canvas.tsx";
import { Legend } from "../plan/legend.tsx";
import { lookupIn, planIn, usePlan, type Plan } from "../plan/use-plan.ts";
import { library } from "../strings/library.ts";
import { simulate as words } from "../strings/simulate.ts";
import { simulationService } from "../worker/simulation.ts";
import type { Look, RunAnswer, Side } from "../worker/simulation-service.ts";
import { WorkspaceUnreadable } from "../workspace/unreadable.tsx";
import { useWorkspacePage } from "../workspace/use-workspace-page.ts";
import { isDefinition, useWorkspace } from "../workspace/workspace.ts";
import { Chooser } from "./chooser.tsx";
import { ComparisonBar } from "./comparison-bar.tsx";
import { compareRuns, happenings } from "./divergences.ts";
import { ExportRun } from "./export-run.tsx";
import type { Standpoint } from "./interventions.ts";
import { keptRun } from "./kept-runs.ts";
import { RunBar } from "./run-bar.tsx";
import { compare, open, runAgain, useRun, type Sample } from "./run-state.ts";
import { SaveScenario } from "./save-scenario.tsx";
import { SidePanel } from "./side-panel.tsx";
import { edgeStandings, standingsOf, tasksOf, withGenerated } from "./standings.ts";
import { Timeline } from "./timeline.tsx";
import "./simulate.css";

const route = getRouteApi("/simulate");

/** Orders run through the draft on a virtual clock, before anyone else sees it. */
export function SimulatePage() {
  const status = useWorkspacePage();
  const { scenario, run } = route.useSearch();
  const { sample, comparing, answers } = useRun();
  const files = useWorkspace(({ history }) => history.files);
  const navigate = route.useNavigate();
  const scenarios = useMemo(() => [...files.values()].flatMap(({ content }) => (isDefinition(content) && content.kind === "scenario" ? [content] : [])).toSorted((a, b) => a.title.localeCompare(b.title, "en")), [files]);
  useEffect(() => {
    const id = scenario === undefined ? run : scenarioRunId(scenario);
    if (status.state !== "ready" || id === undefined || sample?.id === id) return;
    const wanted = scenarios.find(({ key }) => key === scenario);
    const kept = scenario === undefined ? keptRun(id) : null;
    if (wanted !== undefined) void openScenario(wanted, scenarios);
    else if (kept !== null) void open(kept.sample);
  }, [status.state, scenario, run, scenarios, sample]);
  const ranWith = useRef(files);
  useEffect(() => {
    if (ranWith.current !== files && sample !== null) void runAgain();
    ranWith.current = files;
  }, [files, sample]);
  const shown = sample !== null && sample.id === (scenario === undefined ? run : scenarioRunId(scenario)) ? sample : null;
  const crumbs = [{ title: words.place, to: "/simulate" }, { title: shown?.title ?? words.choose }];
  const compareCommand = useMemo((): Command => ({ id: "simulate.compare", title: comparing ? words.compareOff : words.compare, group: words.group, disabled: shown === null ? words.choose : undefined, run: () => void compare(!comparing) }), [comparing, shown]);
  useCommands(useMemo(() => [compareCommand], [compareCommand]));
  return (
    <Page crumbs={crumbs} status={shown === null ? null : <CommandButton command={compareCommand} className="btn small"><GitCompareArrows aria-hidden="true" />{compareCommand.title}</CommandButton>} action={shown === null ? null : <SaveScenario answer={answers.draft} title={shown.title} />}>
      {status.state === "failed" ? <WorkspaceUnreadable error={status.error} /> : null}
      {status.state === "loading" ? <p className="loading">{library.loading}</p> : null}
      {status.state !== "ready" ? null : shown === null ? (
        <Chooser
          scenarios={scenarios}
          find={lookupIn(files)}
          take={({ key }) => void navigate({ search: { scenario: key } })}
          open={(other) => {
            void open(other);
            void navigate({ search: { run: other.id } });
          }}
        />
      ) : (
        <Bench sample={shown} />
      )}
    </Page>
  );
}

async function openScenario(scenario: Scenario, all: readonly Scenario[]): Promise<void> {
  const found = await simulationService().orderOf(scenario, all);
  if (typeof found !== "string") await open({ ...found, id: scenarioRunId(scenario.key), title: scenario.title, scenario: scenario.key, script: scenario.script });
}

function scenarioRunId(key: string): string {
  return `scenario/${key}`;
}

/** The simulation itself: in a frame, because nothing here is real. */
function Bench({ sample }: { readonly sample: Sample }) {
  const { answers, comparing } = useRun();
  const draft = answers.draft;
  return (
    <div className="simulation">
      <p className="mode-banner">
        <FlaskConical aria-hidden="true" />
        <b>{words.banner}</b>
        <span className="trunc">{words.bannerText}</span>
        <span className="push banner-acts">
          {draft?.ok === true ? <ExportRun sample={sample} journal={draft.journal} /> : null}
          <Link to="/simulate">{words.another}</Link>
        </span>
      </p>
      {draft === undefined ? <p className="loading">{words.running}</p> : null}
      {draft?.ok === false ? <NotRun answer={draft} /> : null}
      {draft?.ok === true ? <Run answer={draft} live={comparing ? answers.live : undefined} comparing={comparing} sample={sample} /> : null}
    </div>
  );
}

function NotRun({ answer }: { readonly answer: Extract<RunAnswer, { ok: false }> }) {
  return (
    <Blank title={answer.diagnostics.length > 0 ? words.doesNotCompile : words.broke}>
      <p>{answer.reason}</p>
      <ul className="reasons">
        {answer.diagnostics.slice(0, 5).map(({ file, path, message }) => (
          <li key={`${file}${path}${message}`}>
            <span className="mono">{file}</span> {message}
          </li>
        ))}
      </ul>
      {answer.diagnostics.length > 0 ? <Link to="/design?view=problems">{words.showProblems}</Link> : null}
    </Blank>
  );
}

interface RunProps {
  readonly answer: Extract<RunAnswer, { ok: true }>;
  /** What is live does with the same order and script, while it is compared. */
  readonly live: RunAnswer | undefined;
  readonly comparing: boolean;
  readonly sample: Sample;
}

function Run({ answer, live, comparing, sample }: RunProps) {
  const { journal } = answer;
  const { startAt } = sample;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const step = Math.max(1, Math.min(search.step ?? 1, journal.length));
  const goTo = useCallback((to: number): void => void navigate({ search: (old) => ({ ...old, step: Math.max(1, to) }), replace: true }), [navigate]);
  const look = useLook("draft", step, answer);
  const compared = useMemo(() => (live?.ok === true ? compareRuns(happenings(answer.journal, answer.order), happenings(live.journal, live.order)) : null), [answer, live]);
  const liveStep = compared?.liveStepOf(step) ?? 1;
  const liveLook = useLook("live", liveStep, live);
  const find = useMemo(() => lookupIn(useWorkspace.getState().history.files), [answer]);
  const shown = useMemo(() => journal.slice(0, step), [journal, step]);
  const selectTask = (key: string | null): void => void navigate({ search: ({ task: _, ...rest }) => (key === null ? rest : { ...rest, task: key }), replace: true });
  const item = look?.order.items.find(({ id }) => id === search.item) ?? look?.order.items[0];
  const selected = useMemo(() => (look === null || item === undefined ? null : (tasksOf(look.order, item.id).find(({ planned }) => planned.key === search.task) ?? null)), [look, item, search.task]);
  if (look === null) return <p className="loading">{words.running}</p>;
  const at: Standpoint = { order: look.order, journal: shown, now: journal[step - 1]?.at ?? startAt, worked: look.worked, find };
  return (
    <>
      <RunBar journal={journal} startAt={startAt} step={step} goTo={goTo} selected={selected}>
        {look.order.items.length > 1 ? (
          <select className="input item-choice" aria-label={words.item} value={item?.id} onChange={(event) => void navigate({ search: ({ task: _, ...rest }) => ({ ...rest, item: event.currentTarget.value }) })}>
            {look.order.items.map(({ id, offering }) => (
              <option key={id} value={id}>{`${words.item} ${id}: ${offering ?? ""}`}</option>
            ))}
          </select>
        ) : null}
      </RunBar>
      {comparing && live === undefined ? <p className="comparison">{words.running}</p> : null}
      {live?.ok === false ? <p className="comparison">{words.liveBroke}</p> : null}
      {compared === null ? null : <ComparisonBar divergences={compared.divergences} step={step} goTo={goTo} />}
      <div className={compared === null ? "simulation-body" : "simulation-body compared"}>
        <section className="simulation-middle" aria-label={words.draftSide}>
          {compared === null ? null : <h2 className="side-name">{words.draftSide}</h2>}
          {item?.decomposition === null || item === undefined ? <p className="no-plan">{words.noPlanYet}</p> : <ItemPlan look={look} itemId={item.id} template={item.decomposition.template} selected={search.task ?? null} select={selectTask} />}
          <Legend />
          <Timeline order={look.order} journal={journal} step={step} selected={selected?.task.id ?? null} select={(id) => selectTask(look.order.plan?.graph.tasks.find((task) => task.id === id)?.key ?? null)} />
        </section>
        {live?.ok !== true || liveLook === null || item === undefined ? null : (
          <section className="simulation-middle" aria-label={words.liveSide}>
            <h2 className="side-name">{words.liveSide}</h2>
            <LivePlan look={liveLook} itemId={item.id} selected={search.task ?? null} select={selectTask} />
            <Legend />
            <Timeline order={liveLook.order} journal={live.journal} step={liveStep} selected={null} select={(id) => selectTask(liveLook.order.plan?.graph.tasks.find((task) => task.id === id)?.key ?? null)} />
          </section>
        )}
        <SidePanel look={look} answer={answer} step={step} goTo={goTo} at={at} item={item} selected={selected} />
      </div>
    </>
  );
}

/** How one side of the run stood after so many entries; what was read last until the next is there. */
function useLook(side: Side, step: number, answer: RunAnswer | undefined): Look | null {
  const [look, setLook] = useState<Look | null>(null);
  useEffect(() => {
    let over = false;
    if (answer === undefined) return undefined;
    void simulationService().look(side, step).then((found) => over || setLook(found));
    return () => {
      over = true;
    };
  }, [side, step, answer]);
  return look;
}

interface ItemPlanProps {
  readonly look: Look;
  readonly itemId: string;
  readonly template: string;
  readonly selected: string | null;
  readonly select: (key: string | null) => void;
}

/** The plan of one item with how its tasks stand, in the glyphs of operations. */
function ItemPlan({ look, itemId, template, selected, select }: ItemPlanProps) {
  const plan = usePlan(template);
  return <PlanPicture plan={plan} look={look} itemId={itemId} selected={selected} select={select} />;
}

/** The same as the live release plans it. */
function LivePlan({ look, itemId, selected, select }: Omit<ItemPlanProps, "template">) {
  const baseFiles = useWorkspace(({ baseFiles }) => baseFiles);
  const template = look.order.items.find(({ id }) => id === itemId)?.decomposition?.template;
  const plan = useMemo(() => (template === undefined ? null : planIn(baseFiles, template)), [baseFiles, template]);
  return plan === null ? <p className="no-plan">{words.noPlanYet}</p> : <PlanPicture plan={plan} look={look} itemId={itemId} selected={selected} select={select} />;
}

function PlanPicture({ plan, look, itemId, selected, select }: Omit<ItemPlanProps, "template"> & { readonly plan: Plan | null }) {
  const view = useMemo(() => (plan === null ? null : withGenerated(plan.view, look.order, itemId)), [plan, look, itemId]);
  const overlay = useMemo(() => (view === null ? {} : { standings: standingsOf(look.order, itemId), edgeStandings: edgeStandings(view, look.order, itemId) }), [view, look, itemId]);
  if (plan === null || view === null) return <p className="loading">{words.running}</p>;
  const pointer = view.tasks.find(({ key }) => key === selected)?.pointer ?? "";
  return <PlanCanvas title={plan.template.title} view={view} moved={plan.moved} arrangement="stages" at={pointer} select={(at) => select(view.tasks.find((task) => task.pointer === at)?.key ?? null)} overlay={overlay} actions={null} />;
}
