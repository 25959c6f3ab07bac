import type { Page } from "playwright-core";

/** One thing the designer shows: its address, what says that it is there, and what is done first. */
export interface DesignerView {
  readonly name: string;
  readonly path: string;
  readonly ready: string;
  /** Who looks; the analyst when left out. */
  readonly persona?: string;
  readonly prepare?: (page: Page) => Promise<void>;
}

const press = (keys: string, shown: string) => async (page: Page): Promise<void> => {
  await page.keyboard.press(keys);
  await page.locator(shown).first().waitFor();
};

/** Every view of the designer, with something in it. */
export function designerViews({ draft, orderId }: DemoWork): readonly DesignerView[] {
  const plan = "/design/plan-template/home-fiber-add";
  const table = "/design/decision-table/home-fiber-change";
  return [
    { name: "library", path: "/design", ready: ".definitions tbody tr" },
    { name: "library-peek", path: "/design?peek=retry-policy%2Fstandard", ready: ".peek .related li" },
    { name: "library-kinds", path: "/design", ready: ".definitions tbody tr", prepare: press("n", "[role=option]") },
    { name: "library-new", path: "/design?kind=retry-policy", ready: ".definitions tbody tr", prepare: press("n", ".ask") },
    { name: "palette", path: "/design", ready: ".definitions tbody tr", prepare: press("Control+k", "[role=option]") },
    { name: "keys", path: plan, ready: ".task", prepare: press("?", ".key-group") },
    { name: "plan", path: plan, ready: ".task" },
    { name: "plan-task", path: `${plan}?at=%2Ftasks%2F5`, ready: ".inspector .field" },
    { name: "plan-form", path: `${plan}?view=form`, ready: ".form .field" },
    { name: "plan-json", path: `${plan}?view=json`, ready: ".view-line" },
    { name: "plan-problem", path: "/design/plan-template/unfinished", persona: "reviewer", ready: ".problem-bar .badge" },
    { name: "grid", path: table, ready: "[role=gridcell]" },
    { name: "grid-form", path: `${table}?view=form`, ready: ".form .field" },
    { name: "retry-policy", path: "/design/retry-policy/standard", ready: ".retry-timeline" },
    { name: "task-type", path: "/design/task-type/activate-sim", ready: ".form .field" },
    { name: "order-schema", path: "/design/order-schema/home-fiber", ready: ".form .field" },
    { name: "missing", path: "/design/retry-policy/nowhere", ready: ".blank" },
    { name: "simulate", path: "/simulate", ready: ".choices li" },
    { name: "simulate-start", path: "/simulate?scenario=home-fiber-add-activation-answer-lost", ready: ".clock" },
    { name: "simulate-run", path: "/simulate?scenario=home-fiber-add-activation-answer-lost", ready: ".clock", prepare: press("End", ".timeline-row") },
    { name: "simulate-task", path: "/simulate?scenario=home-fiber-add-activation-answer-lost&step=30&task=activate-network", ready: ".timeline-row" },
    { name: "review", path: "/review", ready: ".change-sets tbody tr" },
    { name: "review-change", path: `/review/${draft}`, ready: ".change-head .badge" },
    { name: "review-releases", path: "/review/releases", ready: ".releases, table, .blank" },
    { name: "orders", path: "/operate/orders", ready: "tbody tr" },
    { name: "order", path: `/operate/orders/${orderId}`, ready: "table" },
    { name: "elsewhere", path: "/elsewhere", ready: ".blank" },
  ];
}

export interface DemoWork {
  /** Name of a change set in review. */
  readonly draft: string;
  readonly orderId: string;
}

/** Gives a fresh server something to show: orders of several products, a change in review, and an unfinished plan. */
export async function makeDemoWork(url: string): Promise<DemoWork> {
  const ids: string[] = [];
  for (const sample of ["contact-center", "furniture", "mobile-sim", "home-fiber"]) {
    const order: unknown = await (await fetch(`${url}/demo/orders/${sample}`)).json();
    ids.push((await send<{ readonly id: string }>(url, null, "/tmf-api/productOrderingManagement/v4/productOrder", order)).id);
  }
  const live = (await (await fetch(`${url}/api/definitions`)).json()) as { readonly files: readonly { readonly path: string; readonly text: string }[] };
  const textOf = (path: string): string => live.files.find((file) => file.path === path)?.text ?? "";
  const draft = "patient-retries";
  const begun = await send<{ readonly head: string }>(url, "analyst", "/api/drafts", { name: draft, title: "Be patient with busy systems" });
  const files = [
    { path: "retry-policy/standard.json", text: textOf("retry-policy/standard.json").replace('"maxAttempts": 5', '"maxAttempts": 8') },
    { path: "plan-template/home-fiber-add.json", text: textOf("plan-template/home-fiber-add.json").replace('"deadline": "P21D"', '"deadline": "P28D"') },
  ];
  const { head } = await send<{ readonly head: string }>(url, "analyst", `/api/drafts/${draft}/files`, { expectedHead: begun.head, files });
  await send(url, "analyst", `/api/drafts/${draft}/submit`, { commit: head, title: "Be patient with busy systems", reason: "Evening load makes systems answer late." });
  const own = await send<{ readonly head: string }>(url, "reviewer", "/api/drafts", { name: "unfinished", title: "Unfinished" });
  const unfinished = textOf("plan-template/mobile-sim-add.json").replace('"key": "mobile-sim-add"', '"key": "unfinished"').replace('"with": { "simType": "=item.characteristics.simType" }', '"with": {}').replace('"type": "verify-sim"', '"type": "verify-nothing"');
  await send(url, "reviewer", "/api/drafts/unfinished/files", { expectedHead: own.head, files: [{ path: "plan-template/unfinished.json", text: unfinished }] });
  return { draft, orderId: ids.at(-1) ?? "" };
}

async function send<T>(url: string, persona: string | null, path: string, body: unknown): Promise<T> {
  const headers: Record<string, string> = { "Content-Type": "application/json", "Idempotency-Key": `"${crypto.randomUUID()}"` };
  if (persona !== null) {
    const answer = await fetch(`${url}/demo/token`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ persona }) });
    headers["Authorization"] = `Bearer ${((await answer.json()) as { readonly token: string }).token}`;
  }
  const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Goes to a view and waits until it stands. */
export async function showView(page: Page, url: string, { path, ready, persona = "analyst", prepare }: DesignerView): Promise<void> {
  await page.addInitScript((who) => localStorage.setItem("orderloom-persona", who), persona);
  await page.goto(url + path);
  await page.locator(ready).first().waitFor();
  await prepare?.(page);
  await page.getByText(/^(?:Reading|Checking|Running|Looking through).*…$/).first().waitFor({ state: "detached" });
  await page.evaluate(() => document.fonts.ready);
}
