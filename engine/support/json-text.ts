import { jsonPointer } from "./json-pointer.ts";
import type { Json } from "./json.ts";

/** What can be wrong with a text that should be JSON; those who read it give each kind the code their callers know. */
export type JsonFault = "malformed" | "duplicate-name" | "forbidden-name" | "forbidden-character" | "number-out-of-range" | "too-deep" | "too-many-items";

/** What a reader allows beyond the grammar. A check answers with what to do about it, or null when all is well. */
export interface JsonReaderRules {
  readonly maxDepth: number;
  readonly maxListItems: number;
  /** The form in which texts and names are kept; what is checked is what is kept. */
  readonly normalize: (text: string) => string;
  readonly checkName: (name: string) => string | null;
  readonly checkText: (text: string) => string | null;
  readonly checkNumber: (digits: string, value: number) => string | null;
}

/** Why a text is not the JSON that is wanted, and where. */
export class JsonTextError extends Error {
  readonly fault: JsonFault;
  readonly pointer: string;
  readonly line: number;
  readonly column: number;

  constructor(fault: JsonFault, message: string, pointer: string, text: string, position: number) {
    super(message);
    const before = text.slice(0, position).split("\n");
    this.fault = fault;
    this.pointer = pointer;
    this.line = before.length;
    this.column = (before.at(-1)?.length ?? 0) + 1;
  }
}

/**
 * Reads JSON (RFC 8259) and refuses what `JSON.parse` hides: properties that stand twice (somebody may have read the other
 * one), nesting and lists without end, and whatever `rules` forbid. One pass, no deeper than `rules.maxDepth`. Throws `JsonTextError`.
 */
export function readJsonText(text: string, rules: JsonReaderRules): Json {
  return new JsonReader(text, rules).read();
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LITERALS: readonly (readonly [string, Json])[] = [["true", true], ["false", false], ["null", null]];

class JsonReader {
  readonly #text: string;
  readonly #rules: JsonReaderRules;
  readonly #path: (string | number)[] = [];
  #at = 0;
  #depth = 0;

  constructor(text: string, rules: JsonReaderRules) {
    this.#text = text;
    this.#rules = rules;
  }

  read(): Json {
    if (this.#text.startsWith("\uFEFF")) this.#fail("malformed", "Remove the byte order mark at the start of the text.");
    const value = this.#value();
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail("malformed", "Remove what stands after the end of the JSON value.");
    return value;
  }

  #value(): Json {
    this.#skipSpace();
    const next = this.#text[this.#at];
    if (next === "{") return this.#object();
    if (next === "[") return this.#array();
    if (next === '"') return this.#string();
    for (const [word, value] of LITERALS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    const digits = this.#number();
    if (digits === null) this.#fail(
      "malformed",
      next === undefined ? "The text ends too early; is a bracket missing?" : `JSON does not allow ${JSON.stringify(next)} here.`,
    );
    const value = Number(digits);
    const problem = this.#rules.checkNumber(digits, value);
    if (problem !== null) this.#fail("number-out-of-range", problem);
    return value;
  }

  #object(): Json {
    const entries = new Map<string, Json>();
    this.#open();
    if (!this.#take("}")) {
      do {
        this.#skipSpace();
        const start = this.#at;
        if (this.#text[start] !== '"') this.#fail("malformed", "A property name in double quotes must stand here.");
        const key = this.#string();
        this.#path.push(key);
        const problem = this.#rules.checkName(key);
        if (problem !== null) this.#fail("forbidden-name", problem, start);
        if (entries.has(key)) this.#fail("duplicate-name", "This property stands twice; keep one of the two.", start);
        if (!this.#take(":")) this.#fail("malformed", "A colon must follow the property name.");
        entries.set(key, this.#value());
        this.#path.pop();
      } while (this.#take(","));
      if (!this.#take("}")) this.#fail("malformed", "A comma or } must stand here.");
    }
    this.#depth -= 1;
    return Object.fromEntries(entries);
  }

  #array(): Json {
    const items: Json[] = [];
    this.#open();
    if (!this.#take("]")) {
      do {
        if (items.length >= this.#rules.maxListItems) this.#fail("too-many-items", `This list has more than ${this.#rules.maxListItems} elements; send fewer.`);
        this.#path.push(items.length);
        items.push(this.#value());
        this.#path.pop();
      } while (this.#take(","));
      if (!this.#take("]")) this.#fail("malformed", "A comma or ] must stand here.");
    }
    this.#depth -= 1;
    return items;
  }

  #string(): string {
    const start = this.#at;
    let end = start + 1;
    while (end < this.#text.length && this.#text.charCodeAt(end) !== QUOTE) end += this.#text.charCodeAt(end) === BACKSLASH ? 2 : 1;
    const said = readString(this.#text.slice(start, end + 1));
    if (said === null) this.#fail("malformed", "This text is not closed, or holds a line break, a tab or a wrong escape.");
    this.#at = end + 1;
    const value = this.#rules.normalize(said);
    const problem = this.#rules.checkText(value);
    if (problem !== null) this.#fail("forbidden-character", problem, start);
    return value;
  }

  #open(): void {
    this.#at += 1;
    this.#depth += 1;
    if (this.#depth > this.#rules.maxDepth) this.#fail("too-deep", `Objects and lists are nested more than ${this.#rules.maxDepth} deep; flatten them.`);
  }

  #take(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #skipSpace(): void {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at += 1;
  }

  #number(): string | null {
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text);
    if (!match) return null;
    this.#at = NUMBER.lastIndex;
    return match[0];
  }

  #fail(fault: JsonFault, message: string, position = this.#at): never {
    throw new JsonTextError(fault, message, jsonPointer(...this.#path), this.#text, position);
  }
}

/** Space, tab, line feed and carriage return: all that JSON knows. */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** The text behind a string literal, or null when it is none. */
function readString(literal: string): string | null {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}
