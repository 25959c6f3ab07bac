import { describe, expect, it } from "vitest";
import { locatePointer } from "../../../engine/language/locate-pointer.ts";

const TEXT = `{
  "kind": "x", "tasks": [
    { "key": "a", "skip": [1, {"deep": "}]\\""}], "with": { "a/b": 1, "m~n": null } },
    2
  ],
  "end": true
}`;

describe("locatePointer", () => {
  it.each([
    ["the whole document", "", 1, 1],
    ["a property", "/kind", 2, 3],
    ["a property behind another on its line", "/tasks", 2, 16],
    ["an element", "/tasks/0", 3, 5],
    ["an element that is a number", "/tasks/1", 4, 5],
    ["a property of an element", "/tasks/0/with", 3, 50],
    ["a name with a slash", "/tasks/0/with/a~1b", 3, 60],
    ["a name with a tilde", "/tasks/0/with/m~0n", 3, 70],
    ["what follows nested values", "/end", 6, 3],
    ["a missing property: its parent", "/tasks/0/nothing", 3, 5],
    ["a missing element: its list", "/tasks/7", 2, 16],
    ["a path through a scalar: the scalar", "/end/more/still", 6, 3],
  ])("finds %s", (_name, pointer, line, column) => {
    expect(locatePointer(TEXT, pointer)).toEqual({ line, column });
  });
});
