import { describe, expect, it } from "vitest";
import { ITEM_MACHINE, ORDER_MACHINE, type OrderState } from "../../../engine/order/machines.ts";
import type { NewOrder } from "../../../engine/order/order.ts";
import type { Json, JsonObject } from "../../../engine/support/json.ts";
import { submittedOrder } from "../../../server/intake/submitted-order.ts";
import { orderStatesOf, TMF_ITEM_STATES, TMF_ORDER_STATES } from "../../../server/tmf/state-map.ts";
import { fromTmfPriority, toTmfPriority } from "../../../server/tmf/priority.ts";
import { Field } from "../../../server/tmf/field.ts";
import { toNewOrder } from "../../../server/tmf/to-new-order.ts";
import { toProductOrder } from "../../../server/tmf/to-product-order.ts";
import { NOW, RELEASE } from "../api/edge-app.ts";
import { exampleOrder, type Mutable } from "../api/home-fiber-order.ts";

const examples = ["home-fiber", "home-fiber-modify", "home-fiber-disconnect", "managed-office", "furniture", "contact-center"];

function mapped(body: unknown): NewOrder {
  const result = toNewOrder(body as Json, "ord-1");
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.order;
}

function problemsOf(body: unknown): readonly (readonly [string, string])[] {
  const result = toNewOrder(body as Json, "ord-1");
  return result.ok ? [] : result.problems.map(({ code, pointer }) => [code, pointer] as const);
}

/** What a caller would send to order the same again. */
function asCreate(order: NewOrder): Mutable {
  const tmf = structuredClone(toProductOrder(submittedOrder(order, RELEASE, "c", NOW), RELEASE)) as Mutable;
  for (const name of ["id", "href", "state", "orderDate", "customerStatus"]) delete tmf[name];
  const strip = (items: Mutable[]): void => {
    for (const item of items) {
      delete item["state"];
      delete item["customerStatus"];
      strip((item["productOrderItem"] ?? []) as Mutable[]);
    }
  };
  strip(tmf["productOrderItem"] as Mutable[]);
  return tmf;
}

describe("TMF622 and back", () => {
  it.each(examples)("%s survives the round trip", (name) => {
    const order = mapped(exampleOrder(name, "RT"));
    expect(mapped(asCreate(order))).toEqual(order);
  });

  it("a bundle keeps its children and their place", () => {
    const order = mapped({
      productOrderItem: [
        { id: "1", action: "add", productOffering: { id: "B" }, productOrderItem: [{ id: "1.1", action: "add", productOffering: { id: "C" } }, { id: "1.2", action: "noChange", productOffering: { id: "D" }, productOrderItemRelationship: [{ id: "1.1", relationshipType: "reliesOn" }] }] },
        { id: "2", action: "delete", productOffering: { id: "E" }, product: { id: "P-2" } },
      ],
    });
    expect(order.items.map(({ id, parentId, action }) => [id, parentId, action])).toEqual([["1", null, "ADD"], ["1.1", "1", "ADD"], ["1.2", "1", "NO_CHANGE"], ["2", null, "DISCONNECT"]]);
    expect(mapped(asCreate(order))).toEqual(order);
  });

  it("maps Home Fiber field by field", () => {
    const order = mapped(exampleOrder("home-fiber", "X"));
    expect(order).toMatchObject({
      id: "ord-1", externalId: "WEB-X", channel: "web", region: "ID-JK", priority: 0, billingAccount: "BA-1001",
      customer: { id: "C-1001", contact: { name: "Sari Wijaya", phone: "+6281200001001" } },
      quote: { id: "Q-X", version: 1 },
    });
    expect(order.items[0]).toMatchObject({
      id: "1", parentId: null, action: "ADD", offering: "HOME_FIBER_1G", specification: "HOME_FIBER", quantity: 1, product: null,
      place: { id: "LOC-X", validated: true }, appointment: { id: "SLOT-X" },
      characteristics: { speed: "1G", routerRequired: true, routerDelivery: "TECHNICIAN" },
      qualification: { id: "SQ-X", result: "qualified", technology: "FTTH", commercial: { id: "POQ-X", result: "qualified" } },
      charges: [
        { key: "base-fee", type: "RECURRING", amount: 39.9, currency: "EUR", taxRate: 11, period: "month" },
        { key: "installation", type: "ONE_TIME", amount: 49, currency: "EUR", taxRate: 11 },
      ],
    });
  });

  it("keeps the types of characteristics: nothing is coerced", () => {
    const order = mapped(exampleOrder("home-fiber", "X", (_order, item) => ((item["product"] as Mutable)["productCharacteristic"] = [{ name: "routerRequired", valueType: "boolean", value: "true" }])));
    expect(order.items[0]?.characteristics).toEqual({ routerRequired: "true" });
  });

  it("ignores what TMF knows and we do not, and what nobody knows", () => {
    const order = mapped(exampleOrder("home-fiber", "X"));
    const more = mapped(exampleOrder("home-fiber", "X", (body, item) => {
      Object.assign(body, { note: [{ text: "hello" }], payment: [], "@type": "ProductOrder", somethingNew: { a: 1 } });
      Object.assign(item, { itemTerm: [], "@schemaLocation": "https://example.com/x.json", somethingNew: 1 });
    }));
    expect(more).toEqual(order);
  });

  it("writes instants in one form", () => {
    const order = mapped(exampleOrder("home-fiber", "X", (body) => (body["requestedCompletionDate"] = "2026-12-01T07:00:00+07:00")));
    expect(order.requestedDate).toBe("2026-12-01T00:00:00.000Z");
  });
});

describe("what is wrong with a payload", () => {
  it.each<[string, (order: Mutable, item: Mutable) => void, string, string]>([
    ["no items", (order) => delete order["productOrderItem"], "required", "/productOrderItem"],
    ["items that are no list", (order) => (order["productOrderItem"] = { id: "1" }), "invalid-value", "/productOrderItem"],
    ["an unknown action", (_order, item) => (item["action"] = "destroy"), "invalid-value", "/productOrderItem/0/action"],
    ["an action from the prototype", (_order, item) => (item["action"] = "toString"), "invalid-value", "/productOrderItem/0/action"],
    ["no offering", (_order, item) => delete item["productOffering"], "required", "/productOrderItem/0/productOffering"],
    ["an item id with a slash", (_order, item) => (item["id"] = "1/2"), "invalid-value", "/productOrderItem/0/id"],
    ["a priority out of range", (order) => (order["priority"] = "5"), "invalid-value", "/priority"],
    ["a priority that is a number", (order) => (order["priority"] = 1), "invalid-value", "/priority"],
    ["a quantity of half", (_order, item) => (item["quantity"] = 0.5), "invalid-value", "/productOrderItem/0/quantity"],
    ["two quotes", (order) => (order["quote"] = [{ id: "a" }, { id: "b" }]), "invalid-value", "/quote/1"],
    ["an externalId of v5", (order) => (order["externalId"] = [{ id: "x" }]), "invalid-value", "/externalId"],
    ["money as text", (_order, item) => (item["itemPrice"] = [{ name: "a", priceType: "recurring", price: { dutyFreeAmount: { unit: "EUR", value: "39.90" } } }]), "invalid-value", "/productOrderItem/0/itemPrice/0/price/dutyFreeAmount/value"],
    ["two prices of one name", (_order, item) => (item["itemPrice"] = [1, 2].map(() => ({ name: "a b", priceType: "usage", price: { dutyFreeAmount: { unit: "EUR", value: 1 } } }))), "duplicate-charge", "/productOrderItem/0/itemPrice/1/name"],
    ["a customer without id", (order) => (order["relatedParty"] = [{ role: "customer" }]), "required", "/relatedParty/0/id"],
    ["a date of a qualification that does not exist", (_order, item) => (item["qualification"] = [{ id: "a", checkedAt: "2026-02-30T00:00:00Z" }]), "invalid-date", "/productOrderItem/0/qualification/0/checkedAt"],
    ["the same characteristic twice", (_order, item) => ((item["product"] as Mutable)["productCharacteristic"] = [{ name: "a", value: 1 }, { name: "a", value: 2 }]), "invalid-value", "/productOrderItem/0/product/productCharacteristic/1/name"],
    ["a line break in an id", (order) => (order["billingAccount"] = { id: "a\nb" }), "invalid-value", "/billingAccount/id"],
  ])("%s", (_title, change, code, pointer) => {
    expect(problemsOf(exampleOrder("home-fiber", "X", change))).toEqual([[code, pointer]]);
  });

  it("the same id for two items", () => {
    const item = { id: "1", action: "add", productOffering: { id: "A" } };
    expect(problemsOf({ productOrderItem: [item, { ...item, productOrderItem: [item] }] })).toEqual([["duplicate-item", "/productOrderItem/1/id"], ["duplicate-item", "/productOrderItem/1/productOrderItem/0/id"]]);
  });

  it.each([null, 1, "x", [], true])("a body that is %j", (body) => {
    expect(problemsOf(body)).toEqual([["invalid-value", ""]]);
  });

  it("everything at once", () => {
    const found = problemsOf({ priority: 9, state: "completed", requestedStartDate: "soon", productOrderItem: [{ action: "add" }] });
    expect(found.map(([code]) => code).sort()).toEqual(["invalid-date", "invalid-value", "read-only-property", "required", "required"]);
  });
});

describe("where intake's reasons stand in the payload", () => {
  it.each([
    ["/items/0/characteristics/speed", "/productOrderItem/0/product/productCharacteristic/0/value"],
    ["/items/0/characteristics", "/productOrderItem/0/product/productCharacteristic"],
    ["/items/0/place/validated", "/productOrderItem/0/product/place/0/validated"],
    ["/items/0/charges/1", "/productOrderItem/0/itemPrice/1"],
    ["/items/0/qualification", "/productOrderItem/0/qualification"],
    ["/items/0", "/productOrderItem/0"],
    ["/quote/version", "/quote/0/version"],
    ["/customer", "/relatedParty/0"],
    ["", ""],
  ])("%s is %s", (own, theirs) => {
    const result = toNewOrder(exampleOrder("home-fiber", "X") as Json, "ord-1");
    expect(result.ok && result.locate(own)).toBe(theirs);
  });
});

describe("states and priorities", () => {
  it("every state has its TMF word, and the words lead back", () => {
    expect(Object.keys(TMF_ORDER_STATES).sort()).toEqual(Object.keys(ORDER_MACHINE).sort());
    expect(Object.keys(TMF_ITEM_STATES).sort()).toEqual(Object.keys(ITEM_MACHINE).sort());
    for (const state of Object.keys(ORDER_MACHINE) as OrderState[]) expect(orderStatesOf(TMF_ORDER_STATES[state])).toContain(state);
    expect(Object.values(TMF_ITEM_STATES)).not.toContain("partial");
  });

  it("0 is TMF's highest, ours sorts DESC, and an order without one is ordinary", () => {
    const read = (value: string | undefined) => fromTmfPriority(new Field(value, "/priority", []));
    expect(["0", "1", "2", "3", "4"].map(read)).toEqual([2, 1, 0, -1, -2]);
    expect(read(undefined)).toBe(read("2"));
    expect([9, 2, 1, 0, -1, -2, -9].map(toTmfPriority)).toEqual(["0", "0", "1", "2", "3", "4", "4"]);
  });

  it("milestones have the names of v5, and those that do not apply are left out", () => {
    const order = submittedOrder(mapped(exampleOrder("home-fiber", "X")), RELEASE, "c", NOW);
    const planned = (key: string) => ({ id: `1/${key}`, key, itemId: "1", title: key, by: { instant: true } as const });
    const reached = (key: string, outcome: "OPEN" | "REACHED" | "NOT_APPLICABLE" | "MISSED") => ({ id: `1/${key}`, outcome, reachedAt: outcome === "REACHED" ? NOW : null, dueAt: null });
    const tmf = toProductOrder(
      {
        ...order,
        plan: {
          id: "ord-1/p1", number: 1, state: "RUNNING", openTasks: 0, failedTasks: 0, createdAt: NOW,
          graph: { tasks: [], milestones: [...["a", "b", "c", "d"].map(planned), { ...planned("status.DELAYED"), by: { status: "DELAYED" } }] },
        },
        milestones: [reached("a", "REACHED"), reached("b", "OPEN"), reached("c", "NOT_APPLICABLE"), reached("d", "MISSED"), reached("status.DELAYED", "OPEN")],
      },
      RELEASE,
    );
    expect((tmf["productOrderMilestone"] as readonly JsonObject[]).map(({ id, status, milestoneDate }) => [id, status, milestoneDate])).toEqual([
      ["1/a", "Completed", NOW], ["1/b", "Yet-To-Reach", undefined], ["1/d", "Violated", undefined],
    ]);
  });
});
