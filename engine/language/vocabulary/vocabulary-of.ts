import type { FactName } from "../../rules/facts.ts";
import type { JsonObject } from "../../support/json.ts";
import { chosenBy } from "../checks/chosen-by.ts";
import { schemasFor } from "../checks/item-domain.ts";
import type { CompileContext } from "../compile-context.ts";
import type { Definition, OrderSchema, TaskType } from "../kinds.ts";
import { RECORD_FIELDS } from "../record-fields.ts";
import type { ReconciliationSide } from "../reconciliation-kinds.ts";
import { milestonesOf, milestonesOfAll, outputsOf } from "../checks/template-names.ts";
import { FACT_SHAPES, milestoneShape } from "./fact-shapes.ts";
import { eitherShape, free, object, shapeOfSchema, type Shape } from "./shape.ts";

/** The facts that are known at a place, and what each looks like there. */
export type Vocabulary = { readonly [fact in FactName]?: Shape };

type Index = Pick<CompileContext, "index">;

/**
 * What may be named in the expressions of a definition: what the engine says of every order, item and task, and what the
 * definitions add to it: characteristics of the orders that come here, parameters, inputs, outputs of tasks, milestones.
 */
export function vocabularyOf(definition: Definition, facts: ReadonlySet<FactName>, context: Index): Vocabulary {
  const own = ownShapes(definition, context);
  return Object.fromEntries([...facts].map((fact) => [fact, own[fact]?.() ?? FACT_SHAPES[fact]]));
}

type OwnShapes = { readonly [fact in FactName]?: () => Shape };

function ownShapes(definition: Definition, context: Index): OwnShapes {
  const accepted = acceptedBy(definition, context);
  const shared: OwnShapes = {
    order: () => below(FACT_SHAPES.order, accepted.map(({ order }) => shapeOfSchema(order))),
    item: () => itemShape(accepted, definition, context),
    milestones: () => milestonesShape(definition.kind === "plan-template" ? milestonesOf(definition) : milestonesOfAll(context)),
  };
  switch (definition.kind) {
    case "task-type":
      return { ...shared, ...taskTypeShapes(definition, context) };
    case "dependency-type":
      return { ...shared, edge: () => withFields(FACT_SHAPES.edge, { with: parametersShape(definition.parameters, "Its parameters") }) };
    case "compensation-policy":
      return { ...shared, task: () => taskShape(context.index.all("task-type").map((each) => each.definition).filter(({ compensation }) => compensation === definition.key)) };
    case "reconciliation-rule":
      return { ...shared, source: () => recordShape(definition.source), counterpart: () => recordShape(definition.counterpart) };
    case "decision-table":
      return definition.purpose === "change-task" ? { ...shared, task: () => withFields(FACT_SHAPES.task, CHANGED_TASK) } : shared;
    default:
      return shared;
  }
}

/** What a change asks of a task beside what is always known. */
const CHANGED_TASK: { readonly [name: string]: Shape } = {
  affected: { type: "boolean", about: "Whether the change reaches it", values: [true, false] },
  amendable: { type: "boolean", about: "Whether a difference can be sent", values: [true, false] },
  withdrawable: { type: "boolean", about: "Whether it can be called back", values: [true, false] },
  compensatable: { type: "boolean", about: "Whether its effect can be undone", values: [true, false] },
};

/** The order schemas of the orders that come here: those of a plan's offerings where the decomposition says which, else all. */
function acceptedBy(definition: Definition, context: Index): readonly OrderSchema[] {
  if (definition.kind === "order-schema") return [definition];
  const chosen = definition.kind === "plan-template" ? chosenBy(definition.key, context) : null;
  return chosen === null ? context.index.all("order-schema").map((each) => each.definition) : schemasFor(chosen.offerings, context);
}

function itemShape(schemas: readonly OrderSchema[], definition: Definition, context: Index): Shape {
  const chosen = definition.kind === "plan-template" ? chosenBy(definition.key, context) : null;
  const carried = schemas.flatMap(({ actions }) => Object.entries(actions).flatMap(([action, schema]) => (schema !== undefined && (chosen === null || chosen.actions.has(action)) ? [shapeOfSchema(schema)] : [])));
  const shape = below(FACT_SHAPES.item, carried);
  const characteristics = carried.flatMap(({ fields }) => fields?.["characteristics"] ?? []);
  const allDeclared = characteristics.length > 0 && characteristics.every(({ fields }) => Object.keys(fields ?? {}).length > 0);
  const known = shape.fields?.["characteristics"];
  return allDeclared && known !== undefined ? withFields(shape, { characteristics: { ...known, open: false } }) : shape;
}

/** The engine's own fields, with what orders must carry below them; what the engine does not hand over is no fact. */
function below(engine: Shape, carried: readonly Shape[]): Shape {
  const [first, ...rest] = carried;
  if (first === undefined) return engine;
  const all = rest.reduce(eitherShape, first);
  const fields = Object.entries(engine.fields ?? {}).map(([name, shape]) => {
    const more = all.fields?.[name];
    const fits = more !== undefined && more.type === shape.type && (shape.type === "object" || shape.type === "list");
    return [name, fits ? { ...eitherShape(shape, more), about: shape.about ?? "" } : shape] as const;
  });
  return withFields(engine, Object.fromEntries(fields));
}

function taskTypeShapes(type: TaskType, context: Index): OwnShapes {
  return {
    with: () => parametersShape(type.parameters, "What the template gives it"),
    inputs: () => ({ ...parametersShape(type.inputs, "What it receives from its dependencies"), open: true }),
    result: () => ({ ...parametersShape(type.evidence ?? manualForm(type, context), "What the other side answered"), open: true }),
    task: () => taskShape([type]),
  };
}

function manualForm({ work }: TaskType, context: Index): JsonObject | undefined {
  return work.by === "person" ? context.index.get("manual-task", work.manualTask)?.form : undefined;
}

function parametersShape(schema: JsonObject | undefined, about: string): Shape {
  return schema === undefined ? free(about) : { ...shapeOfSchema(schema), about };
}

/** A task of one of these types: its request and outputs by name. */
function taskShape(types: readonly TaskType[]): Shape {
  const named = (names: Iterable<string>, about: string): Shape => object(about, Object.fromEntries([...names].map((name) => [name, { type: "any" as const }])), true);
  return withFields(FACT_SHAPES.task, {
    request: named(types.flatMap(({ request }) => Object.keys(request ?? {})), "What was sent"),
    outputs: named(types.flatMap((type) => [...outputsOf(type)]), "What it has produced"),
  });
}

function milestonesShape(keys: ReadonlySet<string>): Shape {
  return withFields(FACT_SHAPES.milestones, Object.fromEntries([...keys].map((key) => [key, milestoneShape])));
}

function recordShape(side: ReconciliationSide): Shape {
  if (!("records" in side)) return free("What the system answers");
  return object("Our own record", Object.fromEntries([...RECORD_FIELDS[side.records]].map((name) => [name, { type: "any" as const }])));
}

function withFields(shape: Shape, fields: { readonly [name: string]: Shape }): Shape {
  return { ...shape, fields: { ...shape.fields, ...fields } };
}
