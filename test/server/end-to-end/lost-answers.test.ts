import { describe, expect, inject, it } from "vitest";
import { freshPostgres } from "../../support/fresh-database.ts";
import { startStand } from "./stand.ts";

const postgresUrl = inject("postgresUrl");
const databases = [
  { name: "SQLite", url: () => Promise.resolve(null) },
  ...(postgresUrl === null ? [] : [{ name: "PostgreSQL", url: async () => (await freshPostgres(postgresUrl)).url }]),
];

/** The whole way: TMF622 in, HTTP out, signed callbacks back, real database. */
describe.each(databases)("answers that are lost, doubled or out of order, on $name", ({ url }) => {
  const ACTIVATION = { system: "activation", action: "configure" } as const;

  it("E4 a timeout after the effect becomes OUTCOME_UNKNOWN, is found out by asking, and the effect happened once", async () => {
    const stand = await startStand(await url(), [{ ...ACTIVATION, times: 1, fault: { kind: "timeout-after-effect" } }]);
    const order = await stand.submit("home-fiber");
    expect(await stand.follow(order, "COMPLETED")).toMatchObject({ internalState: "COMPLETED" });
    const events = await stand.eventsOf(order, "activate-network");
    expect(events).toEqual(expect.arrayContaining(["TaskOutcomeBecameUnknown", "TaskStatusQueried", "TaskReconciled", "TaskSucceeded"]));
    expect(events.filter((type) => type === "TaskDispatched")).toHaveLength(1);
    expect(stand.effects(order, "activation.configure")).toBe(1);
  });

  it("E4 a timeout without effect is found out after the settle window, sent again, and the effect happened once", async () => {
    const stand = await startStand(await url(), [{ ...ACTIVATION, times: 1, fault: { kind: "timeout-before-effect" } }]);
    const order = await stand.submit("home-fiber");
    expect(await stand.follow(order, "COMPLETED")).toMatchObject({ internalState: "COMPLETED" });
    expect((await stand.eventsOf(order, "activate-network")).filter((type) => type === "TaskDispatched")).toHaveLength(2);
    expect(stand.effects(order, "activation.configure")).toBe(1);
  });

  it("E5 doubled and reordered callbacks make one transition", async () => {
    const stand = await startStand(await url(), [
      { ...ACTIVATION, fault: { kind: "duplicate-callback", copies: 3, sameId: false } },
      { system: "workforce", action: "book-appointment", fault: { kind: "reorder-callbacks" } },
    ]);
    const order = await stand.submit("home-fiber");
    expect(await stand.follow(order, "COMPLETED")).toMatchObject({ internalState: "COMPLETED" });
    for (const task of ["activate-network", "book-installation"]) {
      expect((await stand.eventsOf(order, task)).filter((type) => type === "TaskSucceeded"), task).toHaveLength(1);
    }
  });

  it("E5 a callback that arrives before the request was answered is not lost", async () => {
    const stand = await startStand(await url(), [{ ...ACTIVATION, fault: { kind: "early-callback" } }]);
    const order = await stand.submit("home-fiber");
    expect(await stand.follow(order, "COMPLETED")).toMatchObject({ internalState: "COMPLETED" });
    expect((await stand.eventsOf(order, "activate-network")).filter((type) => type === "TaskSucceeded")).toHaveLength(1);
    expect(stand.effects(order, "activation.configure")).toBe(1);
  });

  it("F2 a system that is away for a while gets the same command again with the same key, and the effect happened once", async () => {
    const stand = await startStand(await url(), [{ system: "billing", times: 2, fault: { kind: "unavailable" } }]);
    const order = await stand.submit("home-fiber");
    expect(await stand.follow(order, "COMPLETED")).toMatchObject({ internalState: "COMPLETED" });
    const { repeated } = stand.sandbox.effects(order);
    expect(repeated).toEqual([]);
  });

  it("C6 nobody at home: the order is held for the customer, who reads so, and nothing technical is undone", async () => {
    const stand = await startStand(await url(), [{ system: "workforce", action: "perform-work", fault: { kind: "reject", code: "NO_ACCESS", message: "Nobody was at home." } }]);
    const order = await stand.submit("home-fiber");
    expect(await stand.follow(order, "HELD")).toMatchObject({ internalState: "HELD", customerVisibleStatus: { key: "ACTION_REQUIRED" } });
    expect(stand.effects(order, "resource-inventory.release")).toBe(0);
  });
});
