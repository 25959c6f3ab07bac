import { CircleCheck, CircleX, TriangleAlert, Wrench } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { useCommands, type Command } from "../app/commands.ts";
import { CommandButton } from "../app/parts.tsx";
import { focusField } from "../form/focus-field.ts";
import type { Fix } from "../fixes/fix.ts";
import { quickFixes } from "../fixes/quick-fixes.ts";
import { definition as words } from "../strings/definition.ts";
import { useProblems } from "../workspace/problems.ts";
import { editFiles, useWorkspace } from "../workspace/workspace.ts";

interface ProblemBarProps {
  readonly path: string;
  readonly at: string;
  readonly select: (pointer: string) => void;
}

/** How far F8 has come. Several problems may lie at one place, so the place alone does not tell. */
interface Walked {
  readonly position: number;
  readonly steps: number;
}

const NOWHERE: Walked = { position: -1, steps: 0 };

/** How many ways out the bar has room for. */
const FIXES_MAX = 3;

/** The ways to take a problem away, for the draft as it is. */
function useFixes(problem: Diagnostic | undefined): readonly Fix[] {
  const files = useWorkspace(({ history }) => history.files);
  return useMemo(() => (problem === undefined ? [] : quickFixes(problem, new Map([...files].map(([path, { content }]) => [path, content])))), [problem, files]);
}

/** One step of the history, whatever it changes. */
function apply({ title, changes }: Fix, { path }: Diagnostic): void {
  editFiles(changes, { label: title, pointer: path });
}

/** What is wrong with this definition, one at a time; F8 walks them, and selecting one leads to its field. */
export function ProblemBar({ path, at, select }: ProblemBarProps) {
  const { state, diagnostics } = useProblems();
  const mine = useMemo(() => diagnostics.filter(({ file }) => file === path), [diagnostics, path]);
  const [walked, setWalked] = useState<Walked>(NOWHERE);
  const position = mine[walked.position]?.path === at ? walked.position : mine.findIndex((problem) => problem.path === at);
  const shown = mine[Math.max(position, 0)];
  const next = useMemo<Command>(
    () => ({
      id: "problems.next", title: words.nextProblem, group: words.problems, keys: "F8", whileTyping: true,
      disabled: mine.length === 0 ? words.noProblems : undefined,
      run: () => {
        const to = (position + 1) % mine.length;
        setWalked(({ steps }) => ({ position: to, steps: steps + 1 }));
        select(mine[to]?.path ?? "");
      },
    }),
    [mine, position, select],
  );
  const fixes = useFixes(shown);
  const fix = useMemo<Command | null>(() => {
    const [first] = fixes;
    return first === undefined || shown === undefined ? null : { id: "problems.fix", title: first.title, group: words.problems, keys: "Mod+.", whileTyping: true, run: () => apply(first, shown) };
  }, [fixes, shown]);
  useCommands(useMemo(() => (fix === null ? [next] : [next, fix]), [next, fix]));
  useEffect(() => {
    if (walked !== NOWHERE && mine[walked.position]?.path === at) focusField(document.querySelector(".form"), at);
  }, [walked, at]);
  const errors = mine.filter(({ severity }) => severity === "error").length;
  const warnings = mine.length - errors;
  return (
    <section className="problem-bar" aria-label={words.problems} aria-live="polite">
      {errors > 0 ? <span className="badge f-failed"><CircleX aria-hidden="true" />{words.errors(errors)}</span> : null}
      {warnings > 0 ? <span className="badge f-attention"><TriangleAlert aria-hidden="true" />{words.warnings(warnings)}</span> : null}
      {shown === undefined ? (
        <span className="status">
          {state === "checking" ? words.checking : <><CircleCheck aria-hidden="true" />{words.noProblems}</>}
        </span>
      ) : (
        <button type="button" className="problem-text trunc" title={shown.message} onClick={() => select(shown.path)}>
          {shown.message} <span className="mono muted">{shown.code}</span>
        </button>
      )}
      <span className="push" />
      {fix === null ? null : (
        <CommandButton command={fix} className="btn small">
          <Wrench aria-hidden="true" />
          {fix.title}
        </CommandButton>
      )}
      {fixes.slice(1, FIXES_MAX).map((other) => (
        <button key={other.title} type="button" className="btn small quiet" onClick={() => shown !== undefined && apply(other, shown)}>
          {other.title}
        </button>
      ))}
      {mine.length > 0 ? <CommandButton command={next} className="btn small quiet" showKeys /> : null}
    </section>
  );
}
