/** A place in a text, both counted from 1 as editors do. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Where a JSON Pointer leads in the text of a document: at the name of a property, or at the start of a list's element.
 * Where the pointer goes further than the text, the deepest place on its way is the answer. The text must be valid JSON.
 */
export function locatePointer(text: string, pointer: string): Place {
  const segments = pointer.split("/").slice(1).map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
  const walk = new Walk(text);
  return placeOf(text, walk.find(segments));
}

/** Line and column of a position. */
export function placeOf(text: string, position: number): Place {
  const before = text.slice(0, position);
  return { line: before.split("\n").length, column: position - before.lastIndexOf("\n") };
}

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /[^,\]}\s]+/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;

/** Walks a valid JSON text from left to right, skipping what the pointer does not go through. */
class Walk {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  find(segments: readonly string[]): number {
    this.#take(SPACE);
    let found = this.#at;
    for (const segment of segments) {
      const child = this.#text[this.#at] === "{" ? this.#property(segment) : this.#text[this.#at] === "[" ? this.#element(segment) : null;
      if (child === null) return found;
      found = child;
    }
    return found;
  }

  /** Stands at the value of the property afterwards; gives the position of its name. */
  #property(name: string): number | null {
    this.#at += 1;
    for (;;) {
      this.#take(SPACE);
      if (this.#text[this.#at] !== '"') return null;
      const start = this.#at;
      const key: unknown = JSON.parse(this.#take(STRING));
      this.#take(SPACE);
      this.#at += 1;
      this.#take(SPACE);
      if (key === name) return start;
      this.#skip();
      if (!this.#next()) return null;
    }
  }

  #element(segment: string): number | null {
    const index = Number(segment);
    this.#at += 1;
    for (let position = 0; ; position += 1) {
      this.#take(SPACE);
      if (this.#text[this.#at] === "]" || this.#at >= this.#text.length) return null;
      if (position === index) return this.#at;
      this.#skip();
      if (!this.#next()) return null;
    }
  }

  /** Goes past one value. */
  #skip(): void {
    let depth = 0;
    do {
      this.#take(SPACE);
      const next = this.#text[this.#at];
      if (next === '"') this.#take(STRING);
      else if (next === "{" || next === "[") {
        depth += 1;
        this.#at += 1;
      } else if (next === "}" || next === "]") {
        depth -= 1;
        this.#at += 1;
      } else if (next === "," || next === ":") this.#at += 1;
      else this.#take(SCALAR);
    } while (depth > 0 && this.#at < this.#text.length);
  }

  /** True when another member or element follows. */
  #next(): boolean {
    this.#take(SPACE);
    if (this.#text[this.#at] !== ",") return false;
    this.#at += 1;
    return true;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0] ?? "";
    this.#at += match.length;
    return match;
  }
}
