import { describe, expect, it } from "vitest";
import { itemFacts, milestoneFacts, orderFacts, planFacts, taskFacts } from "../../../engine/interpret/facts-of.ts";
import { compile } from "../../../engine/language/compile.ts";
import { DefinitionIndex } from "../../../engine/language/definition-index.ts";
import type { Definition } from "../../../engine/language/kinds.ts";
import { FACT_SHAPES } from "../../../engine/language/vocabulary/fact-shapes.ts";
import type { Scenario } from "../../../engine/language/scenario-kinds.ts";
import { expressionPlaceAt, expressionsOf } from "../../../engine/language/vocabulary/expression-places.ts";
import { shapeAt } from "../../../engine/language/vocabulary/shape.ts";
import { vocabularyOf } from "../../../engine/language/vocabulary/vocabulary-of.ts";
import { wrongStep } from "../../../engine/language/vocabulary/wrong-step.ts";
import { scenarioOrder } from "../../../engine/scenario/scenario-order.ts";
import { simulate } from "../../../engine/simulate/simulate.ts";
import { required } from "../../../engine/support/defect.ts";
import { setAt, type Json, type JsonObject } from "../../../engine/support/json.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";

const files = loadDefinitions();
const index = new DefinitionIndex();
for (const { path, content } of files) index.add({ file: path, definition: content as Definition });

const definition = (path: string): Definition => required(files.find((file) => file.path === path), path).content as Definition;

const WEATHER = { condition: { fact: "weather", operator: "isPresent", value: true }, input: "weather.wind", value: "=weather.wind" } as const;

describe("the vocabulary of a place", () => {
  it("states every place that reads facts: an unknown fact there is refused with exactly the facts it states", () => {
    const expected = new Map<string, string>();
    const seen = new Set<string>();
    const broken = files.map(({ path, content }) => {
      const firsts = expressionsOf(content as Definition).filter(({ pointer, source }) => {
        const place = `${path.split("/")[0] ?? ""} ${pointer.replaceAll(/\/\d+/g, "/*").replace(/(with|request|outputs)\/.*/, "$1")}`;
        return !seen.has(place) && !JSON.stringify(source).includes("{name}") && seen.add(place);
      });
      for (const { pointer, form, facts } of firsts) expected.set(`${path}#${pointer}${form === "condition" ? "/fact" : ""}`, [...facts].toSorted().join(", "));
      const changed = firsts.reduce((whole, { form, pointer }) => setAtPointer(whole, pointer, WEATHER[form]), content as JsonObject);
      return { path, content: changed };
    });
    const compiled = compile(broken, { name: "test" });
    const found = (compiled.ok ? [] : compiled.diagnostics).filter(({ code }) => code === "unknown-fact");
    const told = new Map(found.map(({ file, path, message }) => [`${file}#${path}`, /known here: (.*)\.$/i.exec(message)?.[1]?.split(", ").toSorted().join(", ")]));
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(expected));
    expect(expected.size).toBeGreaterThan(20);
  });

  it("knows at a place what its facts are; elsewhere there are none", () => {
    expect([...required(expressionPlaceAt(definition("task-type/activate-sim.json"), "/request/iccid"), "place").facts]).toContain("inputs");
    expect(expressionPlaceAt(definition("task-type/activate-sim.json"), "/owner")).toBeNull();
    expect([...required(expressionPlaceAt(definition("plan-template/home-fiber-add.json"), "/tasks/5/with/profile"), "place").facts].toSorted()).toEqual(["item", "order"]);
  });

  it("names what orders carry, parameters, inputs and outputs", () => {
    const plan = definition("plan-template/home-fiber-add.json");
    const facts = required(expressionPlaceAt(plan, "/tasks/5/with/profile"), "place").facts;
    const { item } = vocabularyOf(plan, facts, { index });
    expect(shapeAt(required(item, "item"), ["characteristics", "speed"])?.values).toEqual(["1G", "500M"]);
    expect(wrongStep(required(item, "item"), ["characteristics", "sped"])).toMatchObject({ position: 1, name: "sped", nearest: "speed" });
    expect(wrongStep(required(item, "item"), ["charges", "amount"])).toBeNull();
    const type = definition("task-type/activate-sim.json");
    const { inputs } = vocabularyOf(type, required(expressionPlaceAt(type, "/request/iccid"), "place").facts, { index });
    expect(Object.keys(required(inputs, "inputs").fields ?? {})).toEqual(expect.arrayContaining(["msisdn", "iccid", "imsi"]));
  });

  it("says of the engine's own facts what an order that ran has, and nothing more", async () => {
    const compiled = compile(files, { name: "test" });
    if (!compiled.ok) throw new Error("The shipped definitions do not compile.");
    const { release } = compiled;
    const scenario = definition("scenario/home-fiber-add.json") as Scenario;
    const sample = scenarioOrder(scenario, new Map());
    if (typeof sample === "string") throw new Error(sample);
    const { order } = await simulate(sample.order, release, [], sample.startAt);
    const ran = required(order, "order");
    const item = required(ran.items[0], "item");
    const planned = required(ran.plan?.graph.tasks[0], "planned task");
    const facts = { order: orderFacts(ran), item: itemFacts(ran, item), task: taskFacts(planned, required(ran.tasks[0], "task"), release), plan: planFacts(ran), milestone: milestoneFacts(ran, 0) };
    for (const [fact, value] of Object.entries(facts)) expect(Object.keys(value).toSorted(), fact).toEqual(Object.keys(FACT_SHAPES[fact as keyof typeof facts].fields ?? {}).toSorted());
  });
});

function setAtPointer(content: JsonObject, pointer: string, value: Json): JsonObject {
  const steps = pointer.split("/").slice(1);
  const put = (target: Json, [step = "", ...rest]: readonly string[]): Json => {
    if (Array.isArray(target)) return (target as readonly Json[]).map((entry, position) => (position === Number(step) ? (rest.length === 0 ? value : put(entry, rest)) : entry));
    return rest.length === 0 ? setAt(target as JsonObject, [step], value) : { ...(target as JsonObject), [step]: put((target as JsonObject)[step] ?? null, rest) };
  };
  return put(content, steps) as JsonObject;
}
