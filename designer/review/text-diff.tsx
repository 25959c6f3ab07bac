import { useMemo, useState } from "react";
import { review as words } from "../strings/review.ts";
import { foldSame } from "./fold.ts";
import { diffLines, type LineDiff } from "./line-diff.ts";

/** Lines that are the same and stand around a change. */
const LINES_AROUND = 3;
const SIGNS = { same: " ", added: "+", removed: "−" } as const;

/** The canonical texts, line by line: what was is struck through, what is new underlined, what is the same folded away. */
export function TextDiff({ title, before, after }: { readonly title: string; readonly before: string; readonly after: string }) {
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const stretches = useMemo(() => foldSame(lines, ({ mark }) => mark === "same", LINES_AROUND, opened), [lines, opened]);
  const starts = useMemo(() => new Set(lines.filter((line, index) => line.mark !== "same" && (lines[index - 1]?.mark ?? "same") === "same")), [lines]);
  return (
    <div className="text-diff" role="group" aria-label={words.textOf(title)}>
      {lines.length > 0 && starts.size === 0 ? <p className="muted">{words.sameText}</p> : null}
      {stretches.map(({ folded, start, items }) =>
        folded ? (
          <button key={start} type="button" className="btn small quiet" onClick={() => setOpened((open) => new Set([...open, start]))}>
            {words.sameLines(items.length)}
          </button>
        ) : (
          <pre key={start}>
            {items.map((line) => (
              <Line key={`${line.mark} ${line.before ?? ""} ${line.after ?? ""}`} line={line} begins={starts.has(line)} />
            ))}
          </pre>
        ),
      )}
    </div>
  );
}

function Line({ line: { mark, text, before, after }, begins }: { readonly line: LineDiff; readonly begins: boolean }) {
  const Text = mark === "added" ? "ins" : mark === "removed" ? "del" : "span";
  return (
    <div className={mark} {...(begins ? { "data-change": "text", tabIndex: -1 } : {})}>
      <i>{before}</i>
      <i>{after}</i>
      <b>{SIGNS[mark]}</b>
      <Text>{text}</Text>
    </div>
  );
}
