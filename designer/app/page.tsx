import { ChevronRight, FlaskConical, Search } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { useSession } from "../api/session.ts";
import { shell } from "../strings/shell.ts";
import { Link, useTitle } from "./link.tsx";
import { usePalette } from "./palette-state.ts";
import { Keys } from "./parts.tsx";
import { PersonaMenu } from "./persona-menu.tsx";

export interface Crumb {
  readonly title: string;
  readonly to?: string;
}

interface PageProps {
  /** Where one is, outermost first; the last is the page itself. */
  readonly crumbs: readonly Crumb[];
  /** What is true of the whole page now, such as "Saved 10:42". */
  readonly status?: ReactNode;
  /** The one primary action; when it cannot act it stays and says why. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A page: the top bar with its place, state and primary action, then its content. */
export function Page({ crumbs, status, action, children }: PageProps) {
  useTitle(crumbs.at(-1)?.title ?? shell.product);
  return (
    <>
      <header className="top">
        <Crumbs crumbs={crumbs} />
        <Omni />
        {status}
        {action}
        <PersonaMenu />
      </header>
      <main id="main" className="main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

function Crumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  const demo = useSession(({ personas }) => personas.length > 0);
  return (
    <div className="place">
      <b className="brand-name">{shell.product}</b>
      {demo ? (
        <span className="env" title={shell.demoHint}>
          <FlaskConical aria-hidden="true" />
          {shell.demo}
        </span>
      ) : null}
      <nav className="crumbs" aria-label={shell.breadcrumb}>
        {crumbs.map(({ title, to }, index) => (
          <Fragment key={title}>
            {index > 0 ? <ChevronRight aria-hidden="true" /> : null}
            {to === undefined ? <b aria-current="page">{title}</b> : <Link to={to}>{title}</Link>}
          </Fragment>
        ))}
      </nav>
    </div>
  );
}

function Omni() {
  const open = usePalette(({ open }) => open);
  return (
    <button type="button" className="omni" onClick={open}>
      <Search aria-hidden="true" />
      <span className="trunc">{shell.search}</span>
      <Keys keys="Mod+K" />
    </button>
  );
}
