/** `MARK_OUTCOME_UNKNOWN` and `change-task` as people read them. */
export function readable(text: string): string {
  if (!/^(?:[A-Z][A-Z0-9_]*|[a-z][a-z0-9-]*)$/.test(text)) return text;
  const lower = text.toLowerCase().replaceAll(/[_-]/g, " ");
  return lower.slice(0, 1).toUpperCase() + lower.slice(1);
}
