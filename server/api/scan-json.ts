import { jsonPointer } from "../../engine/language/json-pointer.ts";
import type { Json } from "../../engine/support/json.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { FieldProblem } from "../problems/problem.ts";
import type { ProblemCode } from "../problems/problem-codes.ts";
import { isReservedName } from "./reserved-names.ts";

const SPACE = /[ \t\n\r]*/y;
// eslint-disable-next-line no-control-regex -- JSON forbids exactly these
const STRING = /"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const WORDS: readonly (readonly [string, Json])[] = [["true", true], ["false", false], ["null", null]];

/** The value of a body, or the first thing that is wrong with its text. */
export type ScannedJson = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: FieldProblem };

/**
 * Reads a request body as JSON (RFC 8259) and refuses what `JSON.parse` hides or bends: properties that stand twice (a
 * signer may have read the other one), names that reach into prototypes, depth, long lists, numbers that a double cannot
 * keep, NUL and lone surrogates. One pass, no recursion deeper than the depth limit.
 */
export function scanJson(text: string): ScannedJson {
  try {
    return { ok: true, value: new Scanner(text).read() };
  } catch (error) {
    if (error instanceof ScanError) return { ok: false, problem: error.problem };
    throw error;
  }
}

class ScanError extends Error {
  readonly problem: FieldProblem;

  constructor(problem: FieldProblem) {
    super(problem.detail);
    this.problem = problem;
  }
}

class Scanner {
  readonly #text: string;
  readonly #path: (string | number)[] = [];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Json {
    if (this.#text.startsWith("\uFEFF")) this.#fail("malformed-json", "Remove the byte order mark at the start of the body.");
    const value = this.#value();
    this.#match(SPACE);
    if (this.#at < this.#text.length) this.#fail("malformed-json", "Remove what stands after the end of the JSON value.");
    return value;
  }

  #value(): Json {
    this.#match(SPACE);
    const next = this.#text[this.#at];
    if (next === "{") return this.#object();
    if (next === "[") return this.#list();
    if (next === '"') return this.#string();
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    return this.#number();
  }

  #object(): Json {
    this.#open();
    const members = new Map<string, Json>();
    if (!this.#take("}")) {
      do {
        this.#match(SPACE);
        if (this.#text[this.#at] !== '"') this.#fail("malformed-json", "A property name in double quotes must stand here.");
        const name = this.#string();
        if (isReservedName(name)) this.#fail("forbidden-property", "A property here has a reserved name; choose another one.");
        if (members.has(name)) this.#fail("duplicate-key", "A property here stands twice; keep one of the two.");
        this.#path.push(name);
        if (!this.#take(":")) this.#fail("malformed-json", "A colon must follow the property name.");
        members.set(name, this.#value());
        this.#path.pop();
      } while (this.#take(","));
      if (!this.#take("}")) this.#fail("malformed-json", "A comma or a closing brace must stand here.");
    }
    this.#depth -= 1;
    return Object.fromEntries(members);
  }

  #list(): Json {
    this.#open();
    const elements: Json[] = [];
    if (!this.#take("]")) {
      do {
        if (elements.length >= SERVER_LIMITS.listItems) {
          this.#fail("too-many-items", `This list has more than ${SERVER_LIMITS.listItems} elements; send fewer.`);
        }
        this.#path.push(elements.length);
        elements.push(this.#value());
        this.#path.pop();
      } while (this.#take(","));
      if (!this.#take("]")) this.#fail("malformed-json", "A comma or a closing bracket must stand here.");
    }
    this.#depth -= 1;
    return elements;
  }

  #string(): string {
    const raw = this.#match(STRING);
    if (raw === null) this.#fail("malformed-json", "A text here is not closed, or holds a control character or a wrong escape.");
    const value = JSON.parse(raw) as string;
    if (value.includes("\u0000")) this.#fail("malformed-json", "A text here holds NUL; remove it.");
    if (LONE_SURROGATE.test(value)) this.#fail("malformed-json", "A text here holds half a character (a lone surrogate); remove it.");
    return value;
  }

  #number(): number {
    const digits = this.#match(NUMBER);
    if (digits === null) this.#fail("malformed-json", this.#at >= this.#text.length ? "The body ends too early." : "No JSON value begins like this.");
    const value = Number(digits);
    if (!keepsExactly(digits, value)) {
      this.#fail("number-out-of-range", `Send an integer within 2^53 or a decimal of at most ${SERVER_LIMITS.numberDigits} digits.`);
    }
    return value;
  }

  #open(): void {
    this.#at += 1;
    this.#depth += 1;
    if (this.#depth > SERVER_LIMITS.bodyDepth) {
      this.#fail("too-deep", `Objects and lists are nested more than ${SERVER_LIMITS.bodyDepth} deep; flatten them.`);
    }
  }

  #take(character: string): boolean {
    this.#match(SPACE);
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (!match) return null;
    this.#at = pattern.lastIndex;
    return match[0];
  }

  #fail(code: ProblemCode, detail: string): never {
    throw new ScanError({ code, pointer: jsonPointer(...this.#path), detail });
  }
}

/** True when the double says the same as the digits did: finite, not a negative or vanished zero, not rounded. */
function keepsExactly(digits: string, value: number): boolean {
  if (!Number.isFinite(value) || Object.is(value, -0)) return false;
  const mantissa = digits.replace(/[eE].*$/, "").replace(/^-/, "");
  if (value === 0) return /^[0.]*$/.test(mantissa);
  if (Number.isInteger(value) && !mantissa.includes(".")) return Number.isSafeInteger(value);
  const significant = mantissa.replace(".", "").replace(/^0+/, "").replace(/0+$/, "");
  return significant.length <= SERVER_LIMITS.numberDigits && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}
