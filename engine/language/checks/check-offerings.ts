import type { CompileContext } from "../compile-context.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import { offeringColumn, offeringsOf } from "../offerings.ts";

/** Each offering has exactly one decomposition table and one order schema. */
export function checkOfferings(context: CompileContext): void {
  const decomposed = new Map<string, string>();
  const accepted = new Map<string, string>();
  for (const { file, definition: schema } of context.index.all("order-schema")) {
    schema.offerings.forEach((offering, position) => {
      const other = accepted.get(offering);
      if (other === undefined) accepted.set(offering, schema.key);
      else context.reportFor(file)(
        "offering-overlap", jsonPointer("offerings", position),
        `The offering "${offering}" belongs to the order schema "${other}" already; keep it in one of them.`,
      );
    });
  }
  for (const { file, definition: table } of context.index.all("decision-table")) {
    if (table.purpose !== "decomposition") continue;
    const report = context.reportFor(file);
    const column = offeringColumn(table);
    if (column === null) {
      report("offering-missing", "/columns", "A decomposition table finds its items by offering; add an input column over item.offering.");
      continue;
    }
    const named = offeringsOf(table);
    table.rows.forEach((row, position) => {
      const path = jsonPointer("rows", position);
      if (!named.some((each) => each.path.startsWith(`${path}/`))) report(
        "offering-missing", path,
        `The row "${row.id}" names no offering; list its offerings.`,
      );
    });
    for (const { offering, path } of named) {
      const other = decomposed.get(offering);
      if (other === undefined) decomposed.set(offering, table.key);
      else if (other !== table.key) report(
        "offering-overlap", path,
        `The offering "${offering}" is decomposed by the table "${other}" already; keep it in one of them.`,
      );
      if (!accepted.has(offering)) report(
        "offering-without-schema", path,
        `No order schema accepts the offering "${offering}"; add it to one.`,
      );
    }
  }
  for (const { file, definition: schema } of context.index.all("order-schema")) {
    schema.offerings.forEach((offering, position) => {
      if (!decomposed.has(offering)) context.reportFor(file)(
        "offering-without-plan", jsonPointer("offerings", position),
        `Orders for "${offering}" would be accepted, but no decomposition table knows it; add a row.`,
      );
    });
  }
}
