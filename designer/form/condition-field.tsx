import type { FieldProps } from "@rjsf/utils";
import { Braces, FolderPlus, ListTree, Plus, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { form as words } from "../strings/form.ts";
import { Comparison } from "./comparison.tsx";
import { JsonText } from "./json-text.tsx";
import { pointerOf, type FormContext } from "./form-context.ts";
import { IconButton } from "./icon-button.tsx";
import { knownPaths, type KnownPath } from "./known-paths.ts";
import { useKnown } from "./use-known.ts";

type GroupKind = "all" | "any";

/** A condition as groups and comparisons over the facts that are known at this place; what groups cannot show is written as JSON. */
export function ConditionField({ fieldPathId, formData, onChange, required, registry }: FieldProps<Json | undefined>) {
  const context = registry.formContext as FormContext;
  const known = useKnown(context.path, pointerOf(context, fieldPathId.path));
  const paths = useMemo(() => (known === null ? [] : knownPaths(known.vocabulary)), [known]);
  const [raw, setRaw] = useState(false);
  const id = fieldPathId.$id;
  const change = (next: Json | undefined): void => onChange(next, fieldPathId.path);
  if (!isJsonObject(formData)) {
    return (
      <div className="line">
        <span className="muted">{words.always}</span>
        <button id={id} type="button" className="btn small" onClick={() => change({ all: [newComparison(paths)] })}>
          <Plus aria-hidden="true" />
          {words.addCondition}
        </button>
      </div>
    );
  }
  return (
    <div className="condition">
      {raw ? <JsonText id={id} value={formData} required={required === true} commit={change} /> : <Part id={id} part={formData} paths={paths} change={change} remove={required === true ? null : () => change(undefined)} />}
      <button type="button" className="disclosure" aria-pressed={raw} onClick={() => setRaw(!raw)}>
        {raw ? <ListTree aria-hidden="true" /> : <Braces aria-hidden="true" />}
        {raw ? words.asGroups : words.asJson}
      </button>
    </div>
  );
}

/** A comparison to begin with, of the first field that is known. */
function newComparison(paths: readonly KnownPath[]): JsonObject {
  const [fact = "item", ...path] = (paths.find(({ key }) => key === "item.offering") ?? paths[0])?.key.split(".") ?? [];
  return { fact, ...(path.length === 0 ? {} : { path: path.join(".") }), operator: "equal", value: "" };
}

interface PartProps {
  readonly id: string;
  readonly part: JsonObject;
  readonly paths: readonly KnownPath[];
  readonly change: (part: JsonObject) => void;
  readonly remove: (() => void) | null;
}

function Part({ id, part, paths, change, remove }: PartProps) {
  const kind: GroupKind | null = Array.isArray(part["all"]) ? "all" : Array.isArray(part["any"]) ? "any" : null;
  if (kind !== null) return <Group id={id} kind={kind} parts={(part[kind] as readonly Json[]).filter(isJsonObject)} paths={paths} change={change} remove={remove} />;
  const inner = part["not"];
  if (isJsonObject(inner)) {
    return (
      <div className="condition-group">
        <div className="line">
          <span className="condition-kind">{words.not}</span>
          {remove === null ? null : <IconButton title={words.remove} off={false} run={remove} icon={<Trash2 aria-hidden="true" />} />}
        </div>
        <Part id={`${id}_not`} part={inner} paths={paths} change={(not) => change({ not })} remove={null} />
      </div>
    );
  }
  return <Comparison id={id} part={part} paths={paths} change={change} remove={remove} />;
}

function Group({ id, kind, parts, paths, change, remove }: Omit<PartProps, "part"> & { readonly kind: GroupKind; readonly parts: readonly JsonObject[] }) {
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
        <IconButton title={words.addComparison} off={false} run={() => put([...parts, newComparison(paths)])} icon={<Plus aria-hidden="true" />} />
        <IconButton title={words.addGroup} off={false} run={() => put([...parts, { any: [newComparison(paths)] }])} icon={<FolderPlus aria-hidden="true" />} />
        {remove === null ? null : <IconButton title={words.remove} off={false} run={remove} icon={<Trash2 aria-hidden="true" />} />}
      </div>
      {parts.map((part, index) => (
        <Part key={index} id={`${id}_${index}`} part={part} paths={paths} change={(next) => put(parts.map((old, position) => (position === index ? next : old)))} remove={parts.length === 1 ? null : () => put(parts.filter((_, position) => position !== index))} />
      ))}
    </div>
  );
}
