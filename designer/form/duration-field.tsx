import type { FieldProps } from "@rjsf/utils";
import { Pencil, Timer } from "lucide-react";
import { useState } from "react";
import type { Json } from "../../engine/support/json.ts";
import { form as words } from "../strings/form.ts";
import { DURATION_UNITS, readDuration, writeDuration, type DurationUnit } from "./duration-parts.ts";
import { ExpressionBox } from "./expression-box.tsx";
import { pointerOf, type FormContext } from "./form-context.ts";
import { IconButton } from "./icon-button.tsx";
import { TextBox } from "./text-box.tsx";

/** A duration in human words: an amount and a unit. Where expressions are allowed they can be written too. */
export function DurationField({ fieldPathId, formData, onChange, required, schema, registry }: FieldProps<Json | undefined>) {
  const context = registry.formContext as FormContext;
  const text = typeof formData === "string" ? formData : "";
  const parts = text === "" ? { amount: null, unit: "min" as const } : readDuration(text);
  const [asText, setAsText] = useState(false);
  const id = fieldPathId.$id;
  if (asText || parts === null) {
    return (
      <div className="line">
        <ExpressionBox id={id} value={text} label={schema.title ?? words.value} context={context} pointer={pointerOf(context, fieldPathId.path)} commit={(typed) => onChange(typed === "" && required !== true ? undefined : typed, fieldPathId.path)} />
        <IconButton title={words.asParts} off={text !== "" && readDuration(text) === null} run={() => setAsText(false)} icon={<Timer aria-hidden="true" />} />
      </div>
    );
  }
  const set = (amount: number, unit: DurationUnit): void => onChange(writeDuration(amount, unit), fieldPathId.path);
  const commit = (typed: string): void => {
    const amount = Number(typed);
    if (typed.trim() === "" && required !== true) onChange(undefined, fieldPathId.path);
    else if (Number.isInteger(amount) && amount >= 0) set(amount, parts.unit);
  };
  return (
    <div className="line duration">
      <TextBox id={id} value={parts.amount === null ? "" : String(parts.amount)} label={`${schema.title ?? ""}: ${words.amount}`} numeric commit={commit} />
      <select className="input" aria-label={`${schema.title ?? ""}: ${words.unit}`} value={parts.unit} onChange={(event) => set(parts.amount ?? 1, event.currentTarget.value as DurationUnit)}>
        {DURATION_UNITS.map(([unit]) => (
          <option key={unit} value={unit}>
            {words.units[unit]}
          </option>
        ))}
      </select>
      <IconButton title={words.asText} off={false} run={() => setAsText(true)} icon={<Pencil aria-hidden="true" />} />
    </div>
  );
}
