import type { DefinitionFile } from "../../../engine/language/definition-file.ts";
import type { Random } from "../random.ts";
import { drawSystems, type DrawnSystem } from "./draw-systems.ts";
import { drawType, fixedTypes, type DrawnType } from "./draw-task-types.ts";
import { drawTemplate } from "./draw-template.ts";
import { KIT, ROLES } from "./kit.ts";
import { fileOf, when, type Sketch } from "./sketch.ts";

/** A whole release as definition files, and what the rest of the world must know of it. */
export interface DrawnRelease {
  readonly files: readonly DefinitionFile[];
  readonly systems: readonly DrawnSystem[];
  readonly offerings: readonly string[];
}

/** The offering that is only a bracket around its children. */
export const BUNDLE = "BUNDLE";

/** Draws a release: systems of every class, kinds of work, plan templates, billing, change policies. */
export function drawRelease(random: Random, systems: readonly DrawnSystem[] = drawSystems(random)): DrawnRelease {
  const shares = { compensatable: random.fraction(), approvals: random.pick([0, 0, 0.3, 1]), locks: random.pick([0, 0.1, 0.3]) };
  let irreversible = random.between(0, 3);
  const types = Array.from({ length: random.between(3, 8) }, (_, position): DrawnType => {
    const type = drawType(random, `w${position}`, systems, shares, irreversible > 0);
    if (type.irreversible) irreversible -= 1;
    return type;
  });
  const sound = systems.filter(({ effects }) => effects !== "neither");
  const policies = drawChangePolicies(random);
  const triggers = drawTriggers(random);
  const offerings = Array.from({ length: random.between(1, 4) }, (_, position) => `OFFER_${position + 1}`);
  const templates = offerings.map((offering) => drawTemplate(random, templateOf(offering), types, random.chance(0.85) ? policies.map(({ key }) => key) : [], triggers.map(({ key }) => key)));
  const used = new Set(templates.flatMap((template) => (template["tasks"] as readonly { readonly type: string }[]).map(({ type }) => type)));
  const messages = random.chance(0.3);
  const sketches: Sketch[] = [
    ...KIT, ...systems.flatMap((system) => system.sketches), ...types.filter(({ key }) => used.has(key)).flatMap((type) => type.sketches),
    ...fixedTypes(random.pick(sound), random.pick(sound), random.chance(0.7)), ...policies, ...policies.map(changeTable), ...triggers, ...templates,
    decomposition(offerings), orderSchema(offerings), milestoneMap(messages),
  ];
  return { files: sketches.map(fileOf), systems, offerings };
}

export function templateOf(offering: string): string {
  return offering.toLowerCase().replaceAll("_", "-");
}

function drawChangePolicies(random: Random): Sketch[] {
  return ["generous", "strict"].slice(0, random.between(1, 2)).map((key) => ({
    kind: "change-policy", key, decide: `${key}-change`, tasks: "change-tasks", freezeWhileDeciding: true,
    scopes: random.chance(0.7) ? ["ORDER", "ITEM"] : ["ORDER"], dependents: random.pick(["CANCEL_WITH", "KEEP", "REFUSE"]),
  }));
}

/** The generous policy always says yes; the strict one asks a second person once a task has passed the soft point. */
function changeTable({ key }: Sketch): Sketch {
  const strict = [
    { id: "free", request: ["CANCEL", "AMEND"], passed: ["none"], answer: "ACCEPT", fee: 0, reason: "Nothing was done." },
    { id: "ask", request: ["CANCEL", "AMEND"], passed: ["soft"], answer: "APPROVAL", fee: 49, approverRole: ROLES.care, reason: "Work has begun." },
  ];
  const generous = [{ id: "always", request: ["CANCEL", "AMEND"], answer: "ACCEPT", fee: 0, reason: "Always." }];
  return {
    kind: "decision-table", key: `${key}-change`, purpose: "change", hitPolicy: "FIRST",
    columns: [
      { key: "request", in: "request.type", type: "string" }, { key: "passed", in: "item.pointOfNoReturn", type: "string" },
      { out: "answer", type: "string" }, { out: "fee", type: "number" }, { out: "approverRole", type: "string" }, { out: "reason", type: "string" },
    ],
    rows: key === "strict" ? strict : generous,
    otherwise: { answer: "REFUSE", reason: "Too late." },
  };
}

function drawTriggers(random: Random): Sketch[] {
  return ["RECURRING", "ONE_OFF", "DEPOSIT"].map((type, position) => ({
    kind: "billing-trigger", key: `bill-${type.toLowerCase().replace("_", "-")}`, milestone: position === 1 ? "order-accepted" : "live",
    charges: when("charge", "type", "equal", type), taskType: "charge",
    effectiveFrom: "=milestone.reachedAt", blocksCompletion: random.chance(0.6), escalateAfter: "PT4H",
  }));
}

function decomposition(offerings: readonly string[]): Sketch {
  return {
    kind: "decision-table", key: "decomposition", purpose: "decomposition", hitPolicy: "UNIQUE",
    columns: [{ key: "offering", in: "item.offering", type: "string" }, { out: "planTemplate", type: "string" }],
    rows: [...offerings.map((offering) => ({ id: templateOf(offering), offering: [offering], planTemplate: templateOf(offering) })), { id: "bundle", offering: [BUNDLE], planTemplate: null }],
  };
}

function orderSchema(offerings: readonly string[]): Sketch {
  const any = { type: "object" };
  return { kind: "order-schema", key: "orders", offerings: [...offerings, BUNDLE], quote: { required: false }, order: any, actions: { ADD: any, MODIFY: any, DISCONNECT: any, NO_CHANGE: any } };
}

function milestoneMap(messages: boolean): Sketch {
  const statuses = ["IN_PROGRESS", "DELAYED", "ACTION_REQUIRED", "CANNOT_PROCESS", "GONE", "DONE"];
  return {
    kind: "milestone-map", key: "map", statusTable: "status",
    ...(messages && { notifyWith: "message" }),
    milestones: [{ key: "live", title: "Live", ...(messages && { notify: { en: "=(\"Live: \" + item.id)" } }) }],
    statuses: statuses.map((key) => ({ key, title: { en: `You see ${key.toLowerCase().replaceAll("_", " ")}` }, ...(messages && key === "DONE" && { notify: { en: "Done." } }) })),
  };
}
