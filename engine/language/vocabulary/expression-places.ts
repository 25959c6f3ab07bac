import { isFeel } from "../../feel/compile-value.ts";
import type { FactName } from "../../rules/facts.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import { isJsonObject, type Json } from "../../support/json.ts";
import { DEPENDENCY_SCOPES, DEPENDENCY_VALUE_SCOPES, FACT_SCOPES, TABLE_SCOPES } from "../fact-scopes.ts";
import type { Definition, Kind } from "../kinds.ts";

/** What may stand at a place that reads facts: a condition, a value with FEEL at any depth, or the input of a table's column. */
export type PlaceForm = "condition" | "value" | "input";

/** Where a definition reads facts, and which it may read there. */
export interface ExpressionPlace {
  readonly form: PlaceForm;
  readonly facts: ReadonlySet<FactName>;
}

/** One expression of a definition and where it stands. */
export interface PlacedExpression extends ExpressionPlace {
  /** JSON Pointer of the condition or of the text. */
  readonly pointer: string;
  readonly source: Json;
}

type Facts = ReadonlySet<FactName>;
type PlaceRule = readonly [pattern: string, form: PlaceForm, facts: Facts];
type RulesOf<K extends Kind> = readonly PlaceRule[] | ((definition: Extract<Definition, { readonly kind: K }>) => readonly PlaceRule[]);

const { planning } = FACT_SCOPES;

/** Every place of every kind that reads facts. `*` is any one step of the way, `**` at the end whatever lies below. */
const PLACES: { readonly [K in Kind]?: RulesOf<K> } = {
  "plan-template": [
    ["/deadline", "value", planning],
    ["/tasks/*/with/**", "value", planning],
    ["/tasks/*/includeWhen", "condition", planning],
    ["/tasks/*/dependsOn/*/with/**", "value", planning],
    ["/tasks/*/alternatives/*/with/**", "value", planning],
    ["/milestones/*/expectedBy", "value", planning],
    ["/milestones/*/reachedAt", "value", planning],
    ["/completeWhen", "condition", FACT_SCOPES.completeWhen],
  ],
  "task-type": [
    ["/preconditions", "condition", FACT_SCOPES.preconditions],
    ["/request/**", "value", FACT_SCOPES.request],
    ["/outputs/**", "value", FACT_SCOPES.outputs],
    ["/locks/*/key", "value", FACT_SCOPES.request],
    ["/amend/request/**", "value", FACT_SCOPES.delta],
    ["/withdraw/request/**", "value", FACT_SCOPES.delta],
  ],
  "dependency-type": ({ binds }) => [
    ["/satisfiedWhen", "condition", DEPENDENCY_SCOPES[binds]],
    ["/impossibleWhen", "condition", DEPENDENCY_SCOPES[binds]],
    ["/wakeAt", "value", DEPENDENCY_VALUE_SCOPES[binds]],
    ["/provides", "value", DEPENDENCY_VALUE_SCOPES[binds]],
  ],
  "compensation-policy": [
    ["/with/**", "value", FACT_SCOPES.compensation],
    ["/deadline", "value", FACT_SCOPES.compensation],
    ["/allowedWhen", "condition", FACT_SCOPES.compensation],
    ["/approval/when", "condition", FACT_SCOPES.compensation],
  ],
  "billing-trigger": [["/charges", "condition", FACT_SCOPES.charges], ["/effectiveFrom", "value", FACT_SCOPES.effectiveFrom]],
  "milestone-map": [["/milestones/*/notify/*", "value", FACT_SCOPES.milestoneMessage], ["/statuses/*/notify/*", "value", FACT_SCOPES.statusMessage]],
  "manual-task": [["/queue", "value", FACT_SCOPES.queue]],
  "order-schema": [["/breaches/*/when", "condition", FACT_SCOPES.breaches]],
  "reconciliation-rule": [
    ["/source/where", "condition", FACT_SCOPES.reconciledSource],
    ["/counterpart/where", "condition", FACT_SCOPES.reconciledCounterpart],
    ["/drifts/*/when", "condition", FACT_SCOPES.drift],
  ],
  "decision-table": ({ purpose, columns }) => {
    const facts = TABLE_SCOPES[purpose];
    const outputs = columns.flatMap((column) => ("out" in column ? [column.out] : []));
    return [
      ["/columns/*/in", "input", facts],
      ...outputs.flatMap((name): PlaceRule[] => [[`/rows/*${jsonPointer(name)}`, "value", facts], [`/otherwise${jsonPointer(name)}`, "value", facts]]),
    ];
  },
};

/** What may be read at a place of a definition; null where nothing is. Of an edge's `with`, conditions are told by their look. */
export function expressionPlaceAt(definition: Definition, pointer: string): ExpressionPlace | null {
  const steps = pointer.split("/").slice(1);
  const rule = rulesOf(definition).find(([pattern]) => matches(pattern.split("/").slice(1), steps));
  return rule === undefined ? null : { form: rule[1], facts: rule[2] };
}

/** Every condition and every FEEL text of a definition whose shape is right. */
export function expressionsOf(definition: Definition): readonly PlacedExpression[] {
  return rulesOf(definition).flatMap(([pattern, form, facts]) => find(definition as unknown as Json, pattern.split("/").slice(1), "", { form, facts }));
}

function rulesOf(definition: Definition): readonly PlaceRule[] {
  const rules = PLACES[definition.kind] as RulesOf<Kind> | undefined;
  return typeof rules === "function" ? rules(definition) : (rules ?? []);
}

function matches(pattern: readonly string[], steps: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === "**") return steps.length > 0;
  if (first === undefined || steps.length === 0) return first === undefined && steps.length === 0;
  return (first === "*" || first === steps[0]) && matches(rest, steps.slice(1));
}

function find(value: Json | undefined, [step, ...rest]: readonly string[], pointer: string, place: ExpressionPlace): PlacedExpression[] {
  if (value === undefined) return [];
  if (step === undefined || step === "**") return place.form === "value" ? texts(value, pointer, place) : [{ ...place, pointer, source: value }];
  const entries = Array.isArray(value) ? [...(value as readonly Json[]).entries()] : isJsonObject(value) ? Object.entries(value) : [];
  return entries.flatMap(([name, inner]) => (step === "*" || jsonPointer(name) === `/${step}` ? find(inner, rest, pointer + jsonPointer(name), place) : []));
}

/** The FEEL texts in a value; what looks like a condition, as an edge may carry one, is one. */
function texts(value: Json, pointer: string, place: ExpressionPlace): PlacedExpression[] {
  if (isFeel(value)) return [{ ...place, pointer, source: value }];
  if (typeof value !== "object" || value === null) return [];
  if (isCondition(value)) return [{ ...place, form: "condition", pointer, source: value }];
  const entries = Array.isArray(value) ? [...(value as readonly Json[]).entries()] : Object.entries(value);
  return entries.flatMap(([name, inner]) => (inner === undefined ? [] : texts(inner, pointer + jsonPointer(name), place)));
}

/** True for a group of conditions or a comparison, which a dependency may take as a parameter. */
function isCondition(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  return Object.keys(value).length === 1 ? Array.isArray(value["all"]) || Array.isArray(value["any"]) || isJsonObject(value["not"]) : "fact" in value && "operator" in value;
}
