import { useMemo, type ReactNode } from "react";
import type { DefinitionWords } from "../../engine/diff/describe-diff.ts";
import { tellingOf } from "../../engine/diff/describe-diff.ts";
import type { Change, DefinitionDiff } from "../../engine/diff/definition-diff.ts";
import type { Kind } from "../../engine/language/kinds.ts";
import { Link } from "../app/link.tsx";
import { definitionPath } from "../library/definition-path.ts";
import { KIND_LOOKS } from "../look/kind-look.ts";
import { lookupIn } from "../plan/use-plan.ts";
import { review as words } from "../strings/review.ts";
import { pathOf } from "../workspace/workspace.ts";
import { DiffMark } from "./diff-mark.tsx";
import { Emphasized } from "../look/emphasized.tsx";
import { PlanDiff } from "./plan-diff.tsx";
import { RowDiffTable } from "./row-diff-table.tsx";
import type { Sides } from "./sides.ts";
import { TextDiff } from "./text-diff.tsx";

/** The ways one change can be looked at. */
export type DiffWay = keyof typeof words.ways;

const WAYS: { readonly [kind in Kind]?: readonly DiffWay[] } = { "plan-template": ["picture", "words", "text"], "decision-table": ["rows", "words", "text"] };
const OTHER_WAYS: readonly DiffWay[] = ["words", "text"];

interface DefinitionChangeProps {
  readonly diff: DefinitionDiff;
  readonly told: DefinitionWords;
  /** Undefined while the files are read. */
  readonly sides: Sides | undefined;
  /** The way somebody chose; otherwise the first of its kind, and words where no task and no row changed. */
  readonly way: string | undefined;
  readonly chooseWay: (way: DiffWay) => void;
  /** What else belongs to this definition, such as comments. */
  readonly children?: ReactNode;
}

/** What became of one definition: in words, as a picture or by rows where there is one, and as text. */
export function DefinitionChange({ diff, told, sides, way, chooseWay, children }: DefinitionChangeProps) {
  const { kind, key, title } = diff;
  const { icon: Icon, one } = KIND_LOOKS[kind];
  const ways = WAYS[kind] ?? OTHER_WAYS;
  const shown = ways.find((name) => name === way) ?? (hasElements(diff) ? ways[0] : undefined) ?? "words";
  return (
    <section className="diff-definition" aria-label={title}>
      <header>
        <Icon className="icon" aria-label={one} />
        <h2>
          <Link to={definitionPath(kind, key)}>{title}</Link>
        </h2>
        <DiffMark mark={diff.status} />
        <span className="meta">{"changes" in diff ? words.details(told.details.length) : words.whole[diff.status]}</span>
        <nav className="segmented small push" aria-label={words.waysOf(title)}>
          {ways.map((name) => (
            <button key={name} type="button" aria-pressed={name === shown} onClick={() => chooseWay(name)}>
              {words.ways[name]}
            </button>
          ))}
        </nav>
      </header>
      {sides === undefined && shown !== "words" ? <p className="loading">{words.loading}</p> : null}
      {sides !== undefined && shown === "picture" ? <PlanDiff diff={diff} sides={sides} /> : null}
      {sides !== undefined && shown === "rows" ? <Rows diff={diff} sides={sides} /> : null}
      {sides !== undefined && shown === "text" ? <TextDiff title={title} before={textIn(sides.before, kind, formerKey(diff))} after={textIn(sides.after, kind, key)} /> : null}
      {shown === "text" ? null : <InWords diff={diff} told={told} leaveOut={shown === "rows" ? "rows" : null} />}
      {children}
    </section>
  );
}

/** Whether something changed that a picture or rows would show. */
function hasElements(diff: DefinitionDiff): boolean {
  return !("changes" in diff) || diff.changes.some(({ within }) => within.length > 0);
}

function Rows({ diff, sides }: { readonly diff: DefinitionDiff; readonly sides: Sides }) {
  const before = useMemo(() => lookupIn(sides.before)("decision-table", formerKey(diff)) ?? null, [diff, sides]);
  const after = useMemo(() => lookupIn(sides.after)("decision-table", diff.key) ?? null, [diff, sides]);
  return <RowDiffTable title={diff.title} before={before} after={after} changes={changesOf(diff)} />;
}

/** Every single change as a sentence; those that another view shows already are left out. */
function InWords({ diff, told, leaveOut }: Pick<DefinitionChangeProps, "diff" | "told"> & { readonly leaveOut: string | null }) {
  const telling = tellingOf(changesOf(diff));
  const lines = "changes" in diff ? told.details.filter((_, index) => telling[index]?.path[0] !== leaveOut) : told.summary;
  if (lines.length === 0) return null;
  return (
    <ul className="details">
      {lines.map((line) => (
        <li key={line} data-change="words" tabIndex={-1}>
          <Emphasized text={line} />
        </li>
      ))}
    </ul>
  );
}

function changesOf(diff: DefinitionDiff): readonly Change[] {
  return "changes" in diff ? diff.changes : NO_CHANGES;
}

const NO_CHANGES: readonly Change[] = [];

function formerKey(diff: DefinitionDiff): string {
  return diff.status === "renamed" ? diff.from : diff.key;
}

function textIn(files: Sides["before"], kind: Kind, key: string): string {
  return files.get(pathOf(kind, key))?.text ?? "";
}
