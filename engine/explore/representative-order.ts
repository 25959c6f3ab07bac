import type { CompiledOrderSchema, CompiledRelease } from "../language/compiled-release.ts";
import type { ItemAction } from "../language/kinds.ts";
import type { DecisionTable, TableRow } from "../language/table-kinds.ts";
import { evolve } from "../order/evolve.ts";
import type { NewItem, NewOrder } from "../order/order.ts";
import { decompose } from "../plan/decompose.ts";
import { sampleValue } from "../simulate/sample-value.ts";
import { addMs } from "../support/instant.ts";
import { isJsonObject, setAt, textOf, type Json, type JsonObject } from "../support/json.ts";

/** A requested day of generated orders: far enough that nothing is due at once. */
const REQUESTED_AFTER_MS = 14 * 86_400_000;

/**
 * An order of one item that leads to a plan template, made of the order schema's own samples and of the values that the
 * decomposition table asks for; null when no offering and action does. All it may carry it carries, so that all work is
 * part of the plan; work that is there only under other values is better explored with an order of one's own.
 */
export function representativeOrder(template: string, release: CompiledRelease, at: string): NewOrder | null {
  for (const [offering, schema] of release.orderSchemas) {
    const table = release.decomposition.get(offering)?.definition;
    const rows = table?.rows.filter((row) => row["planTemplate"] === template) ?? [];
    for (const row of rows) {
      for (const action of schema.actions.keys()) {
        const order = sampleOrder(offering, action as ItemAction, schema, at, asked(table?.columns ?? [], row));
        if (leadsTo(template, order, release, at)) return order;
      }
    }
  }
  return null;
}

function leadsTo(template: string, order: NewOrder, release: CompiledRelease, at: string): boolean {
  const submitted = evolve(null, { type: "OrderSubmitted", order, release: { name: release.name, digest: release.digest }, correlationId: "explore", at });
  const [item] = submitted.items;
  const answer = item && decompose(submitted, item, release);
  return answer?.found === true && answer.decomposition?.template === template;
}

/** What a row asks of the item: dotted path -> the first value it takes. */
function asked(columns: DecisionTable["columns"], row: TableRow): ReadonlyMap<string, Json> {
  const values = new Map<string, Json>();
  for (const column of columns) {
    const cell = "in" in column ? row[column.key] : undefined;
    if ("in" in column && column.in.startsWith("item.") && Array.isArray(cell)) values.set(column.in.slice("item.".length), (cell as readonly Json[])[0] ?? null);
  }
  return values;
}

function sampleOrder(offering: string, action: ItemAction, schema: CompiledOrderSchema, at: string, values: ReadonlyMap<string, Json>): NewOrder {
  const requestedDate = addMs(at, REQUESTED_AFTER_MS);
  const itemSchema = schema.definition.actions[action];
  const sample: JsonObject = {
    parentId: null, specification: null, quantity: 1, requestedDate, place: null, appointment: null, product: null, characteristics: {}, qualification: null,
    ...sampleOf(itemSchema, requestedDate), charges: chargesOf(itemSchema, requestedDate), relationships: [],
  };
  const item = [...values].reduce((value, [path, leaf]) => setAt(value, path.split("."), leaf), sample);
  return {
    id: "explored", externalId: null, channel: null, region: null, priority: 0, requestedDate, customer: null, billingAccount: null, quote: null, contract: null,
    ...sampleOf(schema.definition.order, requestedDate),
    items: [{ ...item, id: "1", action, offering } as unknown as NewItem],
  };
}

/** One charge of every type and key the schema names, so that every billing trigger finds its own. */
function chargesOf(itemSchema: JsonObject | undefined, at: string): readonly JsonObject[] {
  const charge = memberOf(memberOf(itemSchema, "charges"), null);
  if (charge === undefined) return [];
  const types = wordsOf(memberOf(charge, "type"));
  const keys = wordsOf(memberOf(charge, "key"));
  const sample = sampleOf(charge, at);
  return types.flatMap((type) => keys.map((key) => ({ ...sample, ...(type !== null && { type }), key: key ?? textOf(type)?.toLowerCase() ?? "charge" })));
}

/** The schema of a member, or with null of the elements of a list. */
function memberOf(schema: JsonObject | undefined, name: string | null): JsonObject | undefined {
  const properties = schema?.["properties"];
  const found = name === null ? schema?.["items"] : isJsonObject(properties) ? properties[name] : undefined;
  return isJsonObject(found) ? found : undefined;
}

function wordsOf(schema: JsonObject | undefined): readonly (Json | null)[] {
  if (schema?.["const"] !== undefined) return [schema["const"]];
  return Array.isArray(schema?.["enum"]) ? (schema["enum"] as readonly Json[]) : [null];
}

function sampleOf(schema: JsonObject | undefined, at: string): JsonObject {
  const value = sampleValue(schema && withEverything(schema), { at, seed: "1" });
  return isJsonObject(value) ? value : {};
}

/** The schema with every member required: what a product offers is wanted, so that all its work is part of the plan. */
function withEverything(schema: JsonObject): JsonObject {
  const { properties, items } = schema;
  if (isJsonObject(items)) return { ...schema, items: withEverything(items) };
  if (!isJsonObject(properties)) return schema;
  const members = Object.entries(properties).map(([name, member]) => [name, isJsonObject(member) ? withEverything(member) : member]);
  return { ...schema, properties: Object.fromEntries(members) as JsonObject, required: Object.keys(properties) };
}
