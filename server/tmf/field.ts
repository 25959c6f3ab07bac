import { jsonPointer } from "../../engine/support/json-pointer.ts";
import { formatInstant, parseInstant } from "../../engine/support/instant.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { isReservedName } from "../api/reserved-names.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { FieldProblem } from "../problems/problem.ts";
import type { ProblemCode } from "../problems/problem-codes.ts";

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001F\u007F]/;

/**
 * One place of a payload: its value, where it stands, and the list its problems go to. Reading a wrong value notes the
 * problem and gives null, so that one pass finds everything that is wrong.
 */
export class Field {
  readonly value: Json | undefined;
  readonly pointer: string;
  readonly #problems: FieldProblem[];

  constructor(value: Json | undefined, pointer: string, problems: FieldProblem[]) {
    this.value = value;
    this.pointer = pointer;
    this.#problems = problems;
  }

  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** A property of the object here; absent when here is none. */
  get(name: string): Field {
    const value = isJsonObject(this.value) && Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return new Field(value, `${this.pointer}${jsonPointer(name)}`, this.#problems);
  }

  /** The elements of the list here; none when it is absent. */
  list(): readonly Field[] {
    if (!this.present) return [];
    if (!Array.isArray(this.value)) {
      this.refuse("invalid-value", "Send a list here.");
      return [];
    }
    return (this.value as readonly Json[]).map((element, index) => new Field(element, `${this.pointer}/${index}`, this.#problems));
  }

  /** The object here, or null. */
  object(): JsonObject | null {
    if (!this.present) return null;
    if (isJsonObject(this.value)) return this.value;
    this.refuse("invalid-value", "Send an object here.");
    return null;
  }

  /** The properties of the object here, without `@type` and its like and without `known` ones. */
  extensions(known: readonly string[]): JsonObject {
    const entries = Object.entries(this.object() ?? {}).filter(([name]) => !name.startsWith("@") && !known.includes(name));
    return Object.fromEntries(entries);
  }

  /** A short text such as an id or a name, or null. */
  text(): string | null {
    if (!this.present) return null;
    if (typeof this.value !== "string" || this.value.trim() === "") return this.refuse("invalid-value", "Send a text that is not empty.");
    if (this.value.length > SERVER_LIMITS.idCharacters) return this.refuse("invalid-value", `Send at most ${SERVER_LIMITS.idCharacters} characters.`);
    if (CONTROL.test(this.value)) return this.refuse("invalid-value", "Send a text without control characters.");
    return this.value;
  }

  /** A text to compare with known words: in lower case, empty for anything else. Never a problem. */
  lower(): string {
    return typeof this.value === "string" ? this.value.toLowerCase() : "";
  }

  /** An id that becomes part of other ids and of addresses. */
  name(): string | null {
    const text = this.text();
    if (text === null) return null;
    if (isReservedName(text)) return this.refuse("forbidden-property", "This name is reserved; choose another one.");
    return NAME.test(text) ? text : this.refuse("invalid-value", "Use letters, digits, dot, underscore and hyphen, beginning with a letter or digit.");
  }

  /** An instant, written as the engine writes it. */
  instant(): string | null {
    if (!this.present) return null;
    const ms = typeof this.value === "string" ? parseInstant(this.value) : null;
    if (ms === null) return this.refuse("invalid-date", "Send an existing ISO 8601 instant with its offset, such as 2026-11-02T09:00:00Z.");
    return formatInstant(ms);
  }

  number(): number | null {
    if (!this.present) return null;
    return typeof this.value === "number" ? this.value : this.refuse("invalid-value", "Send a number, not a text.");
  }

  /** Notes that the value is missing when it is. */
  require<T>(value: T | null): T | null {
    if (!this.present) this.refuse("required", "Add this property.");
    return value;
  }

  refuse(code: ProblemCode, detail: string): null {
    this.#problems.push({ code, pointer: this.pointer, detail });
    return null;
  }
}
