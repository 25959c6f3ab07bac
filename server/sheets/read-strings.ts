import { readXml } from "./read-xml.ts";

/** The shared texts of a workbook. The parts of a formatted text are joined; how it is pronounced is left out. */
export function readStrings(bytes: Uint8Array | null, part: string): readonly string[] {
  const strings: string[] = [];
  if (bytes === null) return strings;
  const collect = createTextCollector();
  readXml(bytes, part, {
    open: (name) => {
      if (name === "si") collect.start();
      else collect.open(name);
    },
    text: collect.text,
    close: (name) => {
      if (name === "si") strings.push(collect.take());
      else collect.close(name);
    },
  });
  return strings;
}

/** Collects the text of one `si` or `is` element from its `t` elements. */
export function createTextCollector(): {
  readonly start: () => void; readonly open: (name: string) => void; readonly text: (text: string) => void; readonly close: (name: string) => void; readonly take: () => string;
} {
  let collected = "";
  let inText = false;
  let inPhonetic = false;
  return {
    start: () => {
      collected = "";
    },
    open: (name) => {
      if (name === "rPh") inPhonetic = true;
      if (name === "t") inText = !inPhonetic;
    },
    text: (text) => {
      if (inText) collected += text;
    },
    close: (name) => {
      if (name === "rPh") inPhonetic = false;
      if (name === "t") inText = false;
    },
    take: () => unescape(collected),
  };
}

/** Characters XML cannot hold stand as `_x000D_` (ECMA-376 part 1, 22.9.2.19). */
function unescape(text: string): string {
  return text.includes("_x") ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text;
}
