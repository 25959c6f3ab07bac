import type { BaseInputTemplateProps, FieldTemplateProps, ObjectFieldTemplateProps, WidgetProps } from "@rjsf/utils";
import { ChevronDown, ChevronRight, CircleX, TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { Json } from "../../engine/support/json.ts";
import { form as words } from "../strings/form.ts";
import { pointerOf, problemsInside, type FormContext } from "./form-context.ts";
import { Help } from "./help.tsx";
import { readable } from "./readable.ts";
import { Section } from "./section.tsx";
import { TextBox } from "./text-box.tsx";

/** One field: its label, help behind the Info button, the editor, and what is wrong with it. */
export function FieldTemplate({ id, label, required, hidden, children, schema, uiSchema, fieldPathId, registry, rawDescription, formData }: FieldTemplateProps) {
  const context = registry.formContext as FormContext;
  const pointer = pointerOf(context, fieldPathId.path);
  if (hidden === true) return <div className="hidden">{children}</div>;
  if (typeof fieldPathId.path.at(-1) === "number" || fieldPathId.path.length === 0) return <div data-pointer={pointer}>{children}</div>;
  const help = <Help title={label} text={rawDescription ?? schema.description ?? ""} examples={schema.examples as readonly Json[] | undefined} context={context} pointer={pointer} />;
  const isBox = uiSchema?.["ui:field"] === undefined && (schema.type === "object" || schema.type === "array");
  if (isBox) {
    return (
      <Section title={label} pointer={pointer} count={Array.isArray(formData) ? formData.length : null} at={context.at} problems={problemsInside(context, pointer)} help={help}>
        <FieldProblems context={context} pointer={pointer} />
        {children}
      </Section>
    );
  }
  return (
    <div className="field" data-pointer={pointer}>
      <div className="field-label">
        <label htmlFor={id}>
          {label}
          {required === true ? <span className="muted" aria-hidden="true"> *</span> : null}
        </label>
        {help}
      </div>
      {children}
      <FieldProblems context={context} pointer={pointer} />
    </div>
  );
}

/** What the compiler says about exactly this place. */
export function FieldProblems({ context, pointer }: { readonly context: FormContext; readonly pointer: string }) {
  const problems = context.problems.get(pointer) ?? [];
  if (problems.length === 0) return null;
  return (
    <ul className="field-problems" id={`problems-${pointer}`}>
      {problems.map(({ code, message, severity }) => (
        <li key={`${code}${message}`} className={severity === "error" ? "f-failed" : "f-attention"}>
          {severity === "error" ? <CircleX aria-label={severity} /> : <TriangleAlert aria-label={severity} />}
          <span>{message}</span>
        </li>
      ))}
    </ul>
  );
}

/** The fields of an object: those that are required, set or wrong, then one line that shows the rest. */
export function ObjectFieldTemplate({ properties, schema, formData, fieldPathId, registry }: ObjectFieldTemplateProps) {
  const [all, setAll] = useState(false);
  const data = (formData ?? {}) as { readonly [name: string]: unknown };
  const required = new Set(schema.required ?? []);
  const visible = properties.filter(({ hidden }) => !hidden);
  const context = registry.formContext as FormContext;
  const isWrong = (name: string): boolean => problemsInside(context, pointerOf(context, [...fieldPathId.path, name])).length > 0;
  const shown = visible.filter(({ name }) => all || required.has(name) || data[name] !== undefined || isWrong(name));
  const rest = visible.length - shown.length;
  return (
    <fieldset className={fieldPathId.path.length === 0 ? "object root" : "object"}>
      {properties.filter(({ hidden }) => hidden).map(({ content }) => content)}
      {shown.map(({ content }) => content)}
      {rest > 0 || all ? (
        <button type="button" className="disclosure" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
          {all ? words.hideOptional : words.optional(rest)}
        </button>
      ) : null}
    </fieldset>
  );
}

/** Text and numbers. An emptied optional field is left out, not kept as an empty text. */
export function BaseInputTemplate({ id, value, onChange, readonly, schema, options, multiline }: BaseInputTemplateProps & { readonly multiline?: boolean }) {
  const numeric = schema.type === "number" || schema.type === "integer";
  const commit = (text: string): void => {
    if (text.trim() === "") onChange(options.emptyValue);
    else if (!numeric) onChange(text);
    else if (Number.isFinite(Number(text))) onChange(Number(text));
  };
  const pattern = typeof schema.pattern === "string";
  return <TextBox id={id} value={value === undefined || value === null ? "" : String(value)} commit={commit} readOnly={readonly === true} multiline={multiline === true} mono={pattern} numeric={numeric} />;
}

export function TextareaWidget(props: WidgetProps) {
  return <BaseInputTemplate {...props} multiline />;
}

/** A choice of few, all in view; choosing the chosen one again takes an optional choice back. */
export function SegmentsWidget({ id, value, onChange, options, required, label }: WidgetProps) {
  return (
    <div id={id} className="segmented small" role="group" aria-label={label}>
      {(options.enumOptions ?? []).map(({ value: option, label: title }) => (
        <button key={String(option)} type="button" aria-pressed={option === value} onClick={() => onChange(option === value && required !== true ? undefined : option)}>
          {readable(title)}
        </button>
      ))}
    </div>
  );
}

export function SelectWidget({ id, value, onChange, options, required }: WidgetProps) {
  const choices = options.enumOptions ?? [];
  return (
    <select id={id} className="input" value={choices.findIndex(({ value: option }) => option === value)} onChange={(event) => onChange(choices[Number(event.currentTarget.value)]?.value)}>
      {required === true && value !== undefined ? null : <option value={-1}>{words.unset}</option>}
      {choices.map(({ value: option, label }, index) => (
        <option key={String(option)} value={index}>
          {readable(label)}
        </option>
      ))}
    </select>
  );
}

export function CheckboxWidget({ id, value, onChange, required, label }: WidgetProps) {
  const choices = [[true, words.yes], [false, words.no]] as const;
  return (
    <div id={id} className="segmented small" role="group" aria-label={label}>
      {choices.map(([option, title]) => (
        <button key={title} type="button" aria-pressed={value === option} onClick={() => onChange(value === option && required !== true ? undefined : option)}>
          {title}
        </button>
      ))}
    </div>
  );
}
