import type { ArrayFieldItemTemplateProps, ArrayFieldTemplateProps, BaseInputTemplateProps, FieldTemplateProps, ObjectFieldTemplateProps, WidgetProps } from "@rjsf/utils";
import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, CircleX, Info, Plus, Trash2, TriangleAlert } from "lucide-react";
import { Popover } from "@mantine/core";
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { Json } from "../../engine/support/json.ts";
import { form as words } from "../strings/form.ts";
import type { FormContext } from "./form-context.ts";

/** Typing is taken over this long after the last key, or at once when the field is left. */
const IDLE_MS = 250;

/** The JSON Pointer of a field, from the path the form library gives it. */
export function pointerOf(context: FormContext, path: readonly (string | number)[]): string {
  return context.base + path.map((name) => `/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** One field: its label, help behind the Info button, the editor, and what is wrong with it. */
export function FieldTemplate({ id, label, required, hidden, children, schema, fieldPathId, registry, rawDescription }: FieldTemplateProps) {
  const context = registry.formContext as FormContext;
  const pointer = pointerOf(context, fieldPathId.path);
  if (hidden === true) return <div className="hidden">{children}</div>;
  const isBox = schema.type === "object" && Object.keys(schema.properties ?? {}).length > 0;
  const isItem = typeof fieldPathId.path.at(-1) === "number";
  if (isBox || isItem || fieldPathId.path.length === 0) return <div data-pointer={pointer}>{children}</div>;
  return (
    <div className="field" data-pointer={pointer}>
      <div className="field-label">
        <label htmlFor={id}>
          {label}
          {required === true ? <span className="muted" aria-hidden="true"> *</span> : null}
        </label>
        <Help title={label} text={rawDescription ?? schema.description ?? ""} examples={schema.examples as readonly Json[] | undefined} />
      </div>
      {children}
      <FieldProblems context={context} pointer={pointer} />
    </div>
  );
}

/** What the compiler says about exactly this place. */
function FieldProblems({ context, pointer }: { readonly context: FormContext; readonly pointer: string }) {
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

/** What a field means, with an example, one click away. */
export function Help({ title, text, examples }: { readonly title: string; readonly text: string; readonly examples: readonly Json[] | undefined }) {
  return (
    <Popover width={280} position="left-start" withinPortal>
      <Popover.Target>
        <button type="button" className="help-button" aria-label={words.help(title)}>
          <Info aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="help">
        <p>{text}</p>
        {examples === undefined || examples.length === 0 ? null : (
          <>
            <p className="list-head">{words.examples}</p>
            <pre>{JSON.stringify(examples[0], null, 1)}</pre>
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** The fields of an object: those that are required, set or wrong, then one line that shows the rest. */
export function ObjectFieldTemplate({ properties, schema, formData, title, fieldPathId, registry }: ObjectFieldTemplateProps) {
  const [all, setAll] = useState(false);
  const data = (formData ?? {}) as { readonly [name: string]: unknown };
  const required = new Set(schema.required ?? []);
  const visible = properties.filter(({ hidden }) => !hidden);
  const context = registry.formContext as FormContext;
  const isWrong = (name: string): boolean => {
    const pointer = pointerOf(context, [...fieldPathId.path, name]);
    return [...context.problems.keys()].some((place) => place === pointer || place.startsWith(`${pointer}/`));
  };
  const shown = visible.filter(({ name }) => all || required.has(name) || data[name] !== undefined || isWrong(name));
  const rest = visible.length - shown.length;
  return (
    <fieldset className={fieldPathId.path.length === 0 ? "object root" : "object"}>
      {fieldPathId.path.length === 0 ? null : <legend>{title}</legend>}
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

/** A list of objects: one box each, with the ways to move and remove it. */
export function ArrayFieldTemplate({ items, canAdd, onAddClick, schema }: ArrayFieldTemplateProps) {
  const itemTitle = typeof schema.items === "object" && !Array.isArray(schema.items) ? (schema.items.title ?? words.value) : words.value;
  return (
    <div className="list">
      {items}
      {canAdd ? (
        <button type="button" className="btn small" onClick={onAddClick}>
          <Plus aria-hidden="true" />
          {words.add(itemTitle)}
        </button>
      ) : null}
    </div>
  );
}

export function ArrayFieldItemTemplate({ children, buttonsProps, index, totalItems }: ArrayFieldItemTemplateProps) {
  return (
    <div className="list-item">
      <div className="list-tools">
        <span className="meta">{index + 1}</span>
        <IconButton title={words.up} off={index === 0} run={buttonsProps.onMoveUpItem} icon={<ArrowUp aria-hidden="true" />} />
        <IconButton title={words.down} off={index === totalItems - 1} run={buttonsProps.onMoveDownItem} icon={<ArrowDown aria-hidden="true" />} />
        <IconButton title={words.remove} off={false} run={buttonsProps.onRemoveItem} icon={<Trash2 aria-hidden="true" />} />
      </div>
      {children}
    </div>
  );
}

interface IconButtonProps {
  readonly title: string;
  readonly off: boolean;
  readonly run: () => void;
  readonly icon: ReactNode;
}

/** A small button with a picture and a name. */
export function IconButton({ title, off, run, icon }: IconButtonProps) {
  return (
    <button type="button" className="btn small icon quiet" aria-label={title} title={title} disabled={off} onClick={run}>
      {icon}
    </button>
  );
}

interface TextBoxProps {
  readonly id: string;
  readonly value: string;
  readonly commit: (text: string) => void;
  readonly readOnly?: boolean;
  readonly multiline?: boolean;
  readonly mono?: boolean;
  readonly label?: string;
  readonly placeholder?: string;
  readonly describedBy?: string;
  readonly numeric?: boolean;
}

/** A text field that keeps every key: what is typed is taken over when typing rests, at Enter, and when the field is left. */
export function TextBox({ id, value, commit, readOnly = false, multiline = false, mono = false, label, placeholder, describedBy, numeric = false }: TextBoxProps) {
  const [text, setText] = useState(value);
  const pending = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(commit);
  latest.current = commit;
  useEffect(() => {
    if (pending.current === null) setText(value);
  }, [value]);
  const take = (): void => {
    clearTimeout(timer.current);
    const typed = pending.current;
    pending.current = null;
    if (typed !== null) latest.current(typed);
  };
  useEffect(() => take, []);
  const type = (typed: string): void => {
    setText(typed);
    pending.current = typed;
    clearTimeout(timer.current);
    timer.current = setTimeout(take, IDLE_MS);
  };
  const shared = { id, value: text, readOnly, "aria-label": label, "aria-describedby": describedBy, placeholder, onBlur: take, className: `input${mono ? " mono" : ""}`, spellCheck: !mono };
  if (multiline) return <textarea {...shared} rows={Math.min(8, Math.max(2, text.split("\n").length, Math.ceil(text.length / 38)))} onChange={(event) => type(event.currentTarget.value)} />;
  return <input {...shared} type="text" inputMode={numeric ? "decimal" : "text"} autoComplete="off" onChange={(event) => type(event.currentTarget.value)} onKeyDown={(event) => event.key === "Enter" && take()} />;
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

/** `MARK_OUTCOME_UNKNOWN` and `change-task` as people read them. */
export function readable(text: string): string {
  if (!/^(?:[A-Z][A-Z0-9_]*|[a-z][a-z0-9-]*)$/.test(text)) return text;
  const lower = text.toLowerCase().replaceAll(/[_-]/g, " ");
  return lower.slice(0, 1).toUpperCase() + lower.slice(1);
}
