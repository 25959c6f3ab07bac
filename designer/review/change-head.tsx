import { ChevronRight, ExternalLink, GitBranch } from "lucide-react";
import { Fragment } from "react";
import type { ChangeSetState } from "../../server/promotion/change-set.ts";
import type { ChangeView } from "../../server/promotion/change-view.ts";
import { Link } from "../app/link.tsx";
import { Person, usePersonName } from "../app/person.tsx";
import { Instant } from "../look/parts.tsx";
import { review as words } from "../strings/review.ts";
import { StateBadge } from "./state-badge.tsx";
import { TakeIn } from "./take-in.tsx";

const REACHED: { readonly [state in ChangeSetState]: number } = { DRAFT: 0, SUBMITTED: 1, APPROVED: 2, PROMOTED: 3, SUPERSEDED: 3, WITHDRAWN: 0 };

/** What a change set is called, where it stands, whose it is, and what else concerns the same definitions. */
export function ChangeHead({ view }: { readonly view: ChangeView }) {
  const nameOf = usePersonName();
  const sent = view.steps.findLast(({ action }) => action === "submitted");
  return (
    <header className="change-head">
      <div>
        <h1>{view.title}</h1>
        <StateBadge state={view.state} />
        <span className="meta people">
          {view.authors.map((author) => (
            <Person key={author} id={author} avatar />
          ))}
        </span>
        <span className="meta">
          {words.size(view.changes.length)}, {sent === undefined || view.state === "DRAFT" ? words.changedAt : words.sentAt} <Instant at={sent === undefined || view.state === "DRAFT" ? view.updatedAt : sent.at} />
        </span>
        <span className="push change-path" aria-hidden="true">
          {words.path.map((step, index) => (
            <Fragment key={step}>
              {index > 0 ? <ChevronRight /> : null}
              <span className={index === REACHED[view.state] ? "now" : ""}>{step}</span>
            </Fragment>
          ))}
        </span>
        {view.pullRequestUrl === null ? null : (
          <a href={view.pullRequestUrl} className="btn small" rel="noreferrer" target="_blank">
            <ExternalLink aria-hidden="true" />
            {words.pullRequest}
          </a>
        )}
      </div>
      <div>
        {view.reason === "" ? null : <p className="text-2">{view.reason}</p>}
        <span className="branch mono muted trunc" title={view.branch}>
          <GitBranch aria-hidden="true" />
          {view.branch}
        </span>
      </div>
      {view.behind ? <TakeIn view={view} /> : null}
      {view.alsoChangedBy.map(({ draft, author }) => (
        <p key={draft} className="f-attention notice">
          {words.alsoChangedBy(nameOf(author))} <Link to={`/review/${encodeURIComponent(draft)}`}>{words.lookAtIt}</Link>
        </p>
      ))}
    </header>
  );
}
