import { ChevronDown, ChevronRight, CircleX, TriangleAlert } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { form as words } from "../strings/form.ts";
import { isInside } from "./place.ts";

interface SectionProps {
  readonly title: string;
  readonly pointer: string;
  /** How many elements a list has; null for an object. */
  readonly count: number | null;
  /** The place one wants to go to; a section around it is open. */
  readonly at: string;
  readonly problems: readonly Diagnostic[];
  readonly help: ReactNode;
  readonly children: ReactNode;
}

/** A group of fields or a list: its head stays in view while one scrolls through it, and says how much is wrong inside. */
export function Section({ title, pointer, count, at, problems, help, children }: SectionProps) {
  const head = useId();
  // A section shut by hand opens again when one goes to a place inside.
  const [shutAt, setShutAt] = useState<string | null>(null);
  const open = shutAt === null || (shutAt !== at && isInside(at, pointer));
  return (
    <section className="section" data-pointer={pointer} aria-labelledby={head}>
      <div className="section-head">
        <button type="button" className="section-toggle" aria-expanded={open} onClick={() => setShutAt(open ? at : null)}>
          {open ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
          <span id={head} className="trunc">{title}</span>
          {count === null ? null : <span className="count">{count}</span>}
        </button>
        <ProblemCount problems={problems} />
        {help}
      </div>
      {open ? <div className="section-body">{children}</div> : null}
    </section>
  );
}

/** How many errors and warnings there are inside something. */
export function ProblemCount({ problems }: { readonly problems: readonly Diagnostic[] }) {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (problems.length === 0) return null;
  return (
    <span className={errors > 0 ? "problem-count f-failed" : "problem-count f-attention"} title={words.problemsInside(problems.length)}>
      {errors > 0 ? <CircleX aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
      <span aria-label={words.problemsInside(problems.length)}>{errors > 0 ? errors : problems.length}</span>
    </span>
  );
}
