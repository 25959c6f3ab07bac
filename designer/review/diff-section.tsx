import { useMemo } from "react";
import type { DefinitionDiff } from "../../engine/diff/definition-diff.ts";
import type { Section } from "../../server/promotion/review-desk.ts";
import type { DiffReport } from "../../server/promotion/review-sections.ts";
import type { ChangeView } from "../../server/promotion/change-view.ts";
import { Link } from "../app/link.tsx";
import { definitionPath } from "../library/definition-path.ts";
import { KIND_LOOKS } from "../look/kind-look.ts";
import { review as words } from "../strings/review.ts";
import { PlanDiff } from "./plan-diff.tsx";

interface DiffSectionProps {
  readonly section: Section<DiffReport> | undefined;
  readonly view: ChangeView;
}

/** What changes: first in words, then definition by definition, plans as pictures. */
export function DiffSection({ section, view }: DiffSectionProps) {
  const report = section?.state === "done" ? section.result : null;
  const byId = useMemo(() => new Map(report?.diff.definitions.map((one) => [`${one.kind}/${one.key}`, one])), [report]);
  if (report === null) {
    return <p className="loading">{section?.state === "failed" ? section.detail : words.waiting}</p>;
  }
  return (
    <>
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
      {report.definitions.map(({ kind, key, title, details }) => {
        const { icon: Icon, one } = KIND_LOOKS[kind];
        const diff = byId.get(`${kind}/${key}`);
        return (
          <section key={`${kind}/${key}`} className="diff-definition">
            <header>
              <Icon className="icon" aria-label={one} />
              <h2>
                <Link to={definitionPath(kind, key)}>{title}</Link>
              </h2>
              <DiffTag diff={diff} />
              <span className="meta">{words.details(details.length)}</span>
            </header>
            {kind === "plan-template" && diff !== undefined && "changes" in diff ? <PlanDiff draft={view.name} base={view.base} definition={diff} /> : null}
            <ul className="details">
              {details.map((line) => (
                <li key={line}>
                  <Emphasized text={line} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

const TAGS = { added: "+", removed: "−", changed: "~", renamed: "↔" } as const;

function DiffTag({ diff }: { readonly diff: DefinitionDiff | undefined }) {
  return diff === undefined ? null : <span className="diff-mark" title={diff.status}>{TAGS[diff.status]}</span>;
}

/** Words in asterisks are names. */
function Emphasized({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/\*([^*]+)\*/).map((part, index) => (index % 2 === 1 ? <b key={index}>{part}</b> : part))}
    </>
  );
}
