import { getRouteApi } from "@tanstack/react-router";
import { CircleX, Library, Pencil, Search, TriangleAlert, Unlink, UsersRound, type LucideIcon } from "lucide-react";
import { useMemo, useRef, type KeyboardEvent } from "react";
import type { Kind } from "../../engine/language/kinds.ts";
import { Blank } from "../app/blank-pages.tsx";
import { useCommands, type Command } from "../app/commands.ts";
import { Link } from "../app/link.tsx";
import { Page } from "../app/page.tsx";
import { initials, usePersonName } from "../app/person.tsx";
import { Keys } from "../app/parts.tsx";
import { KIND_LOOKS } from "../look/kind-look.ts";
import { Nothing } from "../look/parts.tsx";
import { library as words } from "../strings/library.ts";
import { useProblems } from "../workspace/problems.ts";
import { SubmitButton } from "../review/submit-button.tsx";
import { SaveState } from "../workspace/save-state.tsx";
import { WorkspaceUnreadable } from "../workspace/unreadable.tsx";
import { useOtherDrafts } from "../workspace/open-changes.ts";
import { UndoButtons } from "../workspace/undo-buttons.tsx";
import { useWorkspacePage } from "../workspace/use-workspace-page.ts";
import { useWorkspace } from "../workspace/workspace.ts";
import { definitionPath } from "./definition-path.ts";
import { filterRows, isUnused, libraryRows, type LibraryRow } from "./library-rows.ts";
import { NewDefinitionButton } from "./new-definition.tsx";
import { Peek } from "./peek.tsx";
import "./library.css";

const route = getRouteApi("/design");

/** All definitions: find one, see where it stands, open it. */
export function LibraryPage() {
  const status = useWorkspacePage();
  return (
    <Page crumbs={[{ title: words.design, to: "/design" }, { title: words.title }]} status={<SaveState />} action={<Actions />}>
      {status.state === "loading" ? <p className="loading">{words.loading}</p> : null}
      {status.state === "failed" ? (
        <WorkspaceUnreadable error={status.error} />
      ) : null}
      {status.state === "ready" ? <Definitions /> : null}
    </Page>
  );
}

/** What one does here most is beginning a definition; what one has done goes on to review. */
function Actions() {
  const { kind } = route.useSearch();
  return (
    <>
      <SubmitButton className="btn" />
      <NewDefinitionButton kind={kind !== undefined && Object.hasOwn(KIND_LOOKS, kind) ? (kind as Kind) : null} />
    </>
  );
}

function Definitions() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { baseFiles, history, live } = useWorkspace();
  const { diagnostics, uses } = useProblems();
  const others = useOtherDrafts();
  const all = useMemo(() => libraryRows(baseFiles, history.files, diagnostics, uses, others), [baseFiles, history.files, diagnostics, uses, others]);
  const shown = filterRows(all, search);
  const peeked = all.find(({ kind, key }) => search.peek === `${kind}/${key}`) ?? null;
  const peek = (row: LibraryRow | null): void => void navigate({ search: ({ peek: _, ...rest }) => (row === null ? rest : { ...rest, peek: `${row.kind}/${row.key}` }), replace: true });
  return (
    <div className={peeked === null ? "library" : "library with-peek"}>
      <KindPane all={all} releaseName={live?.name ?? ""} />
      <section className="library-list" aria-label={words.title}>
        <FilterBar shown={shown.length} all={all.length} />
        {shown.length === 0 ? (
          <Blank title={words.nothing}>
            <Link to="/design">{words.nothingNext}</Link>
          </Blank>
        ) : (
          <DefinitionTable rows={shown} peeked={peeked} peek={peek} />
        )}
        <footer className="foot">
          <span>{words.counted(shown.length, shown.filter(({ change }) => change !== null).length)}</span>
          <span className="push hints">
            {words.keys.press} <Keys keys="Enter" /> {words.keys.open}, <Keys keys="Space" /> {words.keys.peek}, <Keys keys="N" /> {words.keys.create}
          </span>
        </footer>
      </section>
      {peeked === null ? null : <Peek row={peeked} rows={all} diagnostics={diagnostics.filter(({ file }) => file === peeked.path)} close={() => peek(null)} />}
    </div>
  );
}

function KindPane({ all, releaseName }: { readonly all: readonly LibraryRow[]; readonly releaseName: string }) {
  const { kind, view } = route.useSearch();
  const known = useProblems(({ uses }) => uses.length > 0);
  const count = (test: (row: LibraryRow) => boolean): number => all.filter(test).length;
  return (
    <aside className="pane left">
      <h2 className="pane-head">{words.kinds}</h2>
      <nav className="side-list" aria-label={words.kinds}>
        <SideLink to="/design" icon={Library} title={words.allKinds} count={all.length} current={kind === undefined && view === undefined} />
        {Object.entries(KIND_LOOKS).map(([key, { many, icon }]) => (
          <SideLink key={key} to={`/design?kind=${key}`} icon={icon} title={many} count={count((row) => row.kind === (key as Kind))} current={kind === key} />
        ))}
        <h3 className="list-head">{words.views}</h3>
        <SideLink to="/design?view=drafts" icon={Pencil} title={words.viewNames.drafts} count={count(({ change }) => change !== null)} current={view === "drafts"} />
        <SideLink to="/design?view=others" icon={UsersRound} title={words.viewNames.others} count={count(({ others }) => others.length > 0)} current={view === "others"} />
        <SideLink to="/design?view=problems" icon={TriangleAlert} title={words.viewNames.problems} count={count(({ errors, warnings }) => errors + warnings > 0)} current={view === "problems"} />
        <SideLink to="/design?view=unused" icon={Unlink} title={words.viewNames.unused} count={known ? count(isUnused) : null} current={view === "unused"} />
      </nav>
      <footer className="foot">
        <span>{words.liveRelease}</span>
        <b>{releaseName}</b>
      </footer>
    </aside>
  );
}

interface SideLinkProps {
  readonly to: string;
  readonly icon: LucideIcon;
  readonly title: string;
  /** Null while it is not known. */
  readonly count: number | null;
  readonly current: boolean;
}

function SideLink({ to, icon: Icon, title, count, current }: SideLinkProps) {
  return (
    <Link to={to} current={current} className="side-link">
      <Icon aria-hidden="true" />
      <span className="trunc">{title}</span>
      <span className="count">{count}</span>
    </Link>
  );
}

function FilterBar({ shown, all }: { readonly shown: number; readonly all: number }) {
  const { q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const field = useRef<HTMLInputElement>(null);
  useCommands(useMemo<readonly Command[]>(() => [{ id: "library.filter", title: words.filter, group: words.title, keys: "/", run: () => field.current?.focus() }], []));
  const change = (text: string): void => void navigate({ search: ({ q: _, ...rest }) => (text === "" ? rest : { ...rest, q: text }), replace: true });
  return (
    <div className="bar">
      <label className="search">
        <Search aria-hidden="true" />
        <span className="hidden">{words.filter}</span>
        <input ref={field} type="search" placeholder={words.filter} value={q} onChange={(event) => change(event.currentTarget.value)} />
      </label>
      <UndoButtons />
      <span className="push meta">{words.shown(shown, all)}</span>
    </div>
  );
}

interface TableProps {
  readonly rows: readonly LibraryRow[];
  readonly peeked: LibraryRow | null;
  readonly peek: (row: LibraryRow | null) => void;
}

function DefinitionTable({ rows, peeked, peek }: TableProps) {
  const navigate = route.useNavigate();
  const onKey = (event: KeyboardEvent<HTMLTableRowElement>, row: LibraryRow): void => {
    const sibling = event.key === "ArrowDown" || event.key === "j" ? event.currentTarget.nextElementSibling : event.key === "ArrowUp" || event.key === "k" ? event.currentTarget.previousElementSibling : null;
    if (sibling instanceof HTMLElement) sibling.focus();
    else if (event.key === " ") peek(row.path === peeked?.path ? null : row);
    else if (event.key === "Enter") void navigate({ to: definitionPath(row.kind, row.key) });
    else return;
    event.preventDefault();
  };
  return (
    <div className="scroll">
      <table className="table definitions">
        <caption className="hidden">{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.columns.name}</th>
            <th scope="col">{words.columns.kind}</th>
            <th scope="col">{words.columns.live}</th>
            <th scope="col">{words.columns.draft}</th>
            <th scope="col">{words.columns.problems}</th>
            <th scope="col">{words.columns.used}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, position) => (
            <tr key={row.path} tabIndex={peeked === null ? (position === 0 ? 0 : -1) : row.path === peeked.path ? 0 : -1} aria-selected={row.path === peeked?.path} onKeyDown={(event) => onKey(event, row)} onClick={() => peek(row)} onDoubleClick={() => void navigate({ to: definitionPath(row.kind, row.key) })}>
              <Cells row={row} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cells({ row }: { readonly row: LibraryRow }) {
  const { one, icon: Icon } = KIND_LOOKS[row.kind];
  const nameOf = usePersonName();
  const unknown = useProblems(({ state, uses }) => state === "checking" && uses.length === 0);
  return (
    <>
      <th scope="row" className="trunc">
        <Link to={definitionPath(row.kind, row.key)} title={row.title}>
          {row.title}
        </Link>
      </th>
      <td className="trunc">
        <Icon className="icon" aria-hidden="true" /> {one}
      </td>
      <td>{row.liveVersion === null ? <span className="muted">{words.notLive}</span> : words.version(row.liveVersion)}</td>
      <td>
        <span className="drafts">
          {row.change === null ? row.others.length === 0 ? <Nothing /> : null : <><Pencil className="icon" aria-hidden="true" /> {words.draft[row.change]}</>}
          {row.others.map(({ name, author, title }) => (
            <span key={name} className="avatar" title={words.inDraftOf(nameOf(author), title)}>
              <span aria-hidden="true">{initials(nameOf(author))}</span>
              <span className="hidden">{words.inDraftOf(nameOf(author), title)}</span>
            </span>
          ))}
        </span>
      </td>
      <td>
        <Problems row={row} />
      </td>
      <td>{unknown || (row.usedBy.length === 0 && !isUnused(row)) ? <Nothing /> : isUnused(row) ? <span className="muted">{words.unused}</span> : words.usedBy(row.usedBy.length)}</td>
    </>
  );
}

function Problems({ row: { errors, warnings } }: { readonly row: LibraryRow }) {
  if (errors + warnings === 0) return <Nothing />;
  return (
    <span className="problem-counts">
      {errors > 0 ? (
        <span className="f-failed" title={words.errors(errors)}>
          <CircleX aria-label={words.errors(errors)} /> {errors}
        </span>
      ) : null}
      {warnings > 0 ? (
        <span className="f-attention" title={words.warnings(warnings)}>
          <TriangleAlert aria-label={words.warnings(warnings)} /> {warnings}
        </span>
      ) : null}
    </span>
  );
}
