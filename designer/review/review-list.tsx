import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { draftsApi } from "../api/drafts.ts";
import { usePersona } from "../api/session.ts";
import { Blank } from "../app/blank-pages.tsx";
import { Link } from "../app/link.tsx";
import { Person } from "../app/person.tsx";
import { Page } from "../app/page.tsx";
import { Instant } from "../look/parts.tsx";
import { review as words } from "../strings/review.ts";
import { StateBadge } from "./state-badge.tsx";
import "./review.css";

const route = getRouteApi("/review");

const QUERIES = { open: "state=open", promoted: "state=promoted", all: "" } as const;

/** Change sets: what is being worked on, what waits for a review, what is live. */
export function ReviewListPage() {
  const { tab = "open" } = route.useSearch();
  const me = usePersona();
  const name = tab in QUERIES ? (tab as keyof typeof QUERIES) : "open";
  const { data, error } = useQuery({ queryKey: ["drafts", name, me?.persona], queryFn: () => draftsApi.list(`${QUERIES[name]}${QUERIES[name] === "" ? "" : "&"}limit=100`) });
  return (
    <Page crumbs={[{ title: words.place, to: "/review" }, { title: words.changeSets }]}>
      <nav className="tabs" aria-label={words.changeSets}>
        {(Object.keys(QUERIES) as (keyof typeof QUERIES)[]).map((key) => (
          <Link key={key} to={`/review?tab=${key}`} current={key === name}>
            {words.tabs[key]}
          </Link>
        ))}
        <Link to="/review/releases">{words.releases}</Link>
      </nav>
      {error === null ? null : <Blank title={words.failed}><p>{error.message}</p></Blank>}
      {data === undefined && error === null ? <p className="loading">{words.loading}</p> : null}
      {data?.drafts.length === 0 ? <Blank title={words.none}><p>{words.noneNext}</p><Link to="/design">{words.openDraft}</Link></Blank> : null}
      {data === undefined || data.drafts.length === 0 ? null : (
        <div className="scroll">
          <table className="table change-sets">
            <thead>
              <tr>
                <th scope="col">{words.columns.title}</th>
                <th scope="col">{words.columns.state}</th>
                <th scope="col">{words.columns.author}</th>
                <th scope="col">{words.columns.updated}</th>
              </tr>
            </thead>
            <tbody>
              {data.drafts.map(({ name: draft, title, state, author, updatedAt }) => (
                <tr key={draft}>
                  <th scope="row">
                    <Link to={`/review/${encodeURIComponent(draft)}`}>{title}</Link>
                  </th>
                  <td>
                    <StateBadge state={state} />
                  </td>
                  <td>
                    <Person id={author} avatar />
                  </td>
                  <td>
                    <Instant at={updatedAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
}
