import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { FailedPage, UnknownPage } from "./blank-pages.tsx";
import { Shell } from "./shell.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: UnknownPage });

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const count = (value: unknown): number | undefined => (typeof value === "number" && Number.isInteger(value) && value > 0 ? value : undefined);

/** Texts by name; what is no text is left out. */
const texts = (value: unknown): { readonly [name: string]: string } | undefined =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string")) : undefined;

/** Ids of items look like numbers, and the router reads them so. */
const itemId = (value: unknown): string | undefined => (typeof value === "number" ? String(value) : text(value));

/** Leaves out what is not set, so that addresses stay short. */
function compact<T extends object>(search: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/design" });
  },
});

const library = createRoute({
  getParentRoute: () => root,
  path: "/design",
  /** `kind` and `view` filter the list, `q` searches it, `peek` is the definition shown beside it as `kind/key`. */
  validateSearch: ({ kind, view, q, peek }: Record<string, unknown>) => compact({ kind: text(kind), view: text(view), q: text(q), peek: text(peek) }),
  component: lazyRouteComponent(() => import("../library/library-page.tsx"), "LibraryPage"),
});

const definition = createRoute({
  getParentRoute: () => root,
  path: "/design/$kind/$key",
  /** `view` is the way the document is shown, `at` the selected place in it as a JSON Pointer, `tab` the open tab of the inspector. */
  validateSearch: ({ view, at, tab }: Record<string, unknown>) => compact({ view: text(view), at: text(at), tab: text(tab) }),
  component: lazyRouteComponent(() => import("../definition/definition-page.tsx"), "DefinitionPage"),
});

const simulate = createRoute({
  getParentRoute: () => root,
  path: "/simulate",
  /** `scenario` or `run` is the order that is run, `step` how many entries of the log are shown, `item` and `task` what is looked at. */
  validateSearch: ({ scenario, run, step, item, task }: Record<string, unknown>) => compact({ scenario: text(scenario), run: text(run), step: count(step), item: itemId(item), task: text(task) }),
  component: lazyRouteComponent(() => import("../simulate/simulate-page.tsx"), "SimulatePage"),
});

const reviews = createRoute({
  getParentRoute: () => root,
  path: "/review",
  validateSearch: ({ tab }: Record<string, unknown>) => compact({ tab: text(tab) }),
  component: lazyRouteComponent(() => import("../review/review-list.tsx"), "ReviewListPage"),
});

const releases = createRoute({
  getParentRoute: () => root,
  path: "/review/releases",
  component: lazyRouteComponent(() => import("../review/releases-page.tsx"), "ReleasesPage"),
});

const compare = createRoute({
  getParentRoute: () => root,
  path: "/review/compare",
  /** `from` and `to` are `live`, the digest of a release, or `draft:` and a name; `only` is one definition as `kind/key`. */
  validateSearch: ({ from, to, only, as }: Record<string, unknown>) => compact({ from: text(from), to: text(to), only: text(only), as: texts(as) }),
  component: lazyRouteComponent(() => import("../review/compare-page.tsx"), "ComparePage"),
});

const change = createRoute({
  getParentRoute: () => root,
  path: "/review/$draft",
  /** `as` is the way each definition's change is looked at, by `kind/key`. */
  validateSearch: ({ as }: Record<string, unknown>) => compact({ as: texts(as) }),
  component: lazyRouteComponent(() => import("../review/change-page.tsx"), "ChangePage"),
});

const orders = createRoute({
  getParentRoute: () => root,
  path: "/operate/orders",
  validateSearch: ({ view, offset }: Record<string, unknown>) => compact({ view: text(view), offset: count(offset) }),
  component: lazyRouteComponent(() => import("../operate/orders-page.tsx"), "OrdersPage"),
});

const order = createRoute({
  getParentRoute: () => root,
  path: "/operate/orders/$orderId",
  component: lazyRouteComponent(() => import("../operate/order-page.tsx"), "OrderPage"),
});

/** Every place of the application and its address. */
export const router = createRouter({
  routeTree: root.addChildren([home, library, definition, simulate, reviews, releases, compare, change, orders, order]),
  defaultPreload: "intent",
  defaultErrorComponent: FailedPage,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
