import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ChangeView } from "../../server/promotion/change-view.ts";
import type { Section } from "../../server/promotion/review-desk.ts";
import type { DiffReport } from "../../server/promotion/review-sections.ts";
import { draftsApi } from "../api/drafts.ts";
import { usePersona } from "../api/session.ts";
import { Blank } from "../app/blank-pages.tsx";
import { Link } from "../app/link.tsx";
import { Page } from "../app/page.tsx";
import { review as words } from "../strings/review.ts";
import { ApprovalPanel } from "./approval-panel.tsx";
import { ChangeHead } from "./change-head.tsx";
import { CommentsPanel } from "./comments-panel.tsx";
import { DiffSection } from "./diff-section.tsx";
import { PrimaryAction } from "./primary-action.tsx";
import { ChecksPanel, ImpactPanel, ScenariosPanel } from "./section-panels.tsx";
import { useDraftSides } from "./sides.ts";
import { StepsPanel } from "./steps-panel.tsx";
import { Working } from "./working.tsx";
import "./review.css";

const route = getRouteApi("/review/$draft");

/** How often the page looks again while something is being computed. */
const COMPUTING_MS = 700;
/** How often it looks for what others do. */
const OTHERS_MS = 5_000;

/** One change set with everything a reviewer needs: what changes in words and pictures, checks, scenarios, orders in flight, and the decisions. */
export function ChangePage() {
  const { draft } = route.useParams();
  const me = usePersona();
  const queries = useQueryClient();
  const change = useQuery({ queryKey: ["draft", draft, me?.persona], queryFn: () => draftsApi.one(draft), refetchInterval: OTHERS_MS });
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
            <ChangeHead view={view} />
            <Differences section={page.data?.sections.diff} view={view} />
          </div>
          <aside className="pane right change-side">
            <ApprovalPanel view={view} done={again} />
            <ChecksPanel section={page.data?.sections.checks} />
            <ScenariosPanel section={page.data?.sections.scenarios} />
            <ImpactPanel section={page.data?.sections.impact} />
            <CommentsPanel view={view} done={again} />
            <StepsPanel view={view} />
          </aside>
        </div>
      )}
    </Page>
  );
}

/** What the draft changes, as soon as it is compared; the way each definition is looked at stands in the address. */
function Differences({ section, view }: { readonly section: Section<DiffReport> | undefined; readonly view: ChangeView }) {
  const { as = {} } = route.useSearch();
  const navigate = route.useNavigate();
  const sides = useDraftSides(view.name, view.base, view.head);
  if (section?.state !== "done") {
    return (
      <div className="working-main">
        <Working name="diff" section={section} lines={5} />
      </div>
    );
  }
  return <DiffSection report={section.result} sides={sides} ways={as} chooseWays={(ways) => void navigate({ search: { as: ways }, replace: true })} />;
}
