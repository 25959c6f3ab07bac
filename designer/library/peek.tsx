import { ArrowRight, CircleX, TriangleAlert, X } from "lucide-react";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { Link } from "../app/link.tsx";
import { Person } from "../app/person.tsx";
import { KIND_LOOKS } from "../look/kind-look.ts";
import { Instant } from "../look/parts.tsx";
import { library as words } from "../strings/library.ts";
import { DefinitionActs } from "./definition-acts.tsx";
import { definitionPath } from "./definition-path.ts";
import type { LibraryRow } from "./library-rows.ts";

interface PeekProps {
  readonly row: LibraryRow;
  readonly rows: readonly LibraryRow[];
  readonly diagnostics: readonly Diagnostic[];
  readonly close: () => void;
}

/** One definition beside the list: what it is, what is wrong with it, what it uses and who uses it. */
export function Peek({ row, rows, diagnostics, close }: PeekProps) {
  const { one, icon: Icon } = KIND_LOOKS[row.kind];
  const users = rows.filter(({ path }) => row.usedBy.includes(path));
  const used = rows.filter(({ usedBy }) => usedBy.includes(row.path));
  return (
    <aside className="pane right peek" aria-label={row.title}>
      <header>
        <span className="chip">
          <Icon aria-hidden="true" /> {one}
        </span>
        <span className="mono muted trunc">{row.key}</span>
        <button type="button" className="btn icon quiet push" aria-label={words.peek.close} onClick={close}>
          <X aria-hidden="true" />
        </button>
      </header>
      <section>
        <h2>{row.title}</h2>
        <p className="text-2">{row.description}</p>
        <div className="acts">
          {row.change === "removed" ? null : (
            <Link to={definitionPath(row.kind, row.key)} className="btn primary">
              <ArrowRight aria-hidden="true" /> {words.peek.open}
            </Link>
          )}
          <DefinitionActs row={row} users={users} />
        </div>
      </section>
      {row.others.length === 0 ? null : (
        <section>
          <h3 className="list-head">{words.peek.otherDrafts}</h3>
          <ul className="related">
            {row.others.map(({ name, author, title, savedAt }) => (
              <li key={name}>
                <Person id={author} avatar />
                <Link to={`/review/${encodeURIComponent(name)}`} title={title}>{title}</Link>
                <span className="push meta"><Instant at={savedAt} /></span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3 className="list-head">{words.peek.problems}</h3>
        {diagnostics.length === 0 ? <p className="muted">{words.peek.noProblems}</p> : null}
        <ul className="problem-list">
          {diagnostics.map(({ code, path, message, severity }) => (
            <li key={`${code} ${path} ${message}`} className={severity === "error" ? "f-failed" : "f-attention"}>
              {severity === "error" ? <CircleX aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
              <Link to={`${definitionPath(row.kind, row.key)}?at=${encodeURIComponent(path)}`}>{message}</Link>
            </li>
          ))}
        </ul>
      </section>
      <Related title={words.peek.whereUsed} rows={users} />
      <Related title={words.peek.uses} rows={used} />
    </aside>
  );
}

function Related({ title, rows }: { readonly title: string; readonly rows: readonly LibraryRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h3 className="list-head">
        {title} <span className="count">{rows.length}</span>
      </h3>
      <ul className="related">
        {rows.map(({ path, kind, key, title: name }) => {
          const { icon: Icon, one } = KIND_LOOKS[kind];
          return (
            <li key={path}>
              <Icon className="icon" aria-label={one} />
              <Link to={definitionPath(kind, key)}>{name}</Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
