import type { CellStyle } from "../../engine/sheet/workbook.ts";

interface Look {
  readonly font: number;
  readonly fill: number;
  readonly border: number;
  /** Number format: 49 is Text, so that 1-2 does not become a date when it is typed. */
  readonly format: 0 | 49;
  readonly wrap?: boolean;
}

const LOOKS: { readonly [style in CellStyle]: Look } = {
  "title": { font: 2, fill: 0, border: 0, format: 0 },
  "quiet": { font: 3, fill: 0, border: 0, format: 0 },
  "input-mark": { font: 3, fill: 2, border: 1, format: 0 },
  "output-mark": { font: 3, fill: 3, border: 1, format: 0 },
  "input-head": { font: 1, fill: 2, border: 1, format: 0 },
  "output-head": { font: 1, fill: 3, border: 1, format: 0 },
  "text": { font: 0, fill: 0, border: 1, format: 49, wrap: true },
  "general": { font: 0, fill: 0, border: 1, format: 0, wrap: true },
  "otherwise": { font: 3, fill: 4, border: 1, format: 49, wrap: true },
};

const STYLES = Object.keys(LOOKS) as CellStyle[];

/** The number cells give for a style; 0 is the style of a cell that has none. A quoted text keeps its apostrophe when it is edited. */
export function styleNumber(style: CellStyle | undefined, quoted: boolean): number {
  const plain = style === undefined ? 0 : STYLES.indexOf(style) + 1;
  return quoted ? plain + STYLES.length + 1 : plain;
}

/** The part `xl/styles.xml`. */
export function stylesXml(): string {
  const xf = ({ font, fill, border, format, wrap }: Look, quoted: boolean): string =>
    `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0"${quoted ? ' quotePrefix="1"' : ""} applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"` +
    (wrap ? ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' : "/>");
  const none: Look = { font: 0, fill: 0, border: 0, format: 0 };
  const looks = [none, ...STYLES.map((style) => LOOKS[style])];
  const xfs = [false, true].flatMap((quoted) => looks.map((look) => xf(look, quoted)));
  return `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${FONTS}${FILLS}${BORDERS}` +
    `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${xfs.length}">${xfs.join("")}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
}

const font = (size: number, extra: string): string => `<font>${extra.includes("<b/>") ? "<b/>" : ""}<sz val="${size}"/>${extra.replace("<b/>", "")}<name val="Calibri"/><family val="2"/></font>`;
const FONTS = `<fonts count="4">${font(11, "")}${font(11, "<b/>")}${font(14, "<b/>")}${font(10, '<color rgb="FF5B6472"/>')}</fonts>`;
const solid = (color: string): string => `<fill><patternFill patternType="solid"><fgColor rgb="${color}"/><bgColor indexed="64"/></patternFill></fill>`;
/** The first two fills are fixed by the format. */
const FILLS = `<fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${solid("FFE3EDF9")}${solid("FFE6F4EA")}${solid("FFF3F4F6")}</fills>`;
const side = (name: string): string => `<${name} style="thin"><color rgb="FFD5DAE1"/></${name}>`;
const BORDERS = `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${["left", "right", "top", "bottom"].map(side).join("")}<diagonal/></border></borders>`;
