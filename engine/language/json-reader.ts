import type { Json } from "../support/json.ts";
import { FORBIDDEN_SEGMENTS } from "../rules/facts.ts";
import { jsonPointer } from "./json-pointer.ts";
import { LIMITS } from "./limits.ts";
import { findHiddenCharacter } from "./suspicious-characters.ts";

/** Why a text is not the JSON of a definition, and where. */
export class JsonSyntaxError extends Error {
  readonly code: string;
  readonly pointer: string;
  readonly line: number;
  readonly column: number;

  constructor(code: string, message: string, pointer: string, text: string, position: number) {
    super(message);
    const before = text.slice(0, position).split("\n");
    this.code = code;
    this.pointer = pointer;
    this.line = before.length;
    this.column = (before.at(-1)?.length ?? 0) + 1;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LITERALS: readonly (readonly [string, Json])[] = [["true", true], ["false", false], ["null", null]];

/**
 * A reader of JSON (RFC 8259) that sees what `JSON.parse` hides: properties that stand twice and how deep it goes. Throws
 * `JsonSyntaxError`.
 */
export class JsonReader {
  readonly #text: string;
  #at = 0;
  readonly #path: (string | number)[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): Json {
    const value = this.#value();
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail("malformed", "There is more text after the end of the definition; remove it.");
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
    const digits = this.#match(NUMBER);
    if (digits === null) this.#fail(
      "malformed",
      next === undefined ? "The text ends too early; is a bracket missing?" : `JSON does not allow ${JSON.stringify(next)} here.`,
    );
    const number = Number(digits);
    if (!Number.isFinite(number)) this.#fail("malformed", `The number ${digits} is too large.`);
    return number;
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
        if (FORBIDDEN_SEGMENTS.has(key)) this.#fail(
          "forbidden-property",
          `A property may not be called "${key}"; choose another name.`,
          start,
        );
        if (entries.has(key)) this.#fail("duplicate-key", `The property "${key}" stands twice; keep one of them.`, start);
        if (!this.#take(":")) this.#fail("malformed", `A colon must follow the property name "${key}".`);
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
    const value = readString(this.#text.slice(start, end + 1));
    if (value === null) this.#fail("malformed", "This text is not closed, or holds a line break, a tab or a wrong escape.");
    this.#at = end + 1;
    const hidden = findHiddenCharacter(value);
    if (hidden) this.#fail("bidi-control", `The text holds the invisible character ${hidden}; remove it.`, start);
    return value;
  }

  #depth = 0;

  #open(): void {
    this.#at += 1;
    this.#depth += 1;
    if (this.#depth > LIMITS.depth) this.#fail("too-deep", `Objects and lists are nested more than ${LIMITS.depth} deep; flatten them.`);
  }

  #take(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #skipSpace(): void {
    this.#match(SPACE);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (!match) return null;
    this.#at = pattern.lastIndex;
    return match[0];
  }

  #fail(code: string, message: string, position = this.#at): never {
    throw new JsonSyntaxError(code, message, jsonPointer(...this.#path), this.#text, position);
  }
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
