import { Engine, Fact } from "json-rules-engine";
import type { TopLevelCondition } from "json-rules-engine";
import type { Condition } from "../language/kinds.ts";
import type { Json } from "../support/json.ts";
import { isJsonObject } from "../support/json.ts";
import type { ConditionTrace } from "./compile-condition.ts";
import type { FactName, Facts } from "./facts.ts";
import { readPath } from "./facts.ts";
import { findOperator, isFactReference, OPERATOR_NAMES, OPERATORS } from "./operators.ts";

/**
 * A condition that json-rules-engine evaluates for the cold decisions (whether a task is included, preconditions,
 * completion, charges, breaches). Same answer as the closures of `compileCondition`; a property test holds both to it.
 */
export interface Rule {
  readonly condition: Condition;
  /** Evaluations of one rule run one after the other, in the order in which they were asked for. */
  readonly evaluate: (facts: Facts) => Promise<ConditionTrace>;
}

/**
 * json-rules-engine returns a fact that is no object as it is, whatever path was asked for, and never calls the path
 * resolver. So every fact travels in a box, every comparison has a path, and the resolver is always ours.
 */
interface Box {
  readonly value: Json | undefined;
}

const WHOLE = ".";
const EVENT = "holds";
const DEFAULT_DECORATORS = ["someFact", "someValue", "everyFact", "everyValue", "swap", "not"] as const;

/**
 * Prepares a rule from a condition that `compileCondition` accepted; a condition it refused makes `evaluate` reject. The
 * engine inside is built at the first evaluation and kept.
 */
export function createRule(condition: Condition): Rule {
  let run: ((facts: Facts) => Promise<ConditionTrace>) | null = null;
  let previous: Promise<unknown> = Promise.resolve();
  return {
    condition,
    evaluate: (facts) => {
      // One Engine keeps one status: a run that ends while another begins would silently skip the other's rules.
      const mine = previous.then(() => (run ??= buildRun(condition))(facts));
      previous = mine.catch(() => undefined);
      return mine;
    },
  };
}

/** Evaluates a condition once through json-rules-engine. To evaluate it again, keep the rule of `createRule`. */
export function evaluateWithRulesEngine(condition: Condition, facts: Facts): Promise<ConditionTrace> {
  return createRule(condition).evaluate(facts);
}

function buildRun(condition: Condition): (facts: Facts) => Promise<ConditionTrace> {
  const names = new Set<FactName>();
  const conditions = translate(condition, names);
  const engine = new Engine([], { allowUndefinedFacts: true, pathResolver: createPathResolver() });
  for (const decorator of DEFAULT_DECORATORS) engine.removeOperatorDecorator(decorator);
  for (const name of OPERATOR_NAMES) engine.addOperator<Json | undefined, Json | undefined>(name, OPERATORS[name].test);
  const root = isLeaf(conditions) ? { all: [conditions] } : conditions;
  engine.addRule({ conditions: root as TopLevelCondition, event: { type: EVENT } });
  const used = [...names];
  return async (facts) => {
    const run: { [name: string]: Fact<Box> } = {};
    for (const name of used) run[name] = new Fact<Box>(name, { value: facts[name] }, { cache: false });
    const { results, failureResults } = await engine.run(run);
    const result = results[0] ?? failureResults[0];
    if (!result) throw new Error("json-rules-engine evaluated no rule");
    const leaves: ConditionTrace["leaves"][number][] = [];
    collectLeaves(result.conditions as unknown as Evaluated, leaves);
    return { holds: result.result === true, leaves };
  };
}

function createPathResolver(): (box: object, path: string) => Json | undefined {
  const segmentsOf = new Map<string, readonly string[]>([[WHOLE, []]]);
  return (box, path) => {
    let segments = segmentsOf.get(path);
    if (!segments) {
      segments = path.split(".");
      segmentsOf.set(path, segments);
    }
    return readPath((box as Box).value, segments);
  };
}

/** The same condition with a path at every fact; a copy, since json-rules-engine writes into what it is given. */
function translate(node: Condition, names: Set<FactName>): Json {
  if (!isJsonObject(node)) throw new Error("condition-malformed");
  if ("all" in node) return { all: node.all.map((part) => translate(part, names)) };
  if ("any" in node) {
    if (node.any.length === 0) throw new Error("condition-malformed: any of nothing");
    return { any: node.any.map((part) => translate(part, names)) };
  }
  if ("not" in node) return { not: translate(node.not, names) };
  if (!findOperator(node.operator)) throw new Error(`unknown-operator: ${node.operator}`);
  names.add(node.fact as FactName);
  let { value } = node;
  if (isFactReference(value)) {
    names.add(value.fact as FactName);
    value = { fact: value.fact, path: value.path ?? WHOLE };
  }
  return { fact: node.fact, path: node.path ?? WHOLE, operator: node.operator, value };
}

const isLeaf = (node: Json): boolean => isJsonObject(node) && Object.hasOwn(node, "fact");

/** What json-rules-engine leaves behind in a condition it evaluated. */
interface Evaluated {
  readonly all?: readonly Evaluated[];
  readonly any?: readonly Evaluated[];
  readonly not?: Evaluated;
  readonly fact?: string;
  readonly path?: string;
  readonly operator?: string;
  readonly factResult?: Json;
  readonly valueResult?: Json;
  readonly result?: boolean;
}

function collectLeaves(node: Evaluated, leaves: ConditionTrace["leaves"][number][]): void {
  for (const part of node.all ?? node.any ?? []) collectLeaves(part, leaves);
  if (node.not) collectLeaves(node.not, leaves);
  if (node.fact === undefined) return;
  leaves.push({
    fact: node.fact,
    path: node.path === WHOLE ? "" : (node.path ?? ""),
    operator: node.operator ?? "",
    expected: node.valueResult ?? null,
    found: node.factResult ?? null,
    holds: node.result === true,
  });
}
