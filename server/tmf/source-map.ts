/** Where in the TMF payload the parts of the domain's order came from: JSON Pointer -> JSON Pointer. */
export type SourceMap = Map<string, string>;

/**
 * The place in the payload that a place in the domain's order came from, so that intake can speak about orders and the
 * caller still reads about their own payload. The longest known beginning counts.
 */
export function locate(sources: SourceMap, pointer: string): string {
  for (let known = pointer; known !== ""; known = known.slice(0, known.lastIndexOf("/"))) {
    const source = sources.get(known);
    if (source !== undefined) return source + pointer.slice(known.length);
  }
  return sources.get("") ?? "";
}
