import { useRouter } from "@tanstack/react-router";
import { useEffect, type MouseEvent, type ReactNode } from "react";

interface LinkProps {
  /** Path and query inside the application. */
  readonly to: string;
  readonly children: ReactNode;
  readonly current?: boolean;
  readonly className?: string;
  readonly title?: string;
}

/** A link inside the application by its address as text. Modified clicks stay the browser's own. */
export function Link({ to, children, current, className, title }: LinkProps) {
  const { history } = useRouter();
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    history.push(to);
  };
  return (
    <a href={to} className={className} title={title} aria-current={current === true ? "page" : undefined} onClick={follow}>
      {children}
    </a>
  );
}

export function orderPath(orderId: string): string {
  return `/operate/orders/${encodeURIComponent(orderId)}`;
}

/** The title of the document while a page is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Orderloom`;
  }, [title]);
}
