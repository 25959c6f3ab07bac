import type { ErrorComponentProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { shell } from "../strings/shell.ts";
import { Link } from "./link.tsx";
import { Page } from "./page.tsx";

interface BlankProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** What stands where there is nothing to show: what it is, and the one next step. */
export function Blank({ title, children }: BlankProps) {
  return (
    <section className="blank">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** The page for an address that leads nowhere. */
export function UnknownPage() {
  const title = shell.notFound(window.location.pathname);
  return (
    <Page crumbs={[{ title }]}>
      <Blank title={title}>
        <Link to="/design">{shell.notFoundNext}</Link>
      </Blank>
    </Page>
  );
}

/** The page for a defect of ours: what went wrong, and that nothing is lost. */
export function FailedPage({ error }: ErrorComponentProps) {
  return (
    <Page crumbs={[{ title: shell.failed }]}>
      <Blank title={shell.failed}>
        <p>{shell.failedNext}</p>
        <p className="mono muted">{error instanceof Error ? error.message : String(error)}</p>
        <button type="button" className="btn" onClick={() => window.location.reload()}>
          {shell.reload}
        </button>
      </Blank>
    </Page>
  );
}
