import { useState } from "react";
import type { ChangeView } from "../../server/promotion/change-view.ts";
import { draftsApi } from "../api/drafts.ts";
import { Person, usePersonName } from "../app/person.tsx";
import { Instant } from "../look/parts.tsx";
import { review as words } from "../strings/review.ts";

/** What reviewers and authors say to each other. */
export function CommentsPanel({ view, done }: { readonly view: ChangeView; readonly done: () => Promise<void> }) {
  const nameOf = usePersonName();
  const [text, setText] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  const attempt = async (perform: () => Promise<unknown>): Promise<void> => {
    setTrouble(null);
    try {
      await perform();
      await done();
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
  };
  const send = (): void => void attempt(async () => {
    await draftsApi.comment(view.name, text.trim());
    setText("");
  });
  return (
    <section>
      <h2>
        {words.comments} <span className="count">{view.comments.length}</span>
      </h2>
      {trouble === null ? null : <p className="trouble" role="alert">{trouble}</p>}
      <ul className="comments">
        {view.comments.map(({ number, by, at, text: said, resolvedBy }) => (
          <li key={number} className={resolvedBy === null ? "" : "resolved"}>
            <p>
              <b>
                <Person id={by} avatar />
              </b>{" "}
              <span className="meta">
                <Instant at={at} />
              </span>
            </p>
            <p>{said}</p>
            {resolvedBy === null ? (
              <button type="button" className="btn small quiet" onClick={() => void attempt(() => draftsApi.resolve(view.name, number))}>
                {words.resolve}
              </button>
            ) : (
              <p className="meta">{words.resolvedBy(nameOf(resolvedBy))}</p>
            )}
          </li>
        ))}
      </ul>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <textarea className="input" rows={2} aria-label={words.commentField} placeholder={words.commentField} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <button type="submit" className="btn small" disabled={text.trim() === ""}>
          {words.comment}
        </button>
      </form>
    </section>
  );
}
