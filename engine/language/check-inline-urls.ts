import type { Report } from "./diagnostic.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import type { Kind } from "./kinds.ts";
import { isPlainObject } from "./plain-object.ts";

/** Where an address would become part of what a release does, by kind; elsewhere, in a description, it does no harm. */
const PLACES: { readonly [kind in Kind]?: readonly string[] } = {
  "target-system": ["adapter", "endpoint"],
  "task-type": ["action", "request", "locks"],
  "plan-template": ["tasks"],
  "compensation-policy": ["with"],
};

const ADDRESS = /\b[a-z][a-z0-9+.-]*:\/\/|\bwww\.[a-z0-9-]+\.|\blocalhost(?::|\b)|\b\d{1,3}(?:\.\d{1,3}){3}\b/i;

/** Reports addresses where only names may stand: the environment says where a system is, never a definition. */
export function checkInlineUrls(kind: Kind, content: { readonly [property: string]: unknown }, report: Report): void {
  for (const place of PLACES[kind] ?? []) visit(content[place], jsonPointer(place), report);
}

function visit(value: unknown, path: string, report: Report): void {
  if (typeof value === "string") {
    if (ADDRESS.test(value)) report(
      "inline-url-forbidden", path,
      `${JSON.stringify(value.slice(0, 80))} holds an address; name an environment variable in the endpoint of a target system instead.`,
    );
  } else if (Array.isArray(value)) {
    value.forEach((entry: unknown, position) => visit(entry, path + jsonPointer(position), report));
  } else if (isPlainObject(value)) {
    for (const [name, entry] of Object.entries(value)) visit(entry, path + jsonPointer(name), report);
  }
}
