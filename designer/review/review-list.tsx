import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { PencilLine, PencilRuler, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ChangeLine } from "../../server/promotion/change-view.ts";
import { draftsApi } from "../api/drafts.ts";
import { usePersona } from "../api/session.ts";
import { Blank } from "../app/blank-pages.tsx";
import { Link } from "../app/link.tsx";
import { Page } from "../app/page.tsx";
import { Person } from "../app/person.tsx";
import { Instant, Nothing } from "../look/parts.tsx";
import { review as words } from "../strings/review.ts";
import { DiscardDialog, RenameDialog } from "../workspace/draft-dialogs.tsx";
import { workOn } from "../workspace/use-workspace-page.ts";
import { ReviewTabs } from "./review-tabs.tsx";
import { StateBadge } from "./state-badge.tsx";
import "./review.css";

const route = getRouteApi("/review");

const STATES = { open: "open", waiting: "submitted", mine: "open", promoted: "promoted", all: null } as const;

/** How often the list looks for what others do. */
const OTHERS_MS = 5_000;

interface Asking {
  readonly what: "rename" | "discard";
  readonly draft: ChangeLine;
}

/** Change sets: what is being worked on, by whom, what waits for a review, what is live. */
export function ReviewListPage() {
  const { tab = "open" } = route.useSearch();
  const me = usePersona();
  const name = tab in STATES ? (tab as keyof typeof STATES) : "open";
  const query = new URLSearchParams({ limit: "100" });
  if (STATES[name] !== null) query.set("state", STATES[name]);
  if (name === "mine" && me !== null) query.set("author", me.persona);
  const { data, error } = useQuery({ queryKey: ["drafts", query.toString(), me?.persona], queryFn: () => draftsApi.list(query.toString()), refetchInterval: OTHERS_MS });
  const open = useQuery({ queryKey: ["open-changes", me?.persona], queryFn: draftsApi.openChanges, refetchInterval: OTHERS_MS });
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = (): void => setAsking(null);
  const sizes = new Map(open.data?.drafts.map((draft) => [draft.name, draft.paths.length]));
  return (
    <Page crumbs={[{ title: words.place, to: "/review" }, { title: words.changeSets }]}>
      <ReviewTabs current={name} />
      {error === null ? null : <Blank title={words.failed}><p>{error.message}</p></Blank>}
      {data === undefined && error === null ? <p className="loading">{words.loading}</p> : null}
      {data?.drafts.length === 0 ? <Blank title={words.none}><p>{words.noneNext}</p><Link to="/design" className="btn primary">{words.openDesign}</Link></Blank> : null}
      {data === undefined || data.drafts.length === 0 ? null : (
        <div className="scroll">
          <table className="table change-sets">
            <caption className="hidden">{words.changeSets}</caption>
            <thead>
              <tr>
                <th scope="col">{words.columns.title}</th>
                <th scope="col">{words.columns.state}</th>
                <th scope="col">{words.columns.changes}</th>
                <th scope="col">{words.columns.author}</th>
                <th scope="col">{words.columns.updated}</th>
                <th scope="col">
                  <span className="hidden">{words.columns.acts}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.drafts.map((draft) => (
                <tr key={draft.name}>
                  <th scope="row">
                    <Link to={`/review/${encodeURIComponent(draft.name)}`} title={draft.title}>{draft.title}</Link>
                  </th>
                  <td>
                    <StateBadge state={draft.state} />
                  </td>
                  <td>{sizes.has(draft.name) ? words.size(sizes.get(draft.name) ?? 0) : <Nothing />}</td>
                  <td>
                    <Person id={draft.author} avatar />
                  </td>
                  <td>
                    <Instant at={draft.updatedAt} />
                  </td>
                  <td>{draft.author === me?.persona && sizes.has(draft.name) ? <OwnActs draft={draft} ask={(what) => setAsking({ what, draft })} /> : null}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {asking?.what === "rename" ? <RenameDialog name={asking.draft.name} title={asking.draft.title} close={close} /> : null}
      {asking?.what === "discard" ? <DiscardDialog name={asking.draft.name} title={asking.draft.title} close={close} /> : null}
    </Page>
  );
}

function OwnActs({ draft: { name, title }, ask }: { readonly draft: ChangeLine; readonly ask: (what: Asking["what"]) => void }) {
  const navigate = route.useNavigate();
  return (
    <span className="row-acts">
      <button type="button" className="btn small icon quiet" aria-label={words.actOn(words.openDraft, title)} title={words.openDraft} onClick={() => void workOn(name).then(() => navigate({ to: "/design", search: { view: "drafts" } }))}>
        <PencilRuler aria-hidden="true" />
      </button>
      <button type="button" className="btn small icon quiet" aria-label={words.actOn(words.rename, title)} title={words.rename} onClick={() => ask("rename")}>
        <PencilLine aria-hidden="true" />
      </button>
      <button type="button" className="btn small icon quiet" aria-label={words.actOn(words.discard, title)} title={words.discard} onClick={() => ask("discard")}>
        <Trash2 aria-hidden="true" />
      </button>
    </span>
  );
}
