import { formatDefinition } from "../../engine/language/format-definition.ts";
import { parseDefinition } from "../../engine/language/parse-definition.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";

/**
 * One file of a draft. `content` is what form, canvas and grid show. `text` is what the JSON view shows: the canonical
 * text of the content, or what someone is typing. While that is no JSON, `unread` says why, and the content stays what it
 * last was, so that nothing else goes blank.
 */
export interface FileState {
  readonly content: Json;
  readonly text: string;
  /** False when reading the text would keep the page waiting: a large table nobody has written out yet. */
  readonly isWritten: boolean;
  readonly unread: string | null;
}

/** Tables up to this many rows are written without anybody noticing. */
const QUICK_ROWS = 300;

/** The state of a file whose content was changed by structure. Its text is written when somebody reads it: a large table would make every key wait. */
export function fileOf(content: Json): FileState {
  let text: string | null = null;
  return {
    content,
    unread: null,
    get isWritten() {
      return text !== null || !isLarge(content);
    },
    get text() {
      text ??= formatDefinition(content);
      return text;
    },
  };
}

function isLarge(content: Json): boolean {
  return isJsonObject(content) && Array.isArray(content["rows"]) && content["rows"].length > QUICK_ROWS;
}

/** The state of a file after its text was typed. */
export function fileFromText(text: string, path: string, before: FileState | null): FileState {
  const parsed = parseDefinition(text, path);
  if (parsed.ok) return { content: parsed.content, text, isWritten: true, unread: null };
  return { content: before?.content ?? null, text, isWritten: true, unread: parsed.diagnostics[0]?.message ?? "" };
}

/** True when two states of a file say the same. Parts that both share are not looked at. */
export function sameFile(a: FileState | null | undefined, b: FileState | null | undefined): boolean {
  if (!a || !b) return (a ?? null) === (b ?? null);
  if (a === b) return true;
  return a.unread === null && b.unread === null ? sameJson(a.content, b.content) : a.text === b.text;
}

function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    const [left, right] = [a as readonly Json[], b as readonly Json[]];
    return left.length === right.length && left.every((value, index) => sameJson(value, right[index]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]));
}
