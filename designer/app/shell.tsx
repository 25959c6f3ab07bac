import { Outlet, useNavigate, useRouter, useRouterState } from "@tanstack/react-router";
import { Activity, FlaskConical, GitPullRequestArrow, Keyboard, PencilRuler, SunMoon, type LucideIcon } from "lucide-react";
import { lazy, Suspense, useEffect, useMemo } from "react";
import { shell } from "../strings/shell.ts";
import { listenForKeys, useCommands, type Command } from "./commands.ts";
import { Link } from "./link.tsx";
import { usePalette } from "./palette-state.ts";
import { useTheme, type ThemeChoice } from "./theme.ts";

const Palette = lazy(async () => ({ default: (await import("./palette.tsx")).Palette }));
const KeySheet = lazy(async () => ({ default: (await import("./key-sheet.tsx")).KeySheet }));

const PLACES: readonly { readonly key: keyof typeof shell.places; readonly path: string; readonly icon: LucideIcon }[] = [
  { key: "design", path: "/design", icon: PencilRuler },
  { key: "simulate", path: "/simulate", icon: FlaskConical },
  { key: "review", path: "/review", icon: GitPullRequestArrow },
  { key: "operate", path: "/operate/orders", icon: Activity },
];

const NEXT_THEME: { readonly [choice in ThemeChoice]: ThemeChoice } = { auto: "light", light: "dark", dark: "auto" };

/** The frame around every page: the four places, the theme, the keys; palette and shortcuts over it. */
export function Shell() {
  useEffect(listenForKeys, []);
  useFocusOnNewPage();
  useCommands(useShellCommands());
  const shown = usePalette(({ shown }) => shown);
  return (
    <div className="app">
      <a className="skip" href="#main">
        {shell.skip}
      </a>
      <NavigationRail />
      <div className="content">
        <Outlet />
      </div>
      <Suspense fallback={null}>
        {shown === "palette" ? <Palette /> : null}
        {shown === "keys" ? <KeySheet /> : null}
      </Suspense>
    </div>
  );
}

/** Whoever comes to another page goes on in its content; without this, what had the focus is gone and Tab begins at the very top. */
function useFocusOnNewPage(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, pathChanged }) => {
        if (fromLocation !== undefined && pathChanged && document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
      }),
    [router],
  );
}

function NavigationRail() {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const { choice, choose } = useTheme();
  const openKeys = usePalette(({ openKeys }) => openKeys);
  return (
    <nav className="rail" aria-label={shell.mainNavigation}>
      <span className="brand-mark">
        <BrandMark />
      </span>
      {PLACES.map(({ key, path: to, icon: Icon }) => (
        <Link key={key} to={to} current={path.startsWith(`/${key}`)}>
          <Icon aria-hidden="true" />
          {shell.places[key]}
        </Link>
      ))}
      <span className="push-down" />
      <button type="button" onClick={() => choose(NEXT_THEME[choice])} title={shell.themes[choice]}>
        <SunMoon aria-hidden="true" />
        {shell.theme}
      </button>
      <button type="button" onClick={openKeys}>
        <Keyboard aria-hidden="true" />
        {shell.keys}
      </button>
    </nav>
  );
}

function BrandMark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M4 4v16M12 4v16M20 4v16M1.5 8.5h5M9.5 15.5h5M17.5 8.5h5M4 8.5c4 0 4 7 8 7s4-7 8-7" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  );
}

/** What can be done everywhere. */
function useShellCommands(): readonly Command[] {
  const navigate = useNavigate();
  return useMemo(() => {
    const { open, openKeys } = usePalette.getState();
    const { choose } = useTheme.getState();
    return [
      { id: "shell.palette", title: shell.search, group: shell.product, keys: "Mod+K", whileTyping: true, run: open },
      { id: "shell.keys", title: shell.keysTitle, group: shell.product, keys: "?", run: openKeys },
      ...PLACES.map(({ key, path }) => ({ id: `shell.${key}`, title: shell.places[key], group: shell.product, run: () => void navigate({ to: path }) })),
      ...(["light", "dark", "auto"] as const).map((choice) => ({ id: `shell.theme-${choice}`, title: `${shell.theme}: ${shell.themes[choice]}`, group: shell.product, run: () => choose(choice) })),
    ];
  }, [navigate]);
}
