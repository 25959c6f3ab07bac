import { createTheme, type MantineColorsTuple } from "@mantine/core";
import { create } from "zustand";
import { shell } from "../strings/shell.ts";

const KEY = "orderloom-theme";

export type ThemeChoice = "light" | "dark" | "auto";

interface ThemeState {
  readonly choice: ThemeChoice;
  readonly scheme: "light" | "dark";
  readonly choose: (choice: ThemeChoice) => void;
}

const systemDark = window.matchMedia("(prefers-color-scheme: dark)");

function schemeOf(choice: ThemeChoice): "light" | "dark" {
  if (choice !== "auto") return choice;
  return systemDark.matches ? "dark" : "light";
}

function stored(): ThemeChoice {
  const choice = localStorage.getItem(KEY);
  return choice === "light" || choice === "dark" ? choice : "auto";
}

/** Which theme is on. Dark is the same layout with other tokens, nothing more. */
export const useTheme = create<ThemeState>()((set) => ({
  choice: stored(),
  scheme: schemeOf(stored()),
  choose: (choice) => {
    localStorage.setItem(KEY, choice);
    set({ choice, scheme: schemeOf(choice) });
  },
}));

const show = ({ scheme }: ThemeState): void => {
  document.documentElement.dataset["theme"] = scheme;
};
show(useTheme.getState());
useTheme.subscribe(show);
systemDark.addEventListener("change", () => useTheme.setState(({ choice }) => ({ scheme: schemeOf(choice) })));

const token = (name: string): MantineColorsTuple => [`var(--${name})`, `var(--${name})`, `var(--${name})`, `var(--${name})`, `var(--${name})`, `var(--${name})`, `var(--${name})`, `var(--${name})`, `var(--${name})`, `var(--${name})`];

/** Mantine's parts take every value from our tokens, so that they look like the rest in both themes. */
export const mantineTheme = createTheme({
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--mono)",
  primaryColor: "accent",
  colors: { accent: token("accent-fill") },
  defaultRadius: "4px",
  fontSizes: { xs: "11px", sm: "12px", md: "13px", lg: "14px", xl: "16px" },
  lineHeights: { xs: "16px", sm: "16px", md: "20px", lg: "20px", xl: "24px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, transitionProps: { duration: 120 } } },
    Modal: { defaultProps: { radius: "8px", shadow: "none", overlayProps: { backgroundOpacity: 0.4 }, closeButtonProps: { "aria-label": shell.close } } },
    Menu: { defaultProps: { radius: "6px", shadow: "none", transitionProps: { duration: 120 } } },
    Popover: { defaultProps: { radius: "6px", shadow: "none", transitionProps: { duration: 120 } } },
  },
});
