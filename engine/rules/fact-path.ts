import { jsonPointer } from "../support/json-pointer.ts";
import { FORBIDDEN_SEGMENTS } from "./facts.ts";

const SEGMENT = /^[A-Za-z0-9_-]+$/;

/** The segments of a dotted own-property path, or null when the text is none or reaches into the prototype. */
export function parsePath(path: string): readonly string[] | null {
  const segments = path.split(".");
  return segments.every((segment) => SEGMENT.test(segment) && !FORBIDDEN_SEGMENTS.has(segment)) ? segments : null;
}

/** One more step of a JSON Pointer. */
export function pointer(path: string, step: string | number): string {
  return path + jsonPointer(step);
}
