import { review as words } from "../strings/review.ts";

const TAGS = { added: "+", removed: "−", changed: "~", renamed: "↔", moved: "↕" } as const;

/** What became of a thing, in the one look differences have everywhere. */
export function DiffMark({ mark }: { readonly mark: keyof typeof TAGS }) {
  return (
    <span className="diff-mark" role="img" aria-label={words.marks[mark]} title={words.marks[mark]}>
      {TAGS[mark]}
    </span>
  );
}
