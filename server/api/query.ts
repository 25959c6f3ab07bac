import type { Request } from "express";
import { parseInstant, formatInstant } from "../../engine/support/instant.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { problem } from "../problems/problem.ts";

/** The query parameters of one request: each known, each given once, none too long. */
export class Query {
  readonly #values: ReadonlyMap<string, string>;

  private constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  /** Reads the query; a parameter that is not in `allowed`, stands twice or is nested is `invalid-query`. */
  static read(request: Request, allowed: readonly string[]): Query {
    const values = new Map<string, string>();
    for (const [name, value] of Object.entries(request.query as { readonly [name: string]: unknown })) {
      if (!allowed.includes(name)) throw invalid(`Use only the parameters ${allowed.join(", ")}.`);
      if (typeof value !== "string") throw invalid(`Send the parameter ${name} once.`);
      if (value.length > SERVER_LIMITS.queryCharacters) throw invalid(`Send at most ${SERVER_LIMITS.queryCharacters} characters as ${name}.`);
      values.set(name, value);
    }
    return new Query(values);
  }

  text(name: string): string | undefined {
    const value = this.#values.get(name);
    if (value !== undefined && (value === "" || value.includes("\u0000"))) throw invalid(`Send a value as ${name}, or leave the parameter out.`);
    return value;
  }

  /** One of a closed list of words. */
  word<W extends string>(name: string, words: readonly W[]): W | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = words.find((word) => word === value);
    if (found === undefined) throw invalid(`Send one of ${words.join(", ")} as ${name}.`);
    return found;
  }

  flag(name: string): boolean | undefined {
    const word = this.word(name, ["true", "false"]);
    return word === undefined ? undefined : word === "true";
  }

  /** A whole number within bounds. */
  integer(name: string, from: number, to: number): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= from && number <= to)) throw invalid(`Send a whole number from ${from} to ${to} as ${name}.`);
    return number;
  }

  instant(name: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const ms = parseInstant(value);
    if (ms === null) throw invalid(`Send an ISO 8601 instant with its offset as ${name}.`);
    return formatInstant(ms);
  }

  /** Words separated by commas. */
  list(name: string): readonly string[] | undefined {
    return this.text(name)?.split(",").map((word) => word.trim());
  }

  page(): { readonly offset: number; readonly limit: number } {
    return {
      offset: this.integer("offset", 0, SERVER_LIMITS.offsetMax) ?? 0,
      limit: this.integer("limit", 1, SERVER_LIMITS.pageMax) ?? SERVER_LIMITS.pageDefault,
    };
  }

  /** The parameters in the order given, for links to other pages. */
  entries(): readonly (readonly [string, string])[] {
    return [...this.#values];
  }
}

/** The refusal of a query. */
export function invalid(detail: string): ReturnType<typeof problem> {
  return problem("invalid-query", detail);
}
