import { isJsonObject, type Json } from "../../support/json.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import type { Condition } from "../kinds.ts";

/** One comparison of a condition, and where it stands. */
export interface ConditionLeaf {
  readonly fact: string;
  /** Segments of the dotted path; none when the fact itself is compared. */
  readonly segments: readonly string[];
  readonly path: string;
}

/** The comparisons of a condition. What is malformed is passed over: the compiler has reported it. */
export function leavesOf(condition: Condition, path: string): ConditionLeaf[] {
  return visit(condition, path, 0);
}

function visit(node: Json | undefined, path: string, depth: number): ConditionLeaf[] {
  if (!isJsonObject(node) || depth > 64) return [];
  const { all, any, not, fact, path: dotted } = node;
  if (typeof fact === "string") return [{ fact, segments: typeof dotted === "string" ? dotted.split(".") : [], path }];
  return [
    ...visitList(all, `${path}/all`, depth), ...visitList(any, `${path}/any`, depth), ...visit(not, `${path}/not`, depth + 1),
  ];
}

function visitList(parts: Json | undefined, path: string, depth: number): ConditionLeaf[] {
  if (!Array.isArray(parts)) return [];
  return (parts as readonly Json[]).flatMap((part, position) => visit(part, path + jsonPointer(position), depth + 1));
}
