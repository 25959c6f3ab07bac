const rules = new Intl.PluralRules("en");

/** A count with its noun in the right number: `2 tasks`, `1 table`. */
export function plural(count: number, one: string, other: string): string {
  return `${count.toLocaleString("en")} ${rules.select(count) === "one" ? one : other}`;
}
