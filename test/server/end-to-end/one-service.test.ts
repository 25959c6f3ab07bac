import { describe, expect, inject, it } from "vitest";
import { freshPostgres } from "../../support/fresh-database.ts";
import { startStand } from "./stand.ts";

const postgresUrl = inject("postgresUrl");
const databases = [
  { name: "SQLite", url: () => Promise.resolve(null) },
  ...(postgresUrl === null ? [] : [{ name: "PostgreSQL", url: async () => (await freshPostgres(postgresUrl)).url }]),
];

describe.each(databases)("one service, one order at a time, on $name", ({ url }) => {
  it("G4 given an order that changes a service, when a second one for it comes, then it is refused and names the first; afterwards it is taken", async () => {
    const stand = await startStand(await url(), [{ system: "activation", action: "configure", times: 1, fault: { kind: "late-callback", ms: 1_500 } }]);
    const other = (text: string) => text.replaceAll("WEB-{{unique}}", "WEB-2-{{unique}}").replaceAll("\"Q-{{unique}}", "\"Q-2-{{unique}}");
    const soon = (text: string) => text.replaceAll(/("requestedCompletionDate": ")[^"]*/g, "$1{{now+PT3S}}");
    const first = await stand.post("home-fiber-modify", "TWICE", soon);
    expect(first.status, JSON.stringify(first.body)).toBe(201);

    const second = await stand.post("home-fiber-modify", "TWICE", (text) => other(soon(text)));
    expect(second).toMatchObject({ status: 409, body: { code: "order-exists", orderId: first.body.id } });

    expect(await stand.follow(first.body.id ?? "", "COMPLETED")).toMatchObject({ internalState: "COMPLETED" });
    expect((await stand.post("home-fiber-modify", "TWICE", (text) => other(soon(text)))).status).toBe(201);
  });
});
