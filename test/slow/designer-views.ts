import type { Page } from "playwright-core";
import { changeAside, type DemoWork } from "./demo-work.ts";

/** One thing the designer shows: its address, what says that it is there, and what is done first. */
export interface DesignerView {
  readonly name: string;
  readonly path: string;
  readonly ready: string;
  /** Who looks; the analyst when left out. */
  readonly persona?: string;
  readonly prepare?: (page: Page) => Promise<void>;
  /** What the browser may complain about here, because it is what the view shows. */
  readonly expected?: RegExp;
}

/** Presses keys, or what selectors name one after the other, and waits for what that shows. */
const press = (keys: string, shown: string) => async (page: Page): Promise<void> => {
  await page.keyboard.press(keys);
  await page.locator(`${shown} >> visible=true`).first().waitFor();
};
const click = (selectors: readonly string[], shown: string) => async (page: Page): Promise<void> => {
  for (const selector of selectors) await page.locator(selector).first().click();
  await page.locator(`${shown} >> visible=true`).first().waitFor();
};
const scrolledToEnd = (scroller: string) => (page: Page): Promise<void> =>
  page.locator(scroller).first().evaluate((element) => {
    for (const closed of element.querySelectorAll<HTMLElement>(".disclosure[aria-expanded='false']")) closed.click();
    element.scrollTo(0, element.scrollHeight);
  });
const TYPED = "[role=status]:has-text('Saved ')";

/** Every view of the designer, with something in it. */
export function designerViews(work: DemoWork): readonly DesignerView[] {
  return [...framed, ...planned, ...formed, ...tabled, ...simulated, ...reviewed(work), ...operated(work), ...edited(work)];
}

/** A library of few rows behind what is open in front of it. */
const FEW = "/design?view=drafts";

const framed: readonly DesignerView[] = [
  { name: "library", path: "/design", ready: ".definitions tbody tr" },
  { name: "library-peek", path: "/design?peek=retry-policy%2Fstandard", ready: ".peek .related li" },
  { name: "library-kinds", path: FEW, ready: ".definitions tbody tr", prepare: press("n", "[role=option]") },
  { name: "library-new", path: "/design?kind=retry-policy", ready: ".definitions tbody tr", prepare: press("n", ".ask") },
  { name: "library-mine", path: "/design?view=drafts", ready: ".definitions tbody tr" },
  { name: "library-nothing", path: "/design?q=zebra", ready: ".blank" },
  { name: "library-forbidden", path: "/design", ready: ".blank", persona: "care-agent", expected: /403/ },
  { name: "draft-menu", path: FEW, ready: ".definitions tbody tr", prepare: click([".draft-menu"], "[role=menuitem]") },
  { name: "draft-discard", path: FEW, ready: ".definitions tbody tr", prepare: click([".draft-menu", "[role=menuitem]:has-text('Discard')"], ".ask") },
  { name: "personas", path: FEW, ready: ".definitions tbody tr", prepare: click(["button.avatar"], "[role=menuitem]") },
  { name: "palette", path: FEW, ready: ".definitions tbody tr", prepare: press("Control+k", "[role=option]") },
  { name: "missing", path: "/design/retry-policy/nowhere", ready: ".blank" },
  { name: "elsewhere", path: "/elsewhere", ready: ".blank" },
];

const PLAN = "/design/plan-template/home-fiber-add";

const planned: readonly DesignerView[] = [
  { name: "keys", path: PLAN, ready: ".task", prepare: press("?", ".key-group") },
  { name: "plan", path: PLAN, ready: ".task" },
  { name: "plan-task", path: `${PLAN}?at=%2Ftasks%2F5`, ready: ".inspector .field" },
  { name: "plan-dependency", path: `${PLAN}?at=%2Ftasks%2F3%2FdependsOn%2F1`, ready: ".inspector .field" },
  { name: "plan-condition", path: `${PLAN}?at=%2Ftasks%2F2`, ready: ".inspector .condition" },
  { name: "plan-milestone", path: `${PLAN}?at=%2Fmilestones%2F0`, ready: ".inspector .field" },
  { name: "plan-lanes", path: PLAN, ready: ".task", prepare: click(["button:has-text('Lanes')"], ".lane") },
  { name: "plan-add", path: PLAN, ready: ".task", prepare: press("n", "[role=option]") },
  { name: "plan-json", path: `${PLAN}?view=json`, ready: ".view-line" },
  { name: "plan-problem", path: "/design/plan-template/unfinished", persona: "reviewer", ready: ".problem-bar .badge" },
];

const formed: readonly DesignerView[] = [
  { name: "plan-form", path: `${PLAN}?view=form`, ready: ".form .field" },
  { name: "plan-form-end", path: `${PLAN}?view=form`, ready: ".form .field", prepare: scrolledToEnd(".form-view") },
  { name: "retry-policy", path: "/design/retry-policy/standard", ready: ".retry-timeline" },
  { name: "task-type", path: "/design/task-type/activate-sim", ready: ".form .field" },
  { name: "task-type-end", path: "/design/task-type/activate-sim", ready: ".form .field", prepare: scrolledToEnd(".form-view") },
  { name: "reference", path: "/design/task-type/activate-sim", ready: ".form .field", prepare: click(["[data-pointer='/retry'] button.pick"], "[role=option]") },
  { name: "order-schema", path: "/design/order-schema/home-fiber", ready: ".form .field" },
  { name: "scenario", path: "/design/scenario/home-fiber-add-activation-answer-lost", ready: ".form .field" },
];

const TABLE = "/design/decision-table/home-fiber-change";

const tabled: readonly DesignerView[] = [
  { name: "grid", path: TABLE, ready: "[role=gridcell]" },
  { name: "grid-menu", path: TABLE, ready: "[role=gridcell]", prepare: async (page) => {
    await page.locator("[role=gridcell]").first().click();
    await press("Shift+F10", "[role=menuitem]")(page);
  } },
  { name: "grid-editor", path: TABLE, ready: "[role=gridcell]", prepare: async (page) => {
    await page.locator("[role=gridcell]").first().click();
    await press("F2", ".cell-editor")(page);
  } },
  { name: "grid-columns", path: TABLE, ready: "[role=gridcell]", prepare: click(["[role=tab]:has-text('Columns')"], "[role=tabpanel] .disclosure, [role=tabpanel] button:has-text('Add')") },
  { name: "grid-import", path: TABLE, ready: "[role=gridcell]", prepare: async (page) => {
    const rows = "request,passed,changes,action,answer,route,fee,approverRole,reason\nCANCEL,none,,,ACCEPT,,10,,\nCANCEL,soft,,,PERHAPS,,49,care-lead,\n";
    await page.setInputFiles("input[type=file]", { name: "changes.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
    await page.getByRole("dialog").locator("li, td, p").first().waitFor();
  } },
  { name: "grid-form", path: `${TABLE}?view=form`, ready: ".form .field" },
];

const SCENARIO = "/simulate?scenario=home-fiber-add-activation-answer-lost";

const simulated: readonly DesignerView[] = [
  { name: "simulate", path: "/simulate", ready: ".choices li" },
  { name: "simulate-start", path: SCENARIO, ready: ".clock" },
  { name: "simulate-run", path: SCENARIO, ready: ".clock", prepare: press("End", ".timeline-row") },
  { name: "simulate-task", path: `${SCENARIO}&step=30&task=activate-network`, ready: ".timeline-row" },
  { name: "simulate-act", path: `${SCENARIO}&step=22&task=reserve-ont`, ready: ".timeline-row" },
  { name: "simulate-compare", path: `${SCENARIO}&step=60`, ready: ".timeline-row", prepare: click(["button:has-text('Compare with live')"], ".comparison") },
  { name: "simulate-save", path: `${SCENARIO}&step=60`, ready: ".timeline-row", prepare: click(["button:has-text('Save as scenario')"], ".ask .expected") },
];

const reviewed = ({ draft }: DemoWork): readonly DesignerView[] => {
  const summarized = ".diff-definition";
  const as = (definition: string, way: string): string => `/review/${draft}?as=${encodeURIComponent(JSON.stringify({ [definition]: way }))}`;
  return [
    { name: "review", path: "/review", ready: ".change-sets tbody tr" },
    { name: "review-none", path: "/review?tab=mine", ready: ".blank", persona: "release-manager" },
    { name: "review-change", path: `/review/${draft}`, ready: summarized },
    { name: "review-picture", path: as("plan-template/home-fiber-add", "picture"), ready: `${summarized} .task` },
    { name: "review-text", path: as("plan-template/home-fiber-add", "text"), ready: ".text-diff" },
    { name: "review-rows", path: as("decision-table/failure-classes", "rows"), ready: `${summarized} table` },
    { name: "review-approve", path: `/review/${draft}`, persona: "reviewer", ready: summarized, prepare: click(["button:has-text('Request changes')"], ".ask") },
    { name: "review-compare", path: `/review/compare?from=live&to=draft%3A${draft}`, ready: summarized },
    { name: "review-releases", path: "/review/releases", ready: ".releases tbody tr" },
  ];
};

const operated = ({ doneOrder, stuckOrder }: DemoWork): readonly DesignerView[] => [
  { name: "orders", path: "/operate/orders", ready: "tbody tr" },
  { name: "orders-none", path: "/operate/orders?view=held", ready: ".blank" },
  { name: "order-done", path: `/operate/orders/${doneOrder}`, ready: "table" },
  { name: "order-stuck", path: `/operate/orders/${stuckOrder}`, ready: "table" },
  { name: "order-missing", path: "/operate/orders/nowhere", ready: ".blank", expected: /404/ },
];

/** What appears while one edits: the other analyst does, in a draft of his own, and leaves it as it was where he can. */
const edited = ({ url }: DemoWork): readonly DesignerView[] => [
  { name: "expression", persona: "reviewer", path: `${PLAN}?at=%2Ftasks%2F5`, ready: ".inspector .field", prepare: async (page) => {
    await page.getByRole("button", { name: /^Write .* in a window$/ }).first().click();
    const editor = page.getByRole("dialog").getByRole("combobox");
    await editor.press("End");
    await editor.pressSequentially(" + item.ch");
    await page.locator(".completions [role=option]").first().waitFor();
  } },
  { name: "grid-test", persona: "reviewer", path: TABLE, ready: "[role=gridcell]", prepare: async (page) => {
    await page.locator("[role=gridcell]").first().click();
    await click(["button.btn:has-text('Test')"], ".strip-state")(page);
    await page.locator(TYPED).waitFor();
  } },
  { name: "grid-gap", persona: "reviewer", path: "/design/decision-table/failure-classes", ready: "[role=gridcell]", prepare: async (page) => {
    await page.locator("select.policy").selectOption("UNIQUE");
    await page.locator(".box.noted").first().waitFor();
  } },
  { name: "conflict", persona: "reviewer", expected: /ERR_INTERNET_DISCONNECTED|WebSocket/, path: "/design/retry-policy/standard", ready: ".retry-timeline", prepare: async (page) => {
    const attempts = page.locator("[data-pointer='/maxAttempts']").getByRole("textbox");
    await page.context().setOffline(true);
    await attempts.fill("99");
    await attempts.press("Tab");
    await changeAside(url, "analyst", "unfinished", "retry-policy/standard.json", (text) => text.replace(/"maxAttempts": (\d+)/, (_, before) => `"maxAttempts": ${Number(before) + 1}`));
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "Anna Weber changed the same" }).click();
    await page.getByRole("dialog").getByRole("radio").first().waitFor();
  } },
];

/** The names of all views, for whoever lists them before there is something to show. */
export const VIEW_NAMES: readonly string[] = designerViews({ url: "", draft: "", doneOrder: "", stuckOrder: "", titles: new Map() }).map(({ name }) => name);

/** Goes to a view and waits until it stands. */
export async function showView(page: Page, url: string, { path, ready, persona = "analyst", prepare }: DesignerView): Promise<void> {
  await page.addInitScript((who) => localStorage.setItem("orderloom-persona", who), persona);
  await page.goto(url + path);
  await page.locator(ready).first().waitFor();
  await prepare?.(page);
  await page.getByText(/^(?:Reading|Checking|Running|Looking through).*…$/).first().waitFor({ state: "detached" });
  await page.evaluate(() => document.fonts.ready);
}
