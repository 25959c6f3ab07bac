/** What the views show, beside what is shipped. */
export interface DemoWork {
  readonly url: string;
  /** Name of a change set in review. */
  readonly draft: string;
  /** An order that is done, and one that a system in trouble holds up. */
  readonly doneOrder: string;
  readonly stuckOrder: string;
  /** Names by definition key, of everything that is live. */
  readonly titles: ReadonlyMap<string, string>;
}

interface DefinitionFile {
  readonly path: string;
  readonly text: string;
}

/** Settings of the server, under which orders that activate a connection wait for a system that is not there. */
export const DEMO_SETTINGS = { ACTIVATION_ENDPOINT: "http://127.0.0.1:9" } as const;

/** Gives a fresh server something to show: orders of several products, a change in review, and an unfinished plan. */
export async function makeDemoWork(url: string): Promise<DemoWork> {
  const ids: string[] = [];
  for (const sample of ["contact-center", "furniture", "mobile-sim", "home-fiber"]) {
    const order: unknown = await (await fetch(`${url}/demo/orders/${sample}`)).json();
    ids.push((await send<{ readonly id: string }>(url, null, "/tmf-api/productOrderingManagement/v4/productOrder", order)).id);
  }
  const live = (await (await fetch(`${url}/api/definitions`)).json()) as { readonly files: readonly DefinitionFile[] };
  const textOf = (path: string): string => live.files.find((file) => file.path === path)?.text ?? "";
  const draft = "patient-retries";
  const begun = await send<{ readonly head: string }>(url, "analyst", "/api/drafts", { name: draft, title: "Be patient with busy systems" });
  const files = [
    { path: "retry-policy/standard.json", text: textOf("retry-policy/standard.json").replace('"maxAttempts": 5', '"maxAttempts": 8') },
    { path: "plan-template/home-fiber-add.json", text: textOf("plan-template/home-fiber-add.json").replace('"deadline": "P21D"', '"deadline": "P28D"').replace('"title": "Book the installation visit"', '"title": "Book a technician"') },
    { path: "decision-table/failure-classes.json", text: textOf("decision-table/failure-classes.json").replace('"class": "STALE"', '"class": "PERMANENT"') },
  ];
  const { head } = await send<{ readonly head: string }>(url, "analyst", `/api/drafts/${draft}/files`, { expectedHead: begun.head, files });
  await send(url, "analyst", `/api/drafts/${draft}/submit`, { commit: head, title: "Be patient with busy systems", reason: "Evening load makes systems answer late." });
  const own = await send<{ readonly head: string }>(url, "reviewer", "/api/drafts", { name: "unfinished", title: "Unfinished" });
  const unfinished = textOf("plan-template/mobile-sim-add.json").replace('"key": "mobile-sim-add"', '"key": "unfinished"').replace('"with": { "simType": "=item.characteristics.simType" }', '"with": {}').replaceAll('"verify-sim"', '"verify-nothing"');
  await send(url, "reviewer", "/api/drafts/unfinished/files", { expectedHead: own.head, files: [{ path: "plan-template/unfinished.json", text: unfinished }] });
  const titles = live.files.map(({ text }) => JSON.parse(text) as { readonly key?: string; readonly title?: string }).flatMap(({ key, title }) => (key === undefined || title === undefined ? [] : [[key, title] as const]));
  return { url, draft, doneOrder: ids[2] ?? "", stuckOrder: ids[3] ?? "", titles: new Map(titles) };
}

/** Changes one file of a draft as somebody else would, on top of what is there. */
export async function changeAside(url: string, persona: string, draft: string, path: string, change: (text: string) => string): Promise<void> {
  const { head } = await ask<{ readonly head: string }>(url, persona, `/api/drafts/${draft}`);
  const { files } = await ask<{ readonly files: readonly DefinitionFile[] }>(url, persona, `/api/drafts/${draft}/files`);
  const text = files.find((file) => file.path === path)?.text ?? "";
  await send(url, persona, `/api/drafts/${draft}/files`, { expectedHead: head, files: [{ path, text: change(text) }] });
}

async function ask<T>(url: string, persona: string, path: string): Promise<T> {
  return readJson<T>(path, await fetch(url + path, { headers: await authorization(url, persona) }));
}

async function send<T>(url: string, persona: string | null, path: string, body: unknown): Promise<T> {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": `"${crypto.randomUUID()}"`, ...(persona === null ? {} : await authorization(url, persona)) };
  return readJson<T>(path, await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function authorization(url: string, persona: string): Promise<{ readonly [name: string]: string }> {
  const answer = await fetch(`${url}/demo/token`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ persona }) });
  return { Authorization: `Bearer ${((await answer.json()) as { readonly token: string }).token}` };
}

async function readJson<T>(path: string, response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
