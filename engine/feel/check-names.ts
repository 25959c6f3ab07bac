import { evaluate } from "feelin";
import { FORBIDDEN_SEGMENTS } from "../rules/facts.ts";
import { isOnClock, isTimeZone } from "../support/time-zone.ts";
import type { SyntaxNode } from "./syntax.ts";
import { nameOf, partsOf } from "./syntax.ts";

/** What is wrong with the names of an expression. */
export interface NameProblem {
  readonly code: "expression-forbidden" | "unknown-fact" | "invalid-timezone";
  readonly message: string;
}

/** The facts an expression reads, and what is wrong with its names. */
export interface NameCheck {
  readonly facts: ReadonlySet<string>;
  readonly problems: readonly NameProblem[];
  /** Whether `?`, the value under test, occurs. */
  readonly asksForValue: boolean;
}

/** Functions whose result is not a function of the facts. */
const IMPURE: ReadonlySet<string> = new Set(["now", "today", "random", "random number"]);

/**
 * Resolves every name of an expression the way FEEL scopes do: variables of for, some, every, function and context, then
 * facts, then builtin functions. Inside a filter `[…]` any name may be a property of the element, so none is unknown.
 */
export function checkNames(root: SyntaxNode, source: string, allowed: ReadonlySet<string>): NameCheck {
  const facts = new Set<string>();
  const problems: NameProblem[] = [];
  let asksForValue = false;

  const forbid = (name: string): void => {
    problems.push({ code: "expression-forbidden", message: `${name} may not be used in an expression.` });
  };

  function variable(node: SyntaxNode, scope: Scope): void {
    const name = nameOf(node, source);
    if (FORBIDDEN_SEGMENTS.has(name)) return forbid(name);
    if (scope.locals.has(name)) return;
    if (IMPURE.has(name) && (node.nextSibling?.name === "(" || !allowed.has(name))) return forbid(`${name}()`);
    if (allowed.has(name)) {
      facts.add(name);
      return;
    }
    if (scope.inFilter || isBuiltin(name)) return;
    if (node.nextSibling?.name === "(") return forbid(`${name}()`);
    const known = [...allowed].join(", ") || "none";
    problems.push({ code: "unknown-fact", message: `Nothing is called ${name} here. Facts known here: ${known}.` });
  }

  function visitAll(nodes: readonly SyntaxNode[], scope: Scope): void {
    for (const node of nodes) visit(node, scope);
  }

  function visit(node: SyntaxNode, scope: Scope): void {
    const parts = partsOf(node);
    switch (node.name) {
      case "VariableName":
        return variable(node, scope);
      case "PathName":
      case "Name":
      case "ParameterName": {
        const name = nameOf(node, source);
        if (FORBIDDEN_SEGMENTS.has(name)) forbid(name);
        return;
      }
      case "StringLiteral": {
        const text = source.slice(node.from + 1, node.to - 1);
        if (FORBIDDEN_SEGMENTS.has(text)) forbid(text);
        const zone = zoneProblem(text);
        if (zone !== null) problems.push({ code: "invalid-timezone", message: zone });
        return;
      }
      case "?":
        asksForValue = true;
        return;
      case "QualifiedName":
        return parts.forEach((part) => {
          if (FORBIDDEN_SEGMENTS.has(nameOf(part, source))) forbid(nameOf(part, source));
        });
      case "ForExpression":
      case "QuantifiedExpression": {
        const inner = childScope(scope, node.name === "ForExpression" ? ["partial"] : []);
        for (const part of parts) {
          if (part.name === "InExpressions") partsOf(part).forEach((one) => iteration(one, inner));
          else visit(part, inner);
        }
        return;
      }
      case "FunctionDefinition": {
        const parameters = parts.filter((part) => part.name === "FormalParameters").flatMap(partsOf);
        const names = parameters.flatMap((part) => partsOf(part).slice(0, 1)).map((part) => nameOf(part, source));
        return visitAll(parts, childScope(scope, names));
      }
      case "Context": {
        const inner = childScope(scope, []);
        for (const entry of parts) {
          visit(entry, inner);
          const key = entry.name === "ContextEntry" ? partsOf(entry)[0] : undefined;
          if (key) inner.locals.add(unquoted(nameOf(key, source)));
        }
        return;
      }
      case "FilterExpression": {
        const [target, ...filter] = parts;
        if (target) visit(target, scope);
        return visitAll(filter, { ...childScope(scope, ["item"]), inFilter: true });
      }
      default:
        return visitAll(parts, scope);
    }
  }

  function iteration(node: SyntaxNode, scope: Scope): void {
    const [name, ...rest] = partsOf(node);
    visitAll(rest, scope);
    if (name) {
      visit(name, scope);
      scope.locals.add(nameOf(name, source));
    }
  }

  visit(root, { locals: new Set(), inFilter: false });
  return { facts, problems, asksForValue };
}

interface Scope {
  readonly locals: Set<string>;
  readonly inFilter: boolean;
}

const childScope = (scope: Scope, names: readonly string[]): Scope => ({
  ...scope,
  locals: new Set([...scope.locals, ...names]),
});

const unquoted = (key: string): string => (key.startsWith("\"") ? key.slice(1, -1) : key);

const builtins = new Map<string, boolean>();

/** Asks feelin itself, which keeps its list of builtin functions to itself. */
function isBuiltin(name: string): boolean {
  if (!/^[a-z]+(?: [a-z]+)*$/.test(name)) return false;
  let known = builtins.get(name);
  if (known === undefined) {
    known = typeof evaluate(name).value === "function";
    builtins.set(name, known);
  }
  return known;
}

const ZONED = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?@([A-Za-z].*)$/;

/** What is wrong with a text that is a date and time in a zone with a name; null when it is none or all is well. */
function zoneProblem(text: string): string | null {
  const [, local, zone] = ZONED.exec(text) ?? [];
  if (local === undefined || zone === undefined) return null;
  if (!isTimeZone(zone)) return `There is no time zone "${zone}"; use a name such as Europe/Berlin, or an offset.`;
  const ms = Date.parse(`${local}Z`);
  return Number.isNaN(ms) || isOnClock(zone, ms) ? null : `The clocks of ${zone} never show ${local}, because they go forward then; choose another time.`;
}
