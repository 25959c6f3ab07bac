import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { JournalEntry } from "../../engine/order/events.ts";
import { evolve } from "../../engine/order/evolve.ts";
import type { Order } from "../../engine/order/order.ts";
import { isJsonObject } from "../../engine/support/json.ts";
import type { OpenOrder } from "../impact/assess-orders.ts";
import { compileBundle, type ReleaseBundle } from "../../engine/language/release-bundle.ts";
import { EnvironmentError, InputError } from "./usage-error.ts";

/** One line of an export: a release, before the first order that runs on it, or an order as its journal. */
export type ExportLine = { readonly release: ReleaseBundle } | { readonly journal: readonly JournalEntry[] };

/** The orders of an exported file, page by page, rebuilt from their journals; `releases` are filled on the way. */
export async function* readExport(file: string, releases: Map<string, CompiledRelease>, pageOrders: number): AsyncGenerator<readonly OpenOrder[]> {
  let page: OpenOrder[] = [];
  let number = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity })) {
      number += 1;
      if (text.trim() === "") continue;
      const line = readLine(text, `${file}:${number}`);
      if ("release" in line) addRelease(line.release, releases, `${file}:${number}`);
      else page.push(rebuild(line.journal, `${file}:${number}`));
      if (page.length < pageOrders) continue;
      yield page;
      page = [];
    }
  } catch (error) {
    if (error instanceof Error && "code" in error) throw new EnvironmentError(`${file} cannot be read (${error.message}); make it with "orderloom export-orders".`);
    throw error;
  }
  if (page.length > 0) yield page;
}

function readLine(text: string, place: string): ExportLine {
  try {
    const line: unknown = JSON.parse(text);
    if (isJsonObject(line) && (isJsonObject(line["release"]) || Array.isArray(line["journal"]))) return line as unknown as ExportLine;
  } catch {
    // Said below, with the place.
  }
  throw new InputError(`${place} is no line of an export; make the file with "orderloom export-orders".`);
}

function addRelease(bundle: ReleaseBundle, releases: Map<string, CompiledRelease>, place: string): void {
  if (releases.has(bundle.digest)) return;
  const compilation = compileBundle(bundle);
  if (!compilation.ok || compilation.release.digest !== bundle.digest) throw new InputError(`${place}: release ${bundle.name} does not compile to its digest; the file was changed.`);
  releases.set(bundle.digest, compilation.release);
}

function rebuild(journal: readonly JournalEntry[], place: string): OpenOrder {
  try {
    let order: Order | null = null;
    for (const { events } of journal) for (const event of events) order = evolve(order, event);
    if (order !== null) return { order, journal };
  } catch (error) {
    throw new InputError(`${place}: the journal cannot be replayed (${error instanceof Error ? error.message : String(error)}).`);
  }
  throw new InputError(`${place}: the journal is empty.`);
}
