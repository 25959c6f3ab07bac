import { readXml } from "./read-xml.ts";

/** What the style of a cell says about its value. */
export interface ValueStyle {
  /** What a number stands for. */
  readonly shows: "number" | "date" | "date-time" | "time";
  /** An apostrophe in front, or the format Text: whatever it looks like, it is a text. */
  readonly quoted: boolean;
}

const TEXT_FORMAT = 49;
/** The built-in number formats that show dates and times (ECMA-376 part 1, 18.8.30), with those of East Asian versions. */
const BUILT_IN: readonly (readonly [from: number, to: number, shows: ValueStyle["shows"]])[] = [
  [14, 17, "date"], [18, 21, "time"], [22, 22, "date-time"], [27, 31, "date"], [32, 35, "time"], [36, 36, "date"], [45, 47, "time"], [50, 54, "date"], [55, 56, "time"], [57, 58, "date"],
];

/** The styles of a workbook, by the number cells give. */
export function readStyles(bytes: Uint8Array | null, part: string): readonly ValueStyle[] {
  const formats = new Map<number, string>();
  const styles: ValueStyle[] = [];
  let inCells = false;
  if (bytes === null) return styles;
  readXml(bytes, part, {
    open: (name, attribute) => {
      if (name === "numFmt") formats.set(Number(attribute("numFmtId")), attribute("formatCode") ?? "");
      if (name === "cellXfs") inCells = true;
      if (name !== "xf" || !inCells) return;
      const format = Number(attribute("numFmtId") ?? 0);
      const code = formats.get(format);
      styles.push({
        shows: code === undefined ? builtIn(format) : shownBy(code),
        quoted: isTrue(attribute("quotePrefix")) || format === TEXT_FORMAT || code === "@",
      });
    },
    close: (name) => {
      if (name === "cellXfs") inCells = false;
    },
  });
  return styles;
}

/** The truth of an attribute of type boolean. */
export function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true" || value === "on";
}

function builtIn(format: number): ValueStyle["shows"] {
  return BUILT_IN.find(([from, to]) => format >= from && format <= to)?.[2] ?? "number";
}

/** What a number format shows, once quoted texts, escaped characters, colors and conditions are out of the way. */
function shownBy(code: string): ValueStyle["shows"] {
  const [first = ""] = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "").split(";");
  if (/general|[0#?]/i.test(first.replaceAll(/s\.0+/gi, "s"))) return "number";
  const days = /[yd]/i.test(first) || (/m/i.test(first) && !/[hs]/i.test(first));
  const hours = /[hs]/i.test(first);
  if (days) return hours ? "date-time" : "date";
  return hours ? "time" : "number";
}
