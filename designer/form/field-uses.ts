import { isJsonObject, type Json } from "../../engine/support/json.ts";
import { segments } from "./place.ts";
import { textOf } from "./value-text.ts";

/** A definition in which a field is set. */
export interface FieldUse {
  readonly key: string;
  readonly title: string;
}

/** Which definitions of a kind set a field, and how many of the kind there are. Elements of lists count wherever they stand. */
export function fieldUses(contents: Iterable<Json>, kind: string, pointer: string): { readonly uses: readonly FieldUse[]; readonly all: number } {
  const ofKind = [...contents].filter(isJsonObject).filter((content) => content["kind"] === kind);
  const steps = segments(pointer);
  const uses = ofKind.filter((content) => isSet(content, steps)).map(({ key, title }) => ({ key: textOf(key), title: textOf(title ?? key) }));
  return { uses: uses.toSorted((a, b) => a.title.localeCompare(b.title, "en")), all: ofKind.length };
}

function isSet(value: Json | undefined, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return value !== undefined;
  if (Array.isArray(value)) return (value as readonly Json[]).some((entry) => isSet(entry, rest));
  return isJsonObject(value) && Object.hasOwn(value, step) && isSet(value[step], rest);
}
