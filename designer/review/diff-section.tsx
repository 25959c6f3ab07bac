import { useMemo, useRef, type ReactNode } from "react";
import type { DefinitionDiff } from "../../engine/diff/definition-diff.ts";
import type { DiffReport } from "../../server/promotion/review-sections.ts";
import { review as words } from "../strings/review.ts";
import { ChangeWalk } from "./change-walk.tsx";
import { DefinitionChange, type DiffWay } from "./definition-change.tsx";
import { Emphasized } from "../look/emphasized.tsx";
import type { Sides } from "./sides.ts";

/** The way of looking at each definition that was chosen, by `kind/key`. */
export type ChosenWays = { readonly [definition: string]: string };

interface DiffSectionProps {
  readonly report: DiffReport;
  readonly sides: Sides | undefined;
  readonly ways: ChosenWays;
  readonly chooseWays: (ways: ChosenWays) => void;
  /** What else belongs to a definition. */
  readonly also?: (diff: DefinitionDiff) => ReactNode;
}

/** What changes: first in a few words, then definition by definition. */
export function DiffSection({ report, sides, ways, chooseWays, also }: DiffSectionProps) {
  const root = useRef<HTMLDivElement>(null);
  const told = useMemo(() => new Map(report.definitions.map((one) => [`${one.kind}/${one.key}`, one])), [report]);
  return (
    <div ref={root}>
      <section className="summary" aria-label={words.summary}>
        {report.words.length === 0 ? <p className="muted">{words.nothingChanges}</p> : null}
        <ul>
          {report.words.map((line) => (
            <li key={line}>
              <Emphasized text={line} />
            </li>
          ))}
        </ul>
      </section>
      {report.words.length === 0 ? null : <ChangeWalk root={root} />}
      {report.diff.definitions.map((diff) => {
        const id = `${diff.kind}/${diff.key}`;
        const own = told.get(id);
        if (own === undefined) return null;
        return (
          <DefinitionChange key={id} diff={diff} told={own} sides={sides} way={ways[id]} chooseWay={(way: DiffWay) => chooseWays({ ...ways, [id]: way })}>
            {also?.(diff)}
          </DefinitionChange>
        );
      })}
    </div>
  );
}
