import { tableService } from "../worker/language.ts";
import { isSlowToWrite, rememberText } from "./file-state.ts";
import type { Files } from "./history.ts";

/** Has the worker write out large tables that were edited, so that keeping and saving them does not stop the page. */
export async function writeLarge(files: Files, saved: Files): Promise<void> {
  const slow = [...files].filter(([path, file]) => saved.get(path) !== file && isSlowToWrite(file));
  if (slow.length === 0) return;
  const service = tableService(files);
  await Promise.all(slow.map(async ([path, { content }]) => rememberText(content, await service.textOf(path))));
}
