import { formatDefinition } from "../../engine/language/format-definition.ts";
import { parseDefinition } from "../../engine/language/parse-definition.ts";
import type { Json } from "../../engine/support/json.ts";

/**
 * One file of a draft. `content` is what form, canvas and grid show. `text` is what the JSON view shows: the canonical
 * text of the content, or what someone is typing. While that is no JSON, `unread` says why, and the content stays what it
 * last was, so that nothing else goes blank.
 */
export interface FileState {
  readonly content: Json;
  readonly text: string;
  readonly unread: string | null;
}

/** The state of a file whose content was changed by structure. */
export function fileOf(content: Json): FileState {
  return { content, text: formatDefinition(content), unread: null };
}

/** The state of a file after its text was typed. */
export function fileFromText(text: string, path: string, before: FileState | null): FileState {
  const parsed = parseDefinition(text, path);
  if (parsed.ok) return { content: parsed.content, text, unread: null };
  return { content: before?.content ?? null, text, unread: parsed.diagnostics[0]?.message ?? "" };
}
