import type { Section } from "../../server/promotion/review-desk.ts";
import { review as words } from "../strings/review.ts";

type Named = keyof typeof words.working;

interface WorkingProps {
  readonly name: Named;
  readonly section: Section<unknown> | undefined;
  /** How many lines will stand here, roughly. */
  readonly lines?: number;
}

const WAITING = { state: "waiting" } as const;

/** What is being computed, how far it is, and the shape of what will stand here. */
export function Working({ name, section = WAITING, lines = 2 }: WorkingProps) {
  if (section.state === "done") return null;
  if (section.state === "failed") return <p className="f-failed notice">{section.detail}</p>;
  const total = section.state === "computing" ? section.total : 0;
  const done = section.state === "computing" ? section.done : 0;
  return (
    <div className="working" role="status">
      <p className="muted">{section.state === "waiting" ? words.queued[name] : total === 0 ? words.working[name] : words.progress[name](done, total)}</p>
      {total === 0 ? null : <progress value={done} max={total} aria-label={words.working[name]} />}
      <div aria-hidden="true">
        {Array.from({ length: lines }, (_, index) => (
          <i key={index} />
        ))}
      </div>
    </div>
  );
}
