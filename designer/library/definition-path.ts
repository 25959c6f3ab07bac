/** The address of a definition in the designer. */
export function definitionPath(kind: string, key: string): string {
  return `/design/${encodeURIComponent(kind)}/${encodeURIComponent(key)}`;
}
