import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ArrowLeftRight } from "lucide-react";
import { useMemo } from "react";
import { usePersona } from "../api/session.ts";
import { Blank } from "../app/blank-pages.tsx";
import { Link } from "../app/link.tsx";
import { Page } from "../app/page.tsx";
import { review as words } from "../strings/review.ts";
import { compareSides, readSide, type ComparedSide } from "./compared.ts";
import { DiffSection } from "./diff-section.tsx";
import { Working } from "./working.tsx";
import "./review.css";

const route = getRouteApi("/review/compare");

/** Any two releases, drafts, or what is live, beside each other; both stand in the address. */
export function ComparePage() {
  const { from = "live", to = "live", only, as = {} } = route.useSearch();
  const navigate = route.useNavigate();
  const me = usePersona();
  const left = useQuery({ queryKey: ["compared", from, me?.persona], queryFn: () => readSide(from) });
  const right = useQuery({ queryKey: ["compared", to, me?.persona], queryFn: () => readSide(to) });
  const sides = useMemo(() => (left.data === undefined || right.data === undefined ? null : { before: left.data.files, after: right.data.files }), [left.data, right.data]);
  const report = useMemo(() => (sides === null ? null : compareSides(sides.before, sides.after, only)), [sides, only]);
  const error = left.error ?? right.error;
  return (
    <Page crumbs={[{ title: words.place, to: "/review" }, { title: words.history, to: "/review/releases" }, { title: words.compare }]}>
      {error === null ? null : <Blank title={words.failed}><p>{error.message}</p><Link to="/review/releases">{words.history}</Link></Blank>}
      {error !== null ? null : (
        <div className="change-main compare">
          <header className="change-head">
            <div>
              <h1>{words.compare}</h1>
              <SideTitle side={left.data} />
              <span aria-hidden="true">→</span>
              <SideTitle side={right.data} />
              <button type="button" className="btn small push" onClick={() => void navigate({ search: (search) => ({ ...search, from: to, to: from }) })}>
                <ArrowLeftRight aria-hidden="true" />
                {words.turnAround}
              </button>
              {only === undefined ? null : (
                <button type="button" className="btn small" onClick={() => void navigate({ search: ({ only: _, ...rest }) => rest })}>
                  {words.compareAll}
                </button>
              )}
            </div>
          </header>
          {report === null ? <div className="working-main"><Working name="diff" section={{ state: "computing", done: 0, total: 0 }} lines={5} /></div> : null}
          {report === null || sides === null ? null : <DiffSection report={report} sides={sides} ways={as} chooseWays={(ways) => void navigate({ search: (search) => ({ ...search, as: ways }), replace: true })} />}
        </div>
      )}
    </Page>
  );
}

function SideTitle({ side }: { readonly side: ComparedSide | undefined }) {
  if (side === undefined) return <span className="muted">{words.loading}</span>;
  const text = words.sides[side.what](side.title);
  return side.draft === null ? <b>{text}</b> : <Link to={`/review/${encodeURIComponent(side.draft)}`}>{text}</Link>;
}
