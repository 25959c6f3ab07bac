import type { Locator, Page } from "playwright-core";
import type { Hands } from "./hands.ts";

/** Who goes through the story, where, and with which hands. */
export interface Story {
  readonly page: Page;
  readonly url: string;
  readonly hands: Hands;
}

/** The product the story launches: its definitions by their titles, and what the server calls them. */
export const PLAN = "Mobile SIM, patient activation";
export const PLAN_KEY = "mobile-sim-patient-activation";
export const TRIGGER = "Mobile SIM, monthly fee";
export const TRIGGER_KEY = "mobile-sim-monthly-fee";
export const RETRY = "Patient retry";
export const OFFERING = "MOBILE_PATIENT";

/** How long something may take to appear; the scenarios of a change set run behind its page. */
export const WAIT_MS = 60_000;

/** Goes to a place or a definition by the palette. */
export async function jump({ page, hands }: Story, where: string): Promise<void> {
  await hands.give(page.getByRole("button", { name: /Search or jump to/ }), "Control+k");
  await page.getByRole("combobox", { name: "Commands and definitions" }).waitFor();
  await hands.find(where);
  await page.getByRole("combobox", { name: "Commands and definitions" }).waitFor({ state: "detached" });
}

/** Begins a definition of a kind. */
export async function begin(story: Story, kind: string, title: string): Promise<void> {
  const { page, hands } = story;
  await jump(story, "Design");
  await page.getByRole("button", { name: "New definition", exact: true }).waitFor();
  await hands.give(page.getByRole("button", { name: "New definition", exact: true }), "n");
  await hands.find(kind);
  await hands.write(page.getByRole("dialog").getByRole("textbox", { name: /^Title/ }), title);
  await hands.press(page.getByRole("button", { name: "Create", exact: true }));
  await page.locator(".crumbs").getByText(title).waitFor();
}

/** A field of a form by its place in the definition. */
export function field({ page }: Story, pointer: string): Locator {
  return page.locator(`[data-pointer="${pointer}"]`);
}
