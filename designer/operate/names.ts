import { useEffect, useState } from "react";
import type { OrderView } from "../../server/api/order-view.ts";
import type { StepView } from "../../server/api/step-view.ts";
import { releasesApi } from "../api/releases.ts";
import { operate as texts } from "../strings/operate.ts";

/** The business names that a release gives to its definitions: `<kind>/<key>` -> title. */
export type Titles = ReadonlyMap<string, string>;

const NONE: Titles = new Map();
const read = new Map<string, Promise<Titles>>();

/** A release never changes, so each is read once. */
function titlesOf(digest: string): Promise<Titles> {
  const known = read.get(digest) ?? releasesApi.bundle(digest).then(({ definitions }) => new Map(definitions.map(({ kind, key, title }) => [`${kind}/${key}`, title])));
  known.catch(() => read.delete(digest));
  read.set(digest, known);
  return known;
}

/** The titles of several releases; keys alone until they are read. */
export function useTitles(digests: readonly string[]): (digest: string) => Titles {
  const [titles, setTitles] = useState<ReadonlyMap<string, Titles>>(new Map());
  const wanted = [...new Set(digests)].sort().join(" ");
  useEffect(() => {
    for (const digest of wanted.split(" ").filter(Boolean)) {
      titlesOf(digest).then((found) => setTitles((before) => new Map(before).set(digest, found)), () => undefined);
    }
  }, [wanted]);
  return (digest) => titles.get(digest) ?? NONE;
}

/** What was ordered, in words: the plans of the items, and their offerings until there are plans. */
export function productName(order: Pick<OrderView, "items">, titles: Titles): string {
  const names = order.items.map(({ decomposition, offering }) => titles.get(`plan-template/${decomposition?.template ?? ""}`) ?? offering);
  return [...new Set(names)].join(" + ");
}

/** The title of a step; two steps of an item with the same title are told apart by their keys. */
export function stepName(step: Pick<StepView, "title" | "key" | "itemId">, steps: readonly StepView[]): string {
  const shared = steps.some((other) => other.title === step.title && other.itemId === step.itemId && other.key !== step.key);
  return shared ? `${step.title} (${step.key})` : step.title;
}

/** A sentence of the engine with the rows it names as `table/row` said by the title of their table. */
export function withTables(sentence: string, titles: Titles): string {
  return sentence.replace(/([a-z][\w-]*)\/([\w-]+)/g, (said, table: string, row: string) => {
    const title = titles.get(`decision-table/${table}`);
    return title === undefined ? said : texts.rowOf(row, title);
  });
}

export function systemName(key: string | null, titles: Titles): string | null {
  return key === null ? null : (titles.get(`target-system/${key}`) ?? key);
}
