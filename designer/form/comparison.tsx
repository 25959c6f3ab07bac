import { Trash2 } from "lucide-react";
import { isFactReference, OPERATOR_NAMES, type OperatorName } from "../../engine/rules/operators.ts";
import type { Shape } from "../../engine/language/vocabulary/shape.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";
import { form as words } from "../strings/form.ts";
import { IconButton } from "./icon-button.tsx";
import { operatorsFor, valueFormOf, type KnownPath } from "./known-paths.ts";
import { PickList, type Pick } from "./pick-list.tsx";
import { readable } from "./readable.ts";
import { TextBox } from "./text-box.tsx";
import { readValue, textOf } from "./value-text.ts";

interface ComparisonProps {
  readonly id: string;
  readonly part: JsonObject;
  readonly paths: readonly KnownPath[];
  readonly change: (part: JsonObject) => void;
  readonly remove: (() => void) | null;
}

const ANYTHING: Shape = { type: "any" };

/** One comparison: a field of a fact, how it is compared, and with what. What the field is decides what can be chosen. */
export function Comparison({ id, part, paths, change, remove }: ComparisonProps) {
  const path = typeof part["path"] === "string" ? part["path"] : "";
  const field = [textOf(part["fact"]), ...(path === "" ? [] : [path])].join(".");
  const shape = paths.find(({ key }) => key === field)?.shape ?? ANYTHING;
  const operator = textOf(part["operator"]);
  const setField = (key: string | undefined): void => {
    const [fact = "", ...steps] = (key ?? field).split(".");
    const next = paths.find((each) => each.key === key)?.shape ?? ANYTHING;
    const kept = operatorsFor(next.type).includes(operator as OperatorName) ? operator : (operatorsFor(next.type)[0] ?? operator);
    const value = kept === operator && fits(part["value"], next) ? (part["value"] ?? "") : startValue(kept, next);
    change({ fact, ...(steps.length === 0 ? {} : { path: steps.join(".") }), operator: kept, value });
  };
  const setOperator = (name: string): void => {
    const sameForm = valueFormOf(name, shape) === valueFormOf(operator, shape);
    change({ ...part, operator: name, value: sameForm ? (part["value"] ?? "") : startValue(name, shape) });
  };
  return (
    <div className="comparison">
      <PickList id={id} value={field} label={words.fact} required free pick={setField} choices={paths.map(pickOf)} />
      <select className="input" aria-label={words.operator} value={operator} onChange={(event) => setOperator(event.currentTarget.value)}>
        {[...new Set([...operatorsFor(shape.type), operator])].map((name) => (
          <option key={name} value={name}>{isOperator(name) ? words.operators[name] : name}</option>
        ))}
      </select>
      <ComparedValue id={`${id}_value`} operator={operator} shape={shape} value={part["value"]} change={(value) => change({ ...part, value })} />
      {remove === null ? null : <IconButton title={words.remove} off={false} run={remove} icon={<Trash2 aria-hidden="true" />} />}
    </div>
  );
}

/** The last name of a path says most; the way there stands behind it. */
function pickOf({ key }: KnownPath): Pick {
  const end = key.lastIndexOf(".");
  return end < 0 ? { key, title: key, detail: "" } : { key, title: key.slice(end + 1), detail: key.slice(0, end) };
}

interface ComparedValueProps {
  readonly id: string;
  readonly operator: string;
  readonly shape: Shape;
  readonly value: Json | undefined;
  readonly change: (value: Json) => void;
}

function ComparedValue({ id, operator, shape, value, change }: ComparedValueProps) {
  const form = value !== undefined && isFactReference(value) ? "any" : valueFormOf(operator, shape);
  const values = shape.values ?? [];
  switch (form) {
    case "boolean":
      return (
        <div className="segmented small" role="group" aria-label={words.value}>
          {([[true, words.yes], [false, words.no]] as const).map(([option, title]) => <button key={title} type="button" aria-pressed={value === option} onClick={() => change(option)}>{title}</button>)}
        </div>
      );
    case "choice":
      return (
        <select id={id} className="input" aria-label={words.value} value={textOf(value)} onChange={(event) => change(values.find((each) => textOf(each) === event.currentTarget.value) ?? event.currentTarget.value)}>
          {[...new Set([...values.map(textOf), textOf(value)])].map((each) => <option key={each} value={each}>{readable(each)}</option>)}
        </select>
      );
    case "choices": {
      const chosen = Array.isArray(value) ? (value as readonly Json[]) : [];
      return (
        <div className="chips" role="group" aria-label={words.value}>
          {values.map((each) => (
            <button key={textOf(each)} type="button" className="chip toggle" aria-pressed={chosen.includes(each)} onClick={() => change(chosen.includes(each) ? chosen.filter((other) => other !== each) : [...chosen, each])}>
              {readable(textOf(each))}
            </button>
          ))}
        </div>
      );
    }
    case "list":
      return <TextBox id={id} label={words.value} mono placeholder={words.listHint} value={Array.isArray(value) ? (value as readonly Json[]).map(textOf).join(", ") : textOf(value)} commit={(text) => change(text.split(",").map((each) => readValue(each.trim())).filter((each) => each !== ""))} />;
    case "number":
      return <TextBox id={id} label={words.value} numeric value={textOf(value)} commit={(text) => Number.isFinite(Number(text)) && text.trim() !== "" && change(Number(text))} />;
    case "instant":
      return <TextBox id={id} label={words.value} mono placeholder="2026-11-02T09:00:00Z" value={textOf(value)} commit={change} />;
    case "text":
      return <TextBox id={id} label={words.value} value={typeof value === "string" ? value : textOf(value)} commit={change} />;
    case "any":
      return <TextBox id={id} label={words.value} mono value={textOf(value)} commit={(text) => change(readValue(text))} />;
  }
}

function isOperator(name: string): name is OperatorName {
  return (OPERATOR_NAMES as readonly string[]).includes(name);
}

/** A value to begin with, of the type that is compared. */
function startValue(operator: string, shape: Shape): Json {
  switch (valueFormOf(operator, shape)) {
    case "boolean": return true;
    case "choice": return shape.values?.[0] ?? "";
    case "choices": return shape.values?.slice(0, 1) ?? [];
    case "list": return [];
    case "number": return 0;
    default: return "";
  }
}

function fits(value: Json | undefined, shape: Shape): boolean {
  if (shape.values !== undefined) return value !== undefined && shape.values.includes(value);
  return shape.type === "any" || (shape.type === "number" ? typeof value === "number" : shape.type === "boolean" ? typeof value === "boolean" : typeof value === "string");
}
