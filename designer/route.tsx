import { useEffect, useSyncExternalStore, type MouseEvent, type ReactNode } from "react";

/** Every place of the application has an address; this is all of its routing. */
export type Route =
  | { readonly page: "orders"; readonly view: string; readonly offset: number }
  | { readonly page: "order"; readonly orderId: string }
  | { readonly page: "unknown"; readonly path: string };

export function readRoute(url: URL): Route {
  const order = /^\/orders\/([^/]+)\/?$/.exec(url.pathname)?.[1];
  if (order !== undefined) return { page: "order", orderId: decodeURIComponent(order) };
  if (!["/", "/orders", "/orders/"].includes(url.pathname)) return { page: "unknown", path: url.pathname };
  const offset = Number(url.searchParams.get("offset") ?? 0);
  return { page: "orders", view: url.searchParams.get("view") ?? "all", offset: Number.isInteger(offset) && offset > 0 ? offset : 0 };
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

/** The route the address bar shows. */
export function useRoute(): Route {
  const href = useSyncExternalStore(subscribe, () => window.location.href);
  return readRoute(new URL(href));
}

export function navigate(to: string): void {
  window.history.pushState(null, "", to);
  window.scrollTo(0, 0);
  for (const listener of listeners) listener();
}

export function orderPath(orderId: string): string {
  return `/orders/${encodeURIComponent(orderId)}`;
}

interface LinkProps {
  readonly to: string;
  readonly children: ReactNode;
  readonly current?: boolean;
  readonly className?: string;
}

/** A link inside the application. Modified clicks stay the browser's own. */
export function Link({ to, children, current, className }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a href={to} className={className} aria-current={current === true ? "page" : undefined} onClick={follow}>
      {children}
    </a>
  );
}

/** The title of the document while a page is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Orderloom`;
  }, [title]);
}
