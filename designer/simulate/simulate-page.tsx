import { getRouteApi } from "@tanstack/react-router";
import { Clock, FastForward, FlaskConical, GitCompareArrows, SkipBack, StepBack, StepForward, TimerReset } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { Scenario } from "../../engine/language/scenario-kinds.ts";
import { msBetween } from "../../engine/support/instant.ts";
import type { Json } from "../../engine/support/json.ts";
import { Blank } from "../app/blank-pages.tsx";
import { useCommands, type Command } from "../app/commands.ts";
import { Link } from "../app/link.tsx";
import { Page } from "../app/page.tsx";
import { CommandButton } from "../app/parts.tsx";
import { definitionPath } from "../library/definition-path.ts";
import { freeKey } from "../library/free-key.ts";
import { formatFull } from "../look/format.ts";
import { humanMs } from "../look/human-duration.ts";
import { PlanCanvas } from "../plan/plan-canvas.tsx";
import { Legend } from "../plan/legend.tsx";
import { usePlan } from "../plan/use-plan.ts";
import { lookupIn } from "../plan/use-plan.ts";
import { library } from "../strings/library.ts";
import { simulate as words } from "../strings/simulate.ts";
import { simulationService } from "../worker/simulation.ts";
import type { Look, RunAnswer } from "../worker/simulation-service.ts";
import { WorkspaceUnreadable } from "../workspace/unreadable.tsx";
import { useWorkspacePage } from "../workspace/use-workspace-page.ts";
import { editFiles, isDefinition, pathOf, useWorkspace } from "../workspace/workspace.ts";
import { Chooser } from "./chooser.tsx";
import { firstDifference } from "./interventions.ts";
import { compare, open, runAgain, useRun, type Sample } from "./run-state.ts";
import { SidePanel } from "./side-panel.tsx";
import { edgeStandings, standingsOf, tasksOf, withGenerated } from "./standings.ts";
import { Timeline } from "./timeline.tsx";
import "./simulate.css";

const route = getRouteApi("/simulate");

/** Orders run through the draft on a virtual clock, before anyone else sees it. */
export function SimulatePage() {
  const status = useWorkspacePage();
  const { scenario } = route.useSearch();
  const { sample, comparing, answers } = useRun();
  const files = useWorkspace(({ history }) => history.files);
  const navigate = route.useNavigate();
  const scenarios = useMemo(() => [...files.values()].flatMap(({ content }) => (isDefinition(content) && content.kind === "scenario" ? [content] : [])).toSorted((a, b) => a.title.localeCompare(b.title, "en")), [files]);
  useEffect(() => {
    if (status.state !== "ready" || scenario === undefined || sample?.scenario === scenario) return;
    const wanted = scenarios.find(({ key }) => key === scenario);
    if (wanted !== undefined) void openScenario(wanted, scenarios);
  }, [status.state, scenario, scenarios, sample]);
  useEffect(() => {
    if (sample !== null) void runAgain();
  }, [files]);
  const shown = sample !== null && (scenario === undefined ? sample.scenario === null : sample.scenario === scenario) ? sample : null;
  const crumbs = [{ title: words.place, to: "/simulate" }, { title: shown?.title ?? words.choose }];
  const compareCommand: Command = { id: "simulate.compare", title: comparing ? words.compareOff : words.compare, group: words.group, run: () => void compare(!comparing) };
  return (
    <Page crumbs={crumbs} status={shown === null ? null : <CommandButton command={compareCommand} className="btn small"><GitCompareArrows aria-hidden="true" />{compareCommand.title}</CommandButton>} action={shown === null ? null : <SaveScenario answer={answers.draft} title={shown.title} />}>
      {status.state === "failed" ? <WorkspaceUnreadable error={status.error} /> : null}
      {status.state === "loading" ? <p className="loading">{library.loading}</p> : null}
      {status.state !== "ready" ? null : shown === null ? (
        <Chooser
          scenarios={scenarios}
          take={({ key }) => void navigate({ search: { scenario: key } })}
          open={(other) => {
            void open(other);
            void navigate({ search: {} });
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
  if (typeof found !== "string") await open({ ...found, title: scenario.title, scenario: scenario.key, script: scenario.script });
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
        <Link to="/simulate" className="push">
          {words.another}
        </Link>
      </p>
      {draft === undefined ? <p className="loading">{words.running}</p> : null}
      {draft?.ok === false ? <NotRun answer={draft} /> : null}
      {comparing && draft?.ok === true ? <Comparison draft={draft} live={answers.live} /> : null}
      {draft?.ok === true ? <Run answer={draft} startAt={sample.startAt} /> : null}
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

function Comparison({ draft, live }: { readonly draft: Extract<RunAnswer, { ok: true }>; readonly live: RunAnswer | undefined }) {
  const navigate = route.useNavigate();
  if (live === undefined) return <p className="comparison">{words.running}</p>;
  if (!live.ok) return <p className="comparison">{words.liveBroke}</p>;
  const at = firstDifference(draft.journal, live.journal);
  if (at === null) return <p className="comparison">{words.same}</p>;
  const said = (entries: typeof draft.journal): string => entries[at - 1]?.events.map(({ type }) => type).join(", ") ?? words.nothing;
  return (
    <p className="comparison">
      <button type="button" className="btn small" onClick={() => void navigate({ search: (search) => ({ ...search, step: at }) })}>
        {words.firstDifference(at)}
      </button>
      <span className="trunc">
        <b>{words.draftSide}</b> <span className="mono">{said(draft.journal)}</span> <b>{words.liveSide}</b> <span className="mono">{said(live.journal)}</span>
      </span>
    </p>
  );
}

function Run({ answer, startAt }: { readonly answer: Extract<RunAnswer, { ok: true }>; readonly startAt: string }) {
  const { journal } = answer;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const step = Math.max(1, Math.min(search.step ?? 1, journal.length));
  const goTo = (to: number): void => void navigate({ search: (old) => ({ ...old, step: Math.max(1, Math.min(to, journal.length)) }), replace: true });
  const [look, setLook] = useState<Look | null>(null);
  useEffect(() => {
    let over = false;
    void simulationService().look("draft", step).then((found) => over || setLook(found));
    return () => {
      over = true;
    };
  }, [step, answer]);
  const now = journal[step - 1]?.at ?? startAt;
  const commands = useStepCommands(step, journal, now, goTo);
  const selectTask = (key: string | null): void => void navigate({ search: ({ task: _, ...rest }) => (key === null ? rest : { ...rest, task: key }), replace: true });
  if (look === null) return <p className="loading">{words.running}</p>;
  const item = look.order.items.find(({ id }) => id === search.item) ?? look.order.items[0];
  const tasks = item === undefined ? [] : tasksOf(look.order, item.id);
  const selected = tasks.find(({ planned }) => planned.key === search.task) ?? null;
  return (
    <>
      <div className="bar clock">
        <Clock aria-hidden="true" />
        <b className="clock-now">{formatFull(now)}</b>
        <span className="meta">{words.virtual(humanMs(msBetween(startAt, now)))}</span>
        <span className="divider" />
        <CommandButton command={commands.start} className="btn small icon"><SkipBack aria-hidden="true" /></CommandButton>
        <CommandButton command={commands.back} className="btn small icon"><StepBack aria-hidden="true" /></CommandButton>
        <CommandButton command={commands.step} className="btn small" showKeys><StepForward aria-hidden="true" />{words.step}</CommandButton>
        <CommandButton command={commands.timer} className="btn small"><TimerReset aria-hidden="true" />{commands.timer.title}</CommandButton>
        <CommandButton command={commands.end} className="btn small" showKeys><FastForward aria-hidden="true" />{words.end}</CommandButton>
        {look.order.items.length > 1 ? (
          <select className="input item-choice" aria-label={words.item} value={item?.id} onChange={(event) => void navigate({ search: ({ task: _, ...rest }) => ({ ...rest, item: event.currentTarget.value }) })}>
            {look.order.items.map(({ id, offering }) => (
              <option key={id} value={id}>{`${words.item} ${id}: ${offering ?? ""}`}</option>
            ))}
          </select>
        ) : null}
      </div>
      <div className="simulation-body">
        <section className="simulation-middle">
          {item?.decomposition === null || item === undefined ? <p className="loading">{words.noEvents}</p> : <ItemPlan look={look} itemId={item.id} template={item.decomposition.template} selected={search.task ?? null} select={selectTask} />}
          <Legend />
          <Timeline order={look.order} journal={journal} step={step} selected={selected?.task.id ?? null} select={(id) => selectTask(look.order.plan?.graph.tasks.find((task) => task.id === id)?.key ?? null)} />
        </section>
        <SidePanel look={look} journal={journal} step={step} goTo={goTo} selected={selected} find={lookupIn(useWorkspace.getState().history.files)} rejections={answer.rejections} />
      </div>
    </>
  );
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
  const view = useMemo(() => (plan === null ? null : withGenerated(plan.view, look.order, itemId)), [plan, look, itemId]);
  const overlay = useMemo(() => (view === null ? {} : { standings: standingsOf(look.order, itemId), edgeStandings: edgeStandings(view, look.order, itemId) }), [view, look, itemId]);
  if (plan === null || view === null) return <p className="loading">{words.running}</p>;
  const pointer = view.tasks.find(({ key }) => key === selected)?.pointer ?? "";
  return <PlanCanvas title={plan.template.title} view={view} moved={plan.moved} arrangement="stages" at={pointer} select={(at) => select(view.tasks.find((task) => task.pointer === at)?.key ?? null)} overlay={overlay} actions={null} />;
}

function useStepCommands(step: number, journal: Extract<RunAnswer, { ok: true }>["journal"], now: string, goTo: (step: number) => void) {
  const commands = useMemo(() => {
    const later = journal.findIndex(({ at }) => at > now);
    const group = words.group;
    const atStart = step <= 1 ? words.noEvents : undefined;
    const atEnd = step >= journal.length ? words.nothing : undefined;
    return {
      start: { id: "simulate.start", title: words.start, group, keys: "Home", disabled: atStart, run: () => goTo(1) },
      back: { id: "simulate.back", title: words.back, group, keys: "F9", disabled: atStart, run: () => goTo(step - 1) },
      step: { id: "simulate.step", title: words.step, group, keys: "F10", disabled: atEnd, run: () => goTo(step + 1) },
      timer: { id: "simulate.timer", title: later < 0 ? words.nextTimerNone : words.nextTimer(humanMs(msBetween(now, journal[later]?.at ?? now))), group, disabled: later < 0 ? words.nextTimerNone : undefined, run: () => goTo(later + 1) },
      end: { id: "simulate.end", title: words.end, group, keys: "End", disabled: atEnd, run: () => goTo(journal.length) },
    } satisfies { readonly [name: string]: Command };
  }, [step, journal, now, goTo]);
  useCommands(useMemo(() => Object.values(commands), [commands]));
  return commands;
}

/** What was seen becomes a test of the draft. */
function SaveScenario({ answer, title }: { readonly answer: RunAnswer | undefined; readonly title: string }) {
  const navigate = route.useNavigate();
  const save = async (): Promise<void> => {
    const name = `${title}, seen again`;
    const key = freeKey(useWorkspace.getState().history.files, "scenario", name);
    const scenario = await simulationService().scenario("draft", { key, title: name, description: words.saveDescription });
    if (scenario === null) return;
    editFiles([{ path: pathOf("scenario", key), content: scenario as unknown as Json }], { label: words.saved(name) });
    await navigate({ to: definitionPath("scenario", key) });
  };
  const command: Command = { id: "simulate.save", title: words.save, group: words.group, disabled: answer?.ok === true ? undefined : words.running, run: () => void save() };
  return (
    <CommandButton command={command} className="btn primary">
      <FlaskConical aria-hidden="true" />
      {words.save}
    </CommandButton>
  );
}
