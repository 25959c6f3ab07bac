import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";
import { segments, valueAt } from "../form/place.ts";

/** One way to take a problem away: what it is called, and the files it changes. `content` null takes a file away. */
export interface Fix {
  readonly title: string;
  readonly changes: readonly { readonly path: string; readonly content: Json }[];
}

/** The contents of all files by path. */
export type Contents = ReadonlyMap<string, Json>;

/** A problem with the file it stands in. */
export interface Problem {
  readonly diagnostic: Diagnostic;
  readonly files: Contents;
  readonly content: Json;
  /** What stands at the place. */
  readonly value: Json | undefined;
}

/** Says how a problem may be taken away; nothing when it does not know. Never changes what it is given. */
export type Fixer = (problem: Problem) => readonly Fix[];

/** The place around a place. */
export function around(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

/** The last name of a place. */
export function lastName(pointer: string): string {
  return segments(pointer).at(-1) ?? "";
}

/** A definition without what stands at a place: a property or an element of a list. */
export function withoutAt(content: Json, pointer: string): Json {
  const [name, ...rest] = segments(pointer);
  if (name === undefined) return content;
  const inner = pointer.slice(pointer.indexOf("/", 1) < 0 ? pointer.length : pointer.indexOf("/", 1));
  if (Array.isArray(content)) {
    const list = content as readonly Json[];
    return rest.length === 0 ? list.filter((_, index) => index !== Number(name)) : list.map((entry, index) => (index === Number(name) ? withoutAt(entry, inner) : entry));
  }
  if (!isJsonObject(content)) return content;
  if (rest.length > 0) return { ...content, [name]: withoutAt(content[name] ?? null, inner) };
  return Object.fromEntries(Object.entries(content).filter(([other]) => other !== name));
}

/** A fix that changes the file of the problem and nothing else. */
export function inPlace({ diagnostic: { file } }: Problem, title: string, content: Json): Fix {
  return { title, changes: [{ path: file, content }] };
}

export function objectAt({ content }: Problem, pointer: string): { readonly [name: string]: Json | undefined } {
  const value = valueAt(content, pointer);
  return isJsonObject(value) ? value : {};
}
