import { isOutput, type TableColumn } from "../../engine/sheet/column-side.ts";
import { grid as words } from "../strings/grid.ts";

const BOUND = String.raw`(?:date\("([^"]+)"\)|duration\("([^"]+)"\)|(-?\d+(?:\.\d+)?))`;
const INTERVAL = new RegExp(String.raw`^([[(\]])\s*${BOUND}\s*\.\.\s*${BOUND}\s*([\])[])$`);
const COMPARISON = new RegExp(`^(<=|>=|<|>)\\s*${BOUND}$`);
const NEGATION = /^not\((.+)\)$/;

/** What a condition means in words: "from 100 to 1,000 Mbit/s, the end not included". Empty where the text says it itself. */
export function cellWords(text: string, column: TableColumn): string {
  if (isOutput(column)) return text.startsWith("=") ? words.computed : "";
  const unit = column.unit === undefined ? "" : ` ${column.unit}`;
  const interval = INTERVAL.exec(text);
  if (interval !== null) {
    const [, open, ...rest] = interval;
    const [low, high, close] = [bound(rest.slice(0, 3)), bound(rest.slice(3, 6)), rest[6]];
    return words.interval(low, `${high}${unit}`, open === "[", close === "]");
  }
  const comparison = COMPARISON.exec(text);
  if (comparison !== null) return `${words.comparisons[comparison[1] as keyof typeof words.comparisons]} ${bound(comparison.slice(2, 5))}${unit}`;
  const negation = NEGATION.exec(text);
  if (negation !== null) return words.anythingBut((negation[1] ?? "").replaceAll('"', ""));
  return text.includes(",") && !/[[(]/.test(text) ? words.oneOfThese : "";
}

function bound(parts: readonly (string | undefined)[]): string {
  const found = parts.find((part) => part !== undefined) ?? "";
  return /^-?\d+(?:\.\d+)?$/.test(found) ? Number(found).toLocaleString("en-US") : found;
}
