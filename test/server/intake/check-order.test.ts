import { describe, expect, it } from "vitest";
import type { NewItem, NewOrder } from "../../../engine/order/order.ts";
import type { Json } from "../../../engine/support/json.ts";
import { checkOrder } from "../../../server/intake/check-order.ts";
import { intentKeys } from "../../../server/intake/intent-keys.ts";
import { toNewOrder } from "../../../server/tmf/to-new-order.ts";
import { NOW, RELEASE } from "../api/edge-app.ts";
import { exampleOrder } from "../api/home-fiber-order.ts";

function order(name: string): NewOrder {
  const mapped = toNewOrder(exampleOrder(name, "X") as Json, "ord-1");
  if (!mapped.ok) throw new Error(JSON.stringify(mapped.problems));
  return mapped.order;
}

/** The reasons against an order, one of whose items is changed. */
function reasons(name: string, head: Partial<NewOrder>, item: Partial<NewItem> = {}, now = NOW): readonly (readonly [string, string])[] {
  const given = order(name);
  const items = given.items.map((each, position) => (position === 0 ? { ...each, ...item } : each));
  return checkOrder({ ...given, items, ...head }, RELEASE, now).map(({ code, pointer }) => [code, pointer] as const);
}

describe("an order at the door", () => {
  it.each(["home-fiber", "home-fiber-modify", "home-fiber-disconnect", "managed-office", "furniture", "contact-center"])("%s is accepted", (name) => {
    expect(reasons(name, {})).toEqual([]);
  });

  it.each<[string, Partial<NewOrder>, Partial<NewItem>, readonly (readonly [string, string])[]]>([
    ["an unknown offering", {}, { offering: "TELEGRAPH" }, [["offering-unknown", "/items/0/offering"]]],
    ["an action that is not offered", {}, { action: "NO_CHANGE" }, [["action-not-allowed", "/items/0/action"]]],
    ["no quote", { quote: null }, {}, [["quote-missing", "/quote"]]],
    ["a quote without version", { quote: { id: "Q" } }, {}, [["quote-missing", "/quote/version"]]],
    ["an expired quote", { quote: { id: "Q", version: 1, validUntil: "2026-11-19T00:00:00.000Z" } }, {}, [["quote-expired", "/quote/validUntil"]]],
    ["no qualification", {}, { qualification: null }, [["qualification-missing", "/items/0/qualification"], ["qualification-missing", "/items/0/qualification/commercial"]]],
    ["no commercial qualification", {}, { qualification: { id: "SQ", result: "qualified", checkedAt: NOW } }, [["qualification-missing", "/items/0/qualification/commercial"]]],
    ["a place that did not qualify", {}, { qualification: { id: "SQ", result: "notQualified", checkedAt: NOW, commercial: { id: "P", checkedAt: NOW } } }, [["qualification-rejected", "/items/0/qualification/result"]]],
    ["an old qualification", {}, { qualification: { id: "SQ", result: "qualified", checkedAt: "2026-11-16T00:00:00.000Z", commercial: { id: "P", checkedAt: NOW } } }, [["qualification-expired", "/items/0/qualification/checkedAt"]]],
    ["a qualification without date", {}, { qualification: { id: "SQ", result: "qualified", commercial: { id: "P", checkedAt: NOW } } }, [["qualification-missing", "/items/0/qualification/checkedAt"]]],
    ["a qualification from the future", {}, { qualification: { id: "SQ", result: "qualified", checkedAt: "2027-11-16T00:00:00.000Z", commercial: { id: "P", checkedAt: NOW } } }, [["qualification-rejected", "/items/0/qualification/checkedAt"]]],
    ["no account", { billingAccount: null }, {}, [["schema-violation", ""]]],
    ["a relationship to nowhere", {}, { relationships: [{ type: "reliesOn", itemId: "99" }] }, [["relationship-unknown", "/items/0/relationships/0"]]],
  ])("%s", (_title, head, item, expected) => {
    expect(reasons("home-fiber", head, item)).toEqual(expected);
  });

  it("text where a boolean belongs is refused, never coerced", () => {
    expect(reasons("home-fiber", {}, { characteristics: { speed: "1G", routerRequired: "true", routerDelivery: "TECHNICIAN" } })).toEqual([["schema-violation", "/items/0/characteristics/routerRequired"]]);
  });

  it("a qualification holds to the end of its time and not longer", () => {
    const item = { qualification: { id: "SQ", result: "qualified", checkedAt: "2026-11-17T10:00:00.000Z", commercial: { id: "P", checkedAt: NOW } } };
    expect(reasons("home-fiber", {}, item, "2026-11-20T10:00:00.000Z")).toEqual([]);
    expect(reasons("home-fiber", {}, item, "2026-11-20T10:00:00.001Z").map(([code]) => code)).toEqual(["qualification-expired"]);
  });

  it("an end needs no qualification", () => {
    expect(reasons("home-fiber-disconnect", {}, { qualification: null })).toEqual([]);
  });

  it("an authored rule speaks with its own code", () => {
    const given = order("home-fiber-modify");
    const same = { ...given, items: given.items.map((item) => ({ ...item, characteristics: { speed: "500M" } })) };
    expect(checkOrder(same, RELEASE, NOW)).toMatchObject([{ code: "rule-breached", rule: "same-speed", pointer: "/items/0" }]);
    const late = checkOrder(given, RELEASE, "2026-11-20T11:00:00.000Z");
    expect(late).toMatchObject([{ code: "rule-breached", rule: "date-in-the-past" }]);
  });

  it("a router that relies on nothing", () => {
    const given = order("managed-office");
    const items = given.items.map((item) => (item.offering === "MANAGED_ROUTER" ? { ...item, relationships: [] } : item));
    const position = items.findIndex((item) => item.offering === "MANAGED_ROUTER");
    expect(checkOrder({ ...given, items }, RELEASE, NOW).map(({ code, pointer }) => [code, pointer])).toEqual([["relationship-missing", `/items/${position}/relationships`]]);
  });

  it("gives every reason at once, at most 20", () => {
    expect(new Set(reasons("home-fiber", { quote: null, billingAccount: null }, { qualification: null, appointment: null }).map(([code]) => code))).toEqual(
      new Set(["quote-missing", "schema-violation", "qualification-missing"]),
    );
    const given = order("home-fiber");
    const many = Array.from({ length: 50 }, (_, index) => ({ ...(given.items[0] as NewItem), id: `i${index}`, offering: `X${index}` }));
    expect(checkOrder({ ...given, items: many }, RELEASE, NOW)).toHaveLength(20);
  });
});

describe("intent keys", () => {
  it("name quote version and external id, and nothing can imitate a separator", () => {
    const given = order("home-fiber");
    expect(intentKeys(given, RELEASE, "ann")).toEqual(["quote:Q-X/1", "external:web/WEB-X"]);
    expect(intentKeys({ ...given, channel: null, quote: { id: "a/b", version: "1/2" } }, RELEASE, "ann")).toEqual(["quote:a%2Fb/1%2F2", "external:ann/WEB-X"]);
  });

  it("leave the quote out where a product does not ask for it", () => {
    expect(intentKeys({ ...order("furniture"), externalId: null }, RELEASE, "ann")).toEqual([]);
  });
});
