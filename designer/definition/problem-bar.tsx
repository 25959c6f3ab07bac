import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useCommands, type Command } from "../app/commands.ts";
import { CommandButton } from "../app/parts.tsx";
import { focusField } from "../form/focus-field.ts";
import { definition as words } from "../strings/definition.ts";
import { useProblems } from "../workspace/problems.ts";

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
  useCommands(useMemo(() => [next], [next]));
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
      {mine.length > 0 ? <CommandButton command={next} className="btn small quiet" showKeys /> : null}
    </section>
  );
}
