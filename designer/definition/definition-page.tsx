import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo, type LazyExoticComponent, type FunctionComponent } from "react";
import type { Kind } from "../../engine/language/kinds.ts";
import { Blank } from "../app/blank-pages.tsx";
import { Link } from "../app/link.tsx";
import { Page } from "../app/page.tsx";
import { KIND_LOOKS } from "../look/kind-look.ts";
import { definition as words } from "../strings/definition.ts";
import { library } from "../strings/library.ts";
import { SubmitButton } from "../review/submit-button.tsx";
import { sameFile } from "../workspace/file-state.ts";
import { OthersNotice } from "../workspace/others-notice.tsx";
import { SaveState } from "../workspace/save-state.tsx";
import { WorkspaceUnreadable } from "../workspace/unreadable.tsx";
import { UndoButtons } from "../workspace/undo-buttons.tsx";
import { useWorkspacePage } from "../workspace/use-workspace-page.ts";
import { isDefinition, pathOf, useFile, useWorkspace } from "../workspace/workspace.ts";
import { ProblemBar } from "./problem-bar.tsx";
import "./definition.css";

const route = getRouteApi("/design/$kind/$key");

/** What every way of showing a definition gets: the file, the selected place in it, and how to select another. */
export interface ViewProps {
  readonly path: string;
  readonly kind: Kind;
  readonly definitionKey: string;
  /** JSON Pointer of the selected place; empty for the whole. */
  readonly at: string;
  readonly select: (pointer: string) => void;
}

type ViewName = keyof typeof words.views;
type View = LazyExoticComponent<FunctionComponent<ViewProps>>;

const VIEWS: { readonly [name in ViewName]?: View } = {
  canvas: lazy(async () => ({ default: (await import("../plan/plan-editor.tsx")).PlanEditor })),
  grid: lazy(async () => ({ default: (await import("../grid/grid-view.tsx")).GridView })),
  form: lazy(async () => ({ default: (await import("../form/form-view.tsx")).FormView })),
  json: lazy(async () => ({ default: (await import("../code/code-view.tsx")).CodeView })),
};

const VIEWS_OF: { readonly [kind in Kind]?: readonly ViewName[] } = {
  "plan-template": ["canvas", "form", "json"],
  "decision-table": ["grid", "form", "json"],
};
const OTHER_VIEWS: readonly ViewName[] = ["form", "json"];

/** One definition: canvas, grid, form and JSON are views of one document with one history. */
export function DefinitionPage() {
  const status = useWorkspacePage();
  const { kind, key } = route.useParams();
  const path = pathOf(kind, key);
  const file = useFile(path);
  const look = Object.hasOwn(KIND_LOOKS, kind) ? KIND_LOOKS[kind as Kind] : null;
  const title = isDefinition(file?.content) ? file.content.title : key;
  const crumbs = [{ title: library.design, to: "/design" }, ...(look === null ? [] : [{ title: look.many, to: `/design?kind=${kind}` }]), { title }];
  const found = status.state === "ready" && file !== null && look !== null;
  return (
    <Page crumbs={crumbs} status={<SaveState />} action={<SubmitButton />}>
      {status.state === "loading" ? <p className="loading">{words.loading}</p> : null}
      {status.state === "failed" ? <WorkspaceUnreadable error={status.error} /> : null}
      {status.state === "ready" && !found ? (
        <Blank title={words.missing(look?.one ?? words.anyKind, key)}>
          <Link to="/design">{words.missingNext}</Link>
        </Blank>
      ) : null}
      {found ? <Document path={path} kind={kind as Kind} definitionKey={key} /> : null}
    </Page>
  );
}

function Document({ path, kind, definitionKey }: Pick<ViewProps, "path" | "kind" | "definitionKey">) {
  const { view, at = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const names = (VIEWS_OF[kind] ?? OTHER_VIEWS).filter((name) => VIEWS[name] !== undefined);
  const name = names.find((candidate) => candidate === view) ?? names[0] ?? "json";
  const View = VIEWS[name];
  const select = useMemo(() => (pointer: string): void => void navigate({ search: ({ at: _, ...rest }) => (pointer === "" ? rest : { ...rest, at: pointer }), replace: true }), [navigate]);
  const shownPlace = useWorkspace(({ shownPlace }) => shownPlace);
  useEffect(() => {
    if (shownPlace?.path === path) select(shownPlace.pointer);
  }, [shownPlace, path, select]);
  return (
    <div className="document">
      <div className="bar slim">
        <nav className="segmented" aria-label={words.view}>
          {names.map((candidate) => (
            <button key={candidate} type="button" aria-pressed={candidate === name} onClick={() => void navigate({ search: (search) => ({ ...search, view: candidate }) })}>
              {words.views[candidate]}
            </button>
          ))}
        </nav>
        <span className="divider" />
        <UndoButtons />
        <span className="push meta">
          <Standing path={path} />
        </span>
      </div>
      <OthersNotice path={path} />
      <div className="document-view">
        <Suspense fallback={<p className="loading">{words.loading}</p>}>{View === undefined ? null : <View path={path} kind={kind} definitionKey={definitionKey} at={at} select={select} />}</Suspense>
      </div>
      <ProblemBar path={path} at={at} select={select} />
    </div>
  );
}

/** How the draft of this file stands to what is live. */
function Standing({ path }: { readonly path: string }) {
  const live = useWorkspace(({ baseFiles }) => baseFiles.get(path));
  const file = useFile(path);
  const version = isDefinition(live?.content) ? words.live(live.content.version) : words.notLive;
  return <>{live !== undefined && !sameFile(live, file) ? `${version}, ${words.edited}` : version}</>;
}
