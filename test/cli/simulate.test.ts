import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JournalEntry } from "../../engine/order/events.ts";
import { runCli, runMain } from "./run-cli.ts";

const ORDER = "examples/orders/home-fiber.json";
const AT = ["--at", "2026-11-02T09:00:00Z"];
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "orderloom-simulate-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
  const path = join(dir, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

function journalOf(stdout: string): readonly JournalEntry[] {
  return stdout.trimEnd().split("\n").map((line) => JSON.parse(line) as JournalEntry);
}

describe("orderloom simulate", () => {
  it("prints the timeline and the final state of an order", async () => {
    const { code, stdout, stderr } = await runCli("simulate", ORDER, ...AT);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Virtual clock starts at 2026-11-02T09:00:00.000Z");
    expect(stdout).toMatch(/^ +0 s {2}\* Order accepted under release /m);
    expect(stdout).toMatch(/^Order +COMPLETED$/m);
    expect(stdout).toMatch(/^ +billing\.start-charge +2 sent, 2 took effect$/m);
    // eslint-disable-next-line no-control-regex -- no terminal, no colors
    expect(stdout).not.toMatch(/\u001B/);
  });

  it("shows an unknown outcome and its reconciliation, with one effect", async () => {
    const faults = file("timeout.json", { script: [{ task: "1/activate-network", attempt: 1, does: "TAKE_EFFECT_THEN_TIME_OUT" }] });
    const { code, stdout } = await runMain("simulate", ORDER, "--faults", faults, ...AT);
    expect(code).toBe(0);
    expect(stdout).toMatch(/outcome unknown: The system did not answer in time/);
    expect(stdout).toMatch(/reconciled: it took effect/);
    expect(stdout).toMatch(/^ +activation\.configure +\d+ sent, 1 took effect$/m);
    expect(stdout).toMatch(/^Order +COMPLETED$/m);
  });

  it("prints the same event log twice as canonical JSON lines", async () => {
    const faults = file("busy.json", [{ task: "1/activate-network", attempt: 1, does: "FAIL", code: "BUSY", httpStatus: 503 }]);
    const args = ["simulate", ORDER, "--faults", faults, ...AT, "--json"];
    const [first, second] = await Promise.all([runCli(...args), runCli(...args)]);
    expect(first.stdout).toBe(second.stdout);
    const journal = journalOf(first.stdout);
    expect(journal[0]?.events[0]?.type).toBe("OrderSubmitted");
    expect(journal.flatMap(({ events }) => events).map(({ type }) => type)).toContain("TaskRetryScheduled");
  });

  it("takes an order in the domain's own words", async () => {
    const tmf = journalOf((await runMain("simulate", ORDER, ...AT, "--json")).stdout);
    const submitted = tmf[0]?.events[0];
    if (submitted?.type !== "OrderSubmitted") throw new Error("The first event must be OrderSubmitted");
    const domain = await runMain("simulate", file("domain.json", submitted.order), ...AT, "--json");
    expect(domain.code).toBe(0);
    expect(journalOf(domain.stdout)).toEqual(tmf);
  });

  it.each([
    ["a script that is no list", { script: 3 }, "must be a list of lines"],
    ["a behavior that does not exist", [{ task: "1/a", does: "EXPLODE" }], 'line 1: "does" must be one of SUCCEED, FAIL'],
    ["a line without subject", [{ task: "1/a", does: "FAIL" }, {}], "line 2: must name one of task, query, event, pace, manual, do."],
    ["a duration that is none", [{ event: "DELIVERED", at: "3 days" }], 'line 1: "at" must be an ISO 8601 duration'],
    ["a member it does not know", [{ query: "activation", does: "NOT_FOUND", code: "BUSY" }], 'line 1: "code" is not known here'],
    ["a missing member", [{ manual: "1/a" }], 'line 1: "outcome" is missing'],
    ["an act that does not exist", [{ do: "PRAY", at: "PT1H" }], 'line 1: "do" must be one of CANCEL, AMEND'],
    ["an act without a moment", [{ do: "CANCEL", reason: "r" }], 'line 1: "at", "after" or "afterEvents" is missing'],
    ["an act with two moments", [{ do: "HOLD", item: "1", at: "PT1H", after: "1/a READY" }], 'line 1: name one of "at", "after" and "afterEvents".'],
    ["a moment that is none", [{ do: "HOLD", item: "1", after: "reserved" }], 'line 1: "after" must be "<item id>/<task key> <STATE or failure code>"'],
    ["an amendment of nothing", [{ do: "AMEND", item: "1", at: "PT1H" }], 'line 1: "set" is missing; it must be an object'],
    ["a text that is no JSON", "[", "is not JSON"],
  ])("refuses %s and says where", async (_name, script, message) => {
    const { code, stderr } = await runMain("simulate", ORDER, "--faults", file("bad.json", script));
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  it.each([
    ["no order", { a: 1 }, "neither productOrderItem nor items"],
    ["an unknown offering", { items: [{ id: "1", action: "ADD", offering: "MOON" }] }, "offering-unknown"],
    ["an action that does not exist", { items: [{ id: "1", action: "add", offering: "MOON" }] }, "/items/0/action must be one of ADD"],
    ["an invalid TMF payload", { productOrderItem: [{ id: "1" }] }, "/productOrderItem/0/action"],
    ["a placeholder it does not know", { externalId: "{{tomorrow}}" }, "{{tomorrow}}"],
  ])("refuses %s with every reason", async (_name, order, message) => {
    const { code, stderr } = await runMain("simulate", file("order.json", order));
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  it.each([
    ["no order file", ["simulate"], "Name the file that holds the order."],
    ["a file that does not exist", ["simulate", "nowhere.json"], "nowhere.json: the order cannot be read"],
    ["an instant that is none", ["simulate", ORDER, "--at", "noon"], '"noon" is no instant'],
  ])("ends with 2 on %s", async (_name, args, message) => {
    const { code, stderr } = await runMain(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
