import { SaxesParser } from "saxes";
import { SheetProblem } from "./sheet-problem.ts";

/** What a reader of one XML part wants to hear. Names come without their prefix: producers choose prefixes freely. */
export interface XmlListener {
  readonly open?: (name: string, attributes: Attributes) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** The attributes of an element, by name without prefix. */
export type Attributes = (name: string) => string | undefined;

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads one XML part of a workbook. A document type is refused before anything in it counts: no spreadsheet needs entities
 * of its own. `part` is its name in messages; throws `SheetProblem`.
 */
export function readXml(bytes: Uint8Array, part: string, listener: XmlListener): void {
  const parser = new SaxesParser({ xmlns: false, position: false } as const);
  parser.on("doctype", () => {
    throw new SheetProblem("xml-entity", `The file ${part} inside the workbook declares a document type; save the workbook with a spreadsheet program.`);
  });
  parser.on("error", (error) => {
    if (error.message.includes("entity")) throw new SheetProblem("xml-entity", `The file ${part} inside the workbook uses an entity it may not; save the workbook again.`);
    throw new SheetProblem("archive-invalid", `The file ${part} inside the workbook is not well-formed XML; save the workbook again.`);
  });
  const { open, text, close } = listener;
  if (open) parser.on("opentag", (tag) => open(localName(tag.name), attributesOf(tag.attributes)));
  if (text) {
    parser.on("text", text);
    parser.on("cdata", text);
  }
  if (close) parser.on("closetag", (tag) => close(localName(tag.name)));
  parser.write(decode(bytes, part)).close();
}

function decode(bytes: Uint8Array, part: string): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new SheetProblem("archive-invalid", `The file ${part} inside the workbook is not UTF-8; save the workbook again.`);
  }
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

/** An attribute is asked for by its local name; without a prefix it is found at once. */
function attributesOf(attributes: Readonly<Record<string, string>>): Attributes {
  return (name) => {
    if (Object.hasOwn(attributes, name)) return attributes[name];
    const prefixed = Object.keys(attributes).find((key) => key.endsWith(`:${name}`));
    return prefixed === undefined ? undefined : attributes[prefixed];
  };
}
