import type { Json, JsonObject } from "../../../engine/support/json.ts";
import type { Random } from "../random.ts";
import type { DrawnType } from "./draw-task-types.ts";
import { when, type Sketch } from "./sketch.ts";

/** Where a task of a template comes from: a drawn type, a person, or the engine itself. */
interface Place {
  readonly key: string;
  readonly type: string;
  readonly output: string | null;
  readonly person: boolean;
}

const RELATIONS = ["success", "success", "success", "output", "conditional", "success-or-waived-within", "compensation", "time", "human", "milestone", "across"] as const;

/** The event from outside that some templates wait for. */
export const OUTSIDE_EVENT = "site-ready";

/** A layered graph of 3 to 40 tasks: everything waits for earlier tasks only, so there are no circles. */
export function drawTemplate(random: Random, key: string, types: readonly DrawnType[], policies: readonly string[], triggers: readonly string[]): Sketch {
  const size = random.skewed(3, 40, 16);
  const places = Array.from({ length: size }, (_, position) => drawPlace(random, position, types));
  const awaitsOutside = random.chance(0.25);
  const shape = { density: random.fraction() * 0.9, awaitsOutside, width: random.between(1, 6) };
  const tasks = places.map((place, position) => drawTask(random, place, position, places, shape));
  const last = places.at(-1)?.key ?? "";
  const reached = [...new Set([last, random.pick(places).key])];
  return {
    kind: "plan-template", key, milestoneMap: "map", fallout: "fallout", tasks,
    ...(policies.length > 0 && { changePolicy: random.pick(policies) }),
    milestones: [
      { key: "live", reachedBy: reached },
      ...(awaitsOutside ? [{ key: "outside", reachedOn: OUTSIDE_EVENT, ...(random.chance(0.5) && { expectedBy: '=date and time(order.acceptedAt) + duration("PT6H")' }) }] : []),
      ...(random.chance(0.15) ? [{ key: "later", reachedAt: '=date and time(order.acceptedAt) + duration("PT3H")' }] : []),
    ],
    billingTriggers: triggers.slice(0, random.between(0, triggers.length)),
    ...(random.chance(0.4) && { deadline: random.pick(["PT4H", "P2D", "P21D"]) }),
    ...(random.chance(0.2) && { completeWhen: when("item", "openBlockingCases", "equal", 0) }),
  };
}

function drawPlace(random: Random, position: number, types: readonly DrawnType[]): Place {
  const kind = random.fraction();
  const key = `t${position}`;
  if (kind < 0.06) return { key, type: "approval", output: null, person: true };
  if (kind < 0.12) return { key, type: "record", output: "productId", person: false };
  return { key, type: random.pick(types).key, output: "reference", person: false };
}

interface Shape {
  readonly density: number;
  readonly awaitsOutside: boolean;
  readonly width: number;
}

function drawTask(random: Random, place: Place, position: number, places: readonly Place[], shape: Shape): JsonObject {
  const edges: JsonObject[] = [];
  const count = position === 0 ? 0 : random.skewed(0, 3, 1.2 - shape.density);
  for (let n = 0; n < count; n += 1) {
    const source = places[Math.max(0, position - random.between(1, shape.width))] as Place;
    const edge = drawEdge(random, source, shape);
    if (!edges.some((other) => other["task"] === edge["task"] && other["type"] === edge["type"])) edges.push(edge);
  }
  const undoes = edges.some((edge) => edge["type"] === "compensation");
  const optional = random.chance(0.1) || undoes;
  const excluded = random.chance(0.08);
  const passed = random.fraction();
  return {
    key: place.key, type: place.type,
    ...(place.output === "reference" && { with: { label: place.key } }),
    ...(excluded && { includeWhen: when("item", "quantity", "greaterThan", random.pick([1, 99])) }),
    ...(optional && edges.length > 0 && { mandatory: false }),
    ...(random.chance(0.05) && { window: "office" }),
    ...(passed < 0.1 && { pointOfNoReturn: passed < 0.04 ? "hard" : "soft" }),
    ...(edges.length > 0 && { dependsOn: edges }),
    ...(random.chance(0.08) && place.output === "reference" && { alternatives: [{ onCodes: ["OUT_OF_STOCK"], with: { label: `${place.key}-other` } }] }),
  };
}

function drawEdge(random: Random, source: Place, { awaitsOutside }: Shape): JsonObject {
  const onImpossible = random.chance(0.3) ? { onImpossible: "SKIP" } : {};
  const { key: task, output, person } = source;
  const hours = random.between(1, 48);
  const least = random.between(0, 2);
  switch (random.pick(RELATIONS)) {
    case "output":
      return output === null ? { type: "success", task, ...onImpossible } : { type: "output", task, with: { output }, as: `from_${task}`.replace("_", ""), ...onImpossible };
    case "human":
      return person ? { type: "human", task, with: { accept: ["APPROVED"] }, ...onImpossible } : { type: "success", task, ...onImpossible };
    case "conditional":
      return { type: "conditional", task, with: { condition: when("item", "quantity", "equal", least) as unknown as Json }, ...onImpossible };
    case "success-or-waived-within":
      return { type: "success-or-waived-within", task, with: { hours }, ...onImpossible };
    case "compensation":
      return { type: "compensation", task };
    case "time":
      return { type: "time", with: { at: `=date and time(order.acceptedAt) + duration("PT${hours}M")` } };
    case "milestone":
      return awaitsOutside ? { type: "milestone", milestone: "outside", ...onImpossible } : { type: "milestone", milestone: "order-accepted" };
    case "across":
      return { type: "milestone", milestone: "item-completed", item: { relationship: "reliesOn" }, onImpossible: "SKIP" };
    case "success":
      return { type: "success", task, ...onImpossible };
  }
}
