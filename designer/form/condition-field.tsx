import type { FieldProps } from "@rjsf/utils";
import { FolderPlus, Plus, Trash2 } from "lucide-react";
import { OPERATOR_NAMES } from "../../engine/rules/operators.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { form as words } from "../strings/form.ts";
import { IconButton } from "./icon-button.tsx";
import { TextBox } from "./text-box.tsx";
import { readValue, textOf } from "./value-text.ts";

type GroupKind = "all" | "any";

const NEW_COMPARISON: JsonObject = { fact: "item", path: "characteristics.name", operator: "equal", value: "" };
const FACTS = ["order", "item", "task", "predecessor", "edge", "milestone", "milestones", "plan", "failure", "request", "repair", "charge", "case", "actor", "now"] as const;

/** A condition as groups and comparisons over the facts that are known here. */
export function ConditionField({ fieldPathId, formData, onChange, required }: FieldProps<Json | undefined>) {
  const id = fieldPathId.$id;
  const change = (next: Json | undefined): void => onChange(next, fieldPathId.path);
  if (!isJsonObject(formData)) {
    return (
      <div className="line">
        <span className="muted">{words.always}</span>
        <button id={id} type="button" className="btn small" onClick={() => change({ all: [NEW_COMPARISON] })}>
          <Plus aria-hidden="true" />
          {words.addCondition}
        </button>
      </div>
    );
  }
  return <Part id={id} part={formData} change={change} remove={required === true ? null : () => change(undefined)} />;
}

interface PartProps {
  readonly id: string;
  readonly part: JsonObject;
  readonly change: (part: JsonObject) => void;
  readonly remove: (() => void) | null;
}

function Part({ id, part, change, remove }: PartProps) {
  const kind: GroupKind | null = Array.isArray(part["all"]) ? "all" : Array.isArray(part["any"]) ? "any" : null;
  if (kind !== null) return <Group id={id} kind={kind} parts={(part[kind] as readonly Json[]).filter(isJsonObject)} change={change} remove={remove} />;
  const inner = part["not"];
  if (isJsonObject(inner)) {
    return (
      <div className="condition-group">
        <div className="line">
          <span className="condition-kind">{words.not}</span>
          {remove === null ? null : <IconButton title={words.remove} off={false} run={remove} icon={<Trash2 aria-hidden="true" />} />}
        </div>
        <Part id={`${id}_not`} part={inner} change={(not) => change({ not })} remove={null} />
      </div>
    );
  }
  return <Comparison id={id} part={part} change={change} remove={remove} />;
}

function Group({ id, kind, parts, change, remove }: Omit<PartProps, "part"> & { readonly kind: GroupKind; readonly parts: readonly JsonObject[] }) {
  const put = (next: readonly JsonObject[]): void => change({ [kind]: next });
  return (
    <div className="condition-group">
      <div className="line">
        <div className="segmented small" role="group">
          {(["all", "any"] as const).map((option) => (
            <button key={option} type="button" aria-pressed={option === kind} onClick={() => change({ [option]: parts })}>
              {words[option]}
            </button>
          ))}
        </div>
        <span className="push" />
        <IconButton title={words.addComparison} off={false} run={() => put([...parts, NEW_COMPARISON])} icon={<Plus aria-hidden="true" />} />
        <IconButton title={words.addGroup} off={false} run={() => put([...parts, { any: [NEW_COMPARISON] }])} icon={<FolderPlus aria-hidden="true" />} />
        {remove === null ? null : <IconButton title={words.remove} off={false} run={remove} icon={<Trash2 aria-hidden="true" />} />}
      </div>
      {parts.map((part, index) => (
        <Part key={index} id={`${id}_${index}`} part={part} change={(next) => put(parts.map((old, position) => (position === index ? next : old)))} remove={parts.length === 1 ? null : () => put(parts.filter((_, position) => position !== index))} />
      ))}
    </div>
  );
}

function Comparison({ id, part, change, remove }: PartProps) {
  const fact = textOf(part["fact"]);
  const operator = textOf(part["operator"]);
  const path = part["path"];
  return (
    <div className="comparison">
      <select id={id} className="input" aria-label={words.fact} value={fact} onChange={(event) => change({ ...part, fact: event.currentTarget.value })}>
        {[...new Set([...FACTS, fact])].map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <TextBox
        id={`${id}_path`} label={words.path} mono value={typeof path === "string" ? path : ""} placeholder="characteristics.speed"
        commit={(text) => {
          const { path: _, ...rest } = part;
          change(text === "" ? rest : { fact, path: text, ...rest });
        }}
      />
      <select className="input" aria-label={words.operator} value={operator} onChange={(event) => change({ ...part, operator: event.currentTarget.value })}>
        {[...new Set([...OPERATOR_NAMES, operator])].map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <TextBox id={`${id}_value`} label={words.value} mono value={textOf(part["value"])} commit={(text) => change({ ...part, value: readValue(text) })} />
      {remove === null ? null : <IconButton title={words.remove} off={false} run={remove} icon={<Trash2 aria-hidden="true" />} />}
    </div>
  );
}
