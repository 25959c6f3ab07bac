import { describe, expect, it } from "vitest";
import { knownPaths, operatorsFor, valueFormOf } from "../../designer/form/known-paths.ts";
import { ExpressionHelp } from "../../designer/worker/expression-help.ts";
import { OPERATOR_NAMES, OPERATORS } from "../../engine/rules/operators.ts";
import { required } from "../../engine/support/defect.ts";
import { loadDefinitions } from "../support/load-definitions.ts";

const help = new ExpressionHelp();
help.update(new Map(loadDefinitions().map((file) => [file.path, file])), null);
const pathsAt = (path: string, pointer: string) => knownPaths(required(help.known(path, pointer), pointer).vocabulary);

describe("what a condition may compare", () => {
  it("is each field of the facts of its place, with what orders carry", () => {
    const keys = pathsAt("plan-template/home-fiber-add.json", "/tasks/2/includeWhen").map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(["item.characteristics.routerRequired", "item.quantity", "order.region"]));
    expect(keys.filter((key) => key.startsWith("predecessor"))).toEqual([]);
  });

  it("in a dependency type, is its source", () => {
    expect(pathsAt("dependency-type/success.json", "/satisfiedWhen").map(({ key }) => key)).toEqual(expect.arrayContaining(["predecessor.outcome", "predecessor.state", "now"]));
  });

  it("in a billing trigger, is the charge", () => {
    expect(pathsAt("billing-trigger/home-fiber-start.json", "/charges").map(({ key }) => key)).toEqual(expect.arrayContaining(["charge.type", "charge.amount"]));
  });
});

describe("operators and values by the type of a field", () => {
  it("every operator is offered for some type, and for each type only those that exist", () => {
    const types = ["text", "number", "boolean", "instant", "list", "object", "any"] as const;
    expect(new Set(types.flatMap(operatorsFor))).toEqual(new Set(OPERATOR_NAMES));
  });

  it.each([["number", 3], ["boolean", true], ["text", "a"], ["instant", "2026-11-02T09:00:00Z"]] as const)("each operator of %s but those of lists and presence takes a value of that type", (type, value) => {
    for (const name of operatorsFor(type)) if (name !== "in" && name !== "notIn" && name !== "isPresent") expect(OPERATORS[name].takes(value), name).toBe(true);
  });

  it("a field whose values are known is chosen, several of it for a list", () => {
    expect(valueFormOf("equal", { type: "text", values: ["A"] })).toBe("choice");
    expect(valueFormOf("in", { type: "text", values: ["A"] })).toBe("choices");
    expect(valueFormOf("in", { type: "text" })).toBe("list");
    expect(valueFormOf("isPresent", { type: "number" })).toBe("boolean");
    expect(valueFormOf("contains", { type: "list", items: { type: "text" } })).toBe("text");
  });
});
