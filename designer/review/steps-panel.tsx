import type { ChangeView } from "../../server/promotion/change-view.ts";
import { Person } from "../app/person.tsx";
import { Instant } from "../look/parts.tsx";
import { review as words } from "../strings/review.ts";

/** Everything that happened to a change set, the latest first. */
export function StepsPanel({ view }: { readonly view: ChangeView }) {
  return (
    <section>
      <h2>{words.steps}</h2>
      <ol className="steps">
        {view.steps.toReversed().map(({ number, at, actor, action, text }) => (
          <li key={number}>
            <p>
              <b>
                <Person id={actor} />
              </b>{" "}
              {words.actions[action]}{" "}
              <span className="meta nowrap">
                <Instant at={at} />
              </span>
            </p>
            {text === "" || text === null || action === "commented" ? null : <p className="text-2">{text}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
