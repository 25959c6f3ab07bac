import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import type { OrderSchema } from "../../engine/language/kinds.ts";
import type { Json } from "../../engine/support/json.ts";
import { fillOrder } from "../../examples/orders/fill-order.ts";
import { toNewOrder } from "../../server/tmf/to-new-order.ts";

const NOW = "2026-11-20T10:00:00.000Z";
const folder = new URL("../../examples/orders/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));

function schemaOf(offering: string): OrderSchema {
  const schemas = new URL("../../definitions/order-schema/", import.meta.url);
  const all = readdirSync(schemas).map((file) => JSON.parse(readFileSync(new URL(file, schemas), "utf8")) as OrderSchema);
  const schema = all.find((each) => each.offerings.includes(offering));
  if (!schema) throw new Error(`No order schema for ${offering}.`);
  return schema;
}

describe("an example order", () => {
  it.each(files)("%s fills, maps and meets its order schema", (file) => {
    const filled = fillOrder(readFileSync(new URL(file, folder), "utf8"), NOW, "U1") as Json;
    const mapped = toNewOrder(filled, "O-1");
    if (!mapped.ok) throw new Error(JSON.stringify(mapped.problems));
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    for (const item of mapped.order.items) {
      const schema = schemaOf(item.offering);
      for (const [rule, value] of [[schema.order, mapped.order], [schema.actions[item.action] ?? false, item]] as const) {
        expect(ajv.validate(rule, JSON.parse(JSON.stringify(value, (_key, member: unknown) => member ?? undefined))), ajv.errorsText()).toBe(true);
      }
      const needs = item.action === "DISCONNECT" ? {} : (schema.qualification ?? {});
      if (needs.technical?.required && (needs.technical.offerings?.includes(item.offering) ?? true)) {
        expect(item.qualification).toMatchObject({ result: "qualified", checkedAt: expect.any(String) as string });
      }
      if (needs.commercial?.required) expect(item.qualification?.["commercial"]).toMatchObject({ result: "qualified", checkedAt: expect.any(String) as string });
      if (schema.quote.required) expect(mapped.order.quote).toMatchObject({ id: "Q-U1", version: expect.any(Number) as number });
    }
  });

  it("never goes stale and never repeats itself", () => {
    const text = '{"a":"{{now}}","b":"{{now+P4DT1H}}","c":"{{now-PT30M}}","d":"Q-{{unique}}"}';
    expect(fillOrder(text, NOW, "U1")).toEqual({ a: NOW, b: "2026-11-24T11:00:00.000Z", c: "2026-11-20T09:30:00.000Z", d: "Q-U1" });
    expect(fillOrder(text, NOW)).not.toEqual(fillOrder(text, "2026-11-20T10:00:00.001Z"));
    expect(() => fillOrder('{"a":"{{tomorrow}}"}', NOW)).toThrow("{{tomorrow}}");
    expect(() => fillOrder('{"a":"{{now+P1M}}"}', NOW)).toThrow("{{now+P1M}}");
  });
});
