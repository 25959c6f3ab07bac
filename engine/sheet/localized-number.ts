const PLAIN = /^[+-]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const SPACES = /[ \u00A0\u202F'’]/g;
/** Thousands in groups of three by point, comma, space or apostrophe, then a decimal part by the other sign. */
const GROUPED = /^[+-]?[1-9]\d{0,2}(?:(?:[.]\d{3})+(?:,\d+)?|(?:,\d{3})+(?:\.\d+)?|(?:[ \u00A0\u202F'’]\d{3})+(?:[.,]\d+)?)$/;
const DECIMAL_COMMA = /^[+-]?(?:0|[1-9]\d*),\d+$/;

/** What a text says as a number. `ambiguous`: it is one number in one country and another elsewhere. */
export type LocalizedNumber = { readonly value: number } | "ambiguous" | null;

/**
 * Reads a number as people of different countries write it: `1234.5`, `1.234,56`, `1,234.56`, `1 234,5`, `10,5`. A text that
 * means different numbers in different places (`1,234`, `1.234.567` does not) is ambiguous; leading zeros are no number,
 * because they belong to an id. Null when it is no number, or none a double keeps.
 */
export function readNumber(text: string): LocalizedNumber {
  if (PLAIN.test(text)) return kept(Number(text));
  if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(text)) return "ambiguous";
  if (GROUPED.test(text)) {
    const spaceless = text.replaceAll(SPACES, "");
    const decimal = Math.max(spaceless.lastIndexOf("."), spaceless.lastIndexOf(","));
    const sign = spaceless[decimal];
    const isDecimal = sign !== undefined && spaceless.indexOf(sign) === decimal && (spaceless.length !== text.length || /[.,]/.test(spaceless.slice(0, decimal)));
    const digits = isDecimal ? `${spaceless.slice(0, decimal).replaceAll(/[.,]/g, "")}.${spaceless.slice(decimal + 1)}` : spaceless.replaceAll(/[.,]/g, "");
    return kept(Number(digits));
  }
  return DECIMAL_COMMA.test(text) ? kept(Number(text.replace(",", "."))) : null;
}

/** A spreadsheet's number as it is kept; null for a whole number beyond what a double counts exactly. */
export function kept(value: number): { readonly value: number } | null {
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) return null;
  return { value: value === 0 ? 0 : value };
}
