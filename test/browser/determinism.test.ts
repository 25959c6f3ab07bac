import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { build } from "vite";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compile } from "../../engine/language/compile.ts";
import type { NewOrder } from "../../engine/order/order.ts";
import type { QueryLine, ScriptLine, TaskLine } from "../../engine/simulate/script.ts";
import { simulate } from "../../engine/simulate/simulate.ts";
import type { Json } from "../../engine/support/json.ts";
import { fillOrder } from "../../examples/orders/fill-order.ts";
import { toNewOrder } from "../../server/tmf/to-new-order.ts";
import { loadDefinitions } from "../support/load-definitions.ts";
import { launchChromium, withoutBrowser } from "./chromium.ts";
import { runAll, type SimulationCase } from "./simulate-entry.ts";

const ORDERS = fileURLToPath(new URL("../../examples/orders", import.meta.url));
const ENTRY = fileURLToPath(new URL("./simulate-entry.ts", import.meta.url));
const AT = "2026-11-02T09:00:00.000Z";

const BEHAVIORS: readonly TaskLine["does"][] = ["FAIL", "TAKE_EFFECT_THEN_TIME_OUT", "TIME_OUT_WITHOUT_EFFECT", "DUPLICATE", "REORDER", "LATE"];
const ANSWERS: readonly QueryLine["does"][] = ["NOT_FOUND", "IN_PROGRESS", "NO_ANSWER"];

const files = loadDefinitions();
const names: string[] = [];
const cases: SimulationCase[] = [];

/** Every example order with every way of going wrong: at the first attempt of each task, and for all time. */
beforeAll(async () => {
  const compilation = compile(files, { name: "determinism" });
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.diagnostics));
  const systems = [...compilation.release.targetSystems.keys()];
  for (const file of readdirSync(ORDERS).filter((name) => name.endsWith(".json"))) {
    const order = readOrder(file);
    const { order: ended } = await simulate(order, compilation.release, [], AT);
    const tasks = ended.plan?.graph.tasks.map(({ itemId, key }) => `${itemId}/${key}`) ?? [];
    expect(tasks.length, `${file} must have a plan`).toBeGreaterThan(0);
    const add = (name: string, script: readonly ScriptLine[]): void => {
      names.push(`${file}, ${name}`);
      cases.push({ order, script, at: AT });
    };
    add("nothing goes wrong", []);
    for (const does of BEHAVIORS) {
      add(`first attempts ${does}`, tasks.map((task) => ({ task, attempt: 1, does, httpStatus: 503, code: "BUSY" })));
      add(`every attempt ${does}`, tasks.map((task) => ({ task, does, after: "PT90S" })));
    }
    for (const does of ANSWERS) {
      const unknown = tasks.map((task): ScriptLine => ({ task, attempt: 1, does: "TAKE_EFFECT_THEN_TIME_OUT" }));
      add(`no first answer, then ${does}`, [...unknown, ...systems.map((query): ScriptLine => ({ query, does, times: 3 }))]);
    }
  }
});

function readOrder(file: string): NewOrder {
  const mapped = toNewOrder(fillOrder(readFileSync(join(ORDERS, file), "utf8"), AT) as Json, "order-1");
  if (!mapped.ok) throw new Error(`${file}: ${JSON.stringify(mapped.problems)}`);
  return mapped.order;
}

/** The engine as a browser gets it: one script, made in memory. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: true, lib: { entry: ENTRY, name: "orderloom", formats: ["iife"] } },
  });
  const output = Array.isArray(built) ? built[0]?.output : "output" in built ? built.output : undefined;
  const code = output?.find((chunk) => chunk.type === "chunk")?.code;
  if (code === undefined) throw new Error("The bundle is empty");
  return code;
}

it("gives the same event logs in two runs on Node", async () => {
  const [first, second] = [await runAll(files, cases), await runAll(files, cases)];
  first.forEach((log, position) => expect(log, names[position]).toBe(second[position]));
  expect(new Set(first).size).toBeGreaterThan(cases.length / 2);
});

describe.skipIf(withoutBrowser())("in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it("gives the event logs of Node, byte for byte", async () => {
    const onNode = await runAll(files, cases);
    const page = await browser.newPage({ locale: "tr-TR", timezoneId: "Asia/Kathmandu" });
    await page.addScriptTag({ content: await bundle() });
    const inBrowser = await page.evaluate(
      (text) => (globalThis as unknown as { readonly runAll: (text: string) => Promise<readonly string[]> }).runAll(text),
      JSON.stringify({ definitions: files, cases }),
    );
    expect(inBrowser.length).toBe(cases.length);
    onNode.forEach((log, position) => expect(inBrowser[position], names[position]).toBe(log));
  });
});
