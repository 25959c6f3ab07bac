import type { Draft, DraftValue } from "./minimal-release.ts";

/** One change of a release: file, JSON Pointer, new value. Undefined removes; `-` as the last segment appends. */
export type Edit = readonly [file: string, pointer: string, value: DraftValue];

/** Applies a change in place. A file that does not exist yet is added with the value as its content. */
export function editRelease(release: Map<string, Draft>, [file, pointer, value]: Edit): void {
  if (pointer === "") {
    if (value === undefined) release.delete(file);
    else release.set(file, value as Draft);
    return;
  }
  const segments = pointer.slice(1).split("/").map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = segments.pop() as string;
  let parent = release.get(file) as DraftValue;
  for (const segment of segments) parent = (parent as { [name: string]: DraftValue })[segment];
  if (Array.isArray(parent)) {
    if (last === "-") parent.push(value);
    else if (value === undefined) parent.splice(Number(last), 1);
    else parent[Number(last)] = value;
  } else if (value === undefined) {
    delete (parent as Draft)[last];
  } else {
    // An own property whatever its name, so that examples can plant `__proto__` as JSON.parse does.
    Object.defineProperty(parent, last, { value, enumerable: true, configurable: true, writable: true });
  }
}
