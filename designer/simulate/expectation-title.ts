import { expectations } from "../../engine/language/schemas/expectations.ts";

const TITLES = expectations["properties"] as unknown as { readonly [name: string]: { readonly title: string } };

/** What an expectation of scenarios is called in forms. */
export function expectationTitle(name: string): string {
  return TITLES[name]?.title ?? name;
}
