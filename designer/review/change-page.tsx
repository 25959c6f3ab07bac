import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ChevronRight, ExternalLink } from "lucide-react";
import { Fragment } from "react";
import type { ChangeView } from "../../server/promotion/change-view.ts";
import { draftsApi } from "../api/drafts.ts";
import { usePersona } from "../api/session.ts";
import { Blank } from "../app/blank-pages.tsx";
import { Link } from "../app/link.tsx";
import { Page } from "../app/page.tsx";
import { Instant } from "../look/parts.tsx";
import { review as words } from "../strings/review.ts";
import { ApprovalPanel } from "./approval-panel.tsx";
import { CommentsPanel } from "./comments-panel.tsx";
import { DiffSection } from "./diff-section.tsx";
import { PrimaryAction } from "./primary-action.tsx";
import { StateBadge } from "./review-list.tsx";
import { ChecksPanel, ImpactPanel, ScenariosPanel } from "./section-panels.tsx";
import "./review.css";

const route = getRouteApi("/review/$draft");

/** How often the page looks again while something is being computed. */
const COMPUTING_MS = 700;

/** One change set with everything a reviewer needs: what changes in words and pictures, checks, scenarios, orders in flight, and the decisions. */
export function ChangePage() {
  const { draft } = route.useParams();
  const me = usePersona();
  const queries = useQueryClient();
  const change = useQuery({ queryKey: ["draft", draft, me?.persona], queryFn: () => draftsApi.one(draft) });
  const page = useQuery({
    queryKey: ["review", draft, change.data?.head, change.data?.live],
    queryFn: () => draftsApi.review(draft),
    enabled: change.data !== undefined,
    refetchInterval: ({ state: { data } }) => (data !== undefined && Object.values(data.sections).some(({ state }) => state === "waiting" || state === "computing") ? COMPUTING_MS : false),
  });
  const view = change.data;
  const again = async (): Promise<void> => {
    await queries.invalidateQueries();
  };
  const crumbs = [{ title: words.place, to: "/review" }, { title: words.changeSets, to: "/review" }, { title: view?.title ?? draft }];
  return (
    <Page crumbs={crumbs} action={view === undefined ? null : <PrimaryAction view={view} done={again} />}>
      {change.error === null ? null : <Blank title={words.failed}><p>{change.error.message}</p><Link to="/review">{words.changeSets}</Link></Blank>}
      {view === undefined ? (change.error === null ? <p className="loading">{words.loading}</p> : null) : (
        <div className="change">
          <div className="change-main">
            <Head view={view} />
            <DiffSection section={page.data?.sections.diff} view={view} />
          </div>
          <aside className="pane right change-side">
            <ApprovalPanel view={view} done={again} />
            <ChecksPanel section={page.data?.sections.checks} />
            <ScenariosPanel section={page.data?.sections.scenarios} />
            <ImpactPanel section={page.data?.sections.impact} />
            <CommentsPanel view={view} done={again} />
            <Steps view={view} />
          </aside>
        </div>
      )}
    </Page>
  );
}

function Head({ view }: { readonly view: ChangeView }) {
  const reached = view.state === "DRAFT" ? 0 : view.state === "SUBMITTED" ? 1 : view.state === "APPROVED" ? 2 : 3;
  return (
    <header className="change-head">
      <div>
        <h1>{view.title}</h1>
        <StateBadge state={view.state} />
        <span className="chip mono">{view.branch}</span>
        <span className="meta">
          {view.authors.join(", ")}, <Instant at={view.updatedAt} />
        </span>
        <span className="push change-path" aria-hidden="true">
          {words.path.map((step, index) => (
            <Fragment key={step}>
              {index > 0 ? <ChevronRight /> : null}
              <span className={index === reached ? "now" : ""}>{step}</span>
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
      {view.reason === "" ? null : <p className="text-2">{view.reason}</p>}
      {view.behind ? <p className="f-attention notice">{words.behind}</p> : null}
      {view.alsoChangedBy.map(({ draft, author }) => (
        <p key={draft} className="f-attention notice">
          <Link to={`/review/${encodeURIComponent(draft)}`}>{words.alsoChangedBy(author)}</Link>
        </p>
      ))}
    </header>
  );
}

function Steps({ view }: { readonly view: ChangeView }) {
  return (
    <section>
      <h2>{words.steps}</h2>
      <ol className="steps">
        {view.steps.toReversed().map(({ number, at, actor, action, text }) => (
          <li key={number}>
            <span className="meta nowrap">
              <Instant at={at} />
            </span>
            <span>
              <b>{actor}</b> {words.actions[action]}
              {text === "" || text === null ? null : <span className="text-2"> {text}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
