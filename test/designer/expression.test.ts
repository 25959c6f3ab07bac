import { describe, expect, it } from "vitest";
import { completeExpression } from "../../designer/form/complete-expression.ts";
import { FEEL_FUNCTIONS } from "../../designer/form/feel-functions.ts";
import { examineExpression } from "../../designer/worker/examine.ts";
import { ExpressionHelp } from "../../designer/worker/expression-help.ts";
import { compileExpression } from "../../engine/feel/compile-expression.ts";
import { compile } from "../../engine/language/compile.ts";
import { required } from "../../engine/support/defect.ts";
import { loadDefinitions } from "../support/load-definitions.ts";

const files = loadDefinitions();
const compiled = compile(files, { name: "test" });
if (!compiled.ok) throw new Error("The shipped definitions do not compile.");
const help = new ExpressionHelp();
help.update(new Map(files.map((file) => [file.path, file])), compiled.release);

const PLAN = "plan-template/home-fiber-add.json";
const TYPE = "task-type/activate-sim.json";
const vocabularyAt = (path: string, pointer: string) => required(help.known(path, pointer), pointer).vocabulary;
/** What is offered where | stands. */
const offered = (text: string, vocabulary = vocabularyAt(PLAN, "/tasks/5/with/profile")): readonly string[] => completeExpression(text.replace("|", ""), text.indexOf("|"), vocabulary).options.map(({ label }) => label);

describe("completion of an expression", () => {
  it("at the beginning offers the facts of the place, then functions", () => {
    expect(offered("|").slice(0, 2).toSorted()).toEqual(["item", "order"]);
    expect(offered("dur|")).toContain("duration");
  });

  it("behind a fact offers its fields, those of the orders that come here included", () => {
    expect(offered("item.|")).toEqual(expect.arrayContaining(["characteristics", "quantity", "place"]));
    expect(offered("item.characteristics.|").toSorted()).toEqual(["routerDelivery", "routerRequired", "speed"]);
    expect(offered("item.characteristics.sp|")).toEqual(["speed"]);
  });

  it("offers what a task is given, receives and is answered", () => {
    expect(offered("inputs.|", vocabularyAt(TYPE, "/request/iccid"))).toEqual(expect.arrayContaining(["msisdn", "iccid", "imsi"]));
    expect(offered("result.|", vocabularyAt(TYPE, "/outputs/subscriberId"))).toContain("subscriberId");
  });

  it("behind a comparison offers the values the field can have", () => {
    expect(offered('if item.characteristics.speed = |')).toEqual(['"1G"', '"500M"']);
    expect(offered('item.characteristics.speed = "5|')).toEqual(['"500M"']);
  });

  it("offers nothing inside a text", () => {
    expect(offered('"for it|')).toEqual([]);
  });

  it("replaces what was typed of the name and nothing else", () => {
    expect(completeExpression("item.qu + 1", 7, vocabularyAt(PLAN, "/tasks/5/with/profile"))).toMatchObject({ from: 5, to: 7 });
  });

  it.each(FEEL_FUNCTIONS)("the engine knows the function %s", (name, parameters) => {
    const codes: string[] = [];
    compileExpression(`${name}(${parameters.split(", ").map(() => "order").join(", ")})`, new Set(["order"]), (code, _, message) => codes.push(`${code} ${message}`), "");
    expect(codes).toEqual([]);
  });
});

describe("what is wrong with an expression", () => {
  const examine = (text: string) => examineExpression(text, vocabularyAt(PLAN, "/tasks/5/with/profile"));

  it("a wrong path is named with its place and the nearest name", () => {
    expect(examine("item.characteristics.sped").problems).toEqual([{ from: 21, to: 25, message: '"item.characteristics" has no "sped"; did you mean "speed"?' }]);
    expect(examine("if item.quantty = 1 then 2 else 3").problems).toMatchObject([{ from: 8, to: 15 }]);
  });

  it("what is no FEEL says where it stops being FEEL", () => {
    const [problem] = examine("item.quantity + * 2").problems;
    expect(problem?.from).toBeGreaterThanOrEqual(13);
    expect(problem?.to).toBeLessThanOrEqual(19);
  });

  it("a fact of another place is refused, where it stands", () => {
    expect(examine("order.id + task.key").problems).toMatchObject([{ from: 11, to: 15 }]);
  });

  it("says of a path which type it has", () => {
    expect(examine("item.quantity")).toEqual({ problems: [], type: "number" });
    expect(examine("item.quantity + 1").type).toBeNull();
  });

  it("a parameter of a dependency type stands for a name", () => {
    expect(examineExpression("predecessor.outputs.{output}", vocabularyAt("dependency-type/output.json", "/provides")).problems).toEqual([]);
  });
});

describe("what an expression gives for a sample order", () => {
  it("is what the engine would compute in an order of a scenario that comes to this place", async () => {
    expect(await help.tryOut(PLAN, "/tasks/5/with/profile", "item.characteristics.speed", "home-fiber-add")).toMatchObject({ state: "value", value: "1G", sample: { key: "home-fiber-add" } });
    const activated = await help.tryOut(TYPE, "/request/iccid", "inputs.iccid", null);
    expect(activated).toMatchObject({ state: "value" });
    expect(activated.state === "value" && activated.value).toEqual(expect.any(String));
  });

  it("takes the wanted order only where it comes to the place", async () => {
    const other = await help.tryOut(TYPE, "/request/iccid", "inputs.iccid", "home-fiber-add");
    expect(other.state === "value" && other.sample.key).not.toBe("home-fiber-add");
  });

  it("there is none for a plan that no order gets", async () => {
    const own = new ExpressionHelp();
    const unused = { path: "plan-template/unused.json", content: { ...(files.find(({ path }) => path === PLAN)?.content as object), key: "unused" } };
    own.update(new Map([...files, unused].map((file) => [file.path, file])), compiled.release);
    expect(await own.tryOut(unused.path, "/tasks/0/with/x", "order.id", null)).toEqual({ state: "no-sample" });
  });
});
