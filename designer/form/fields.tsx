import type { FieldProps } from "@rjsf/utils";
import { Plus, Trash2 } from "lucide-react";
import type { Kind } from "../../engine/language/kinds.ts";
import { jsonPointer } from "../../engine/support/json-pointer.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { form as words } from "../strings/form.ts";
import { ExpressionBox } from "./expression-box.tsx";
import { pointerOf, type FormContext } from "./form-context.ts";
import { IconButton } from "./icon-button.tsx";
import { readable } from "./readable.ts";
import { JsonText } from "./json-text.tsx";
import { PickList } from "./pick-list.tsx";
import { FieldProblems } from "./templates.tsx";
import { TextBox } from "./text-box.tsx";
import { useFocusAdded } from "./use-focus-added.ts";
import { readValue, textOf } from "./value-text.ts";

type Props = FieldProps<Json | undefined>;

function contextOf({ registry }: Props): FormContext {
  return registry.formContext as FormContext;
}

/** Names something inside the same definition, such as a task of the template. */
export function NameField(props: Props) {
  const { fieldPathId, formData, onChange, schema, required } = props;
  const choices = contextOf(props).names((schema as JsonObject)["x-names"] as string);
  return <PickList id={fieldPathId.$id} value={typeof formData === "string" ? formData : undefined} choices={choices} pick={(key) => onChange(key, fieldPathId.path)} required={required === true} />;
}

/** Of more things than this the chosen ones are shown, and the others are picked from a list. */
const CHIPS_MAX = 40;

/** A list of plain values, one to a line; picked where only certain ones are possible. */
export function ListField(props: Props) {
  const { fieldPathId, formData, onChange, schema } = props;
  const itemSchema = schema.items as Json | undefined;
  const items = isJsonObject(itemSchema) ? itemSchema : {};
  const values = Array.isArray(formData) ? (formData as readonly Json[]) : [];
  const change = (next: readonly Json[]): void => onChange(next.length === 0 && schema.minItems === undefined ? undefined : next, fieldPathId.path);
  const choices = choicesOf(items, contextOf(props));
  const { list, adding } = useFocusAdded(values.length);
  if (choices !== null) {
    const toggle = (key: string): void => change(values.includes(key) ? values.filter((value) => value !== key) : [...values, key]);
    const shown = choices.length > CHIPS_MAX ? choices.filter(({ key }) => values.includes(key)) : choices;
    return (
      <>
        <div id={fieldPathId.$id} className="chips" role="group" aria-label={schema.title}>
          {shown.map(({ key, title }) => (
            <button key={key} type="button" className="chip toggle" aria-pressed={values.includes(key)} onClick={() => toggle(key)}>
              {title}
            </button>
          ))}
        </div>
        {shown === choices ? null : <PickList id={`${fieldPathId.$id}_more`} value={undefined} choices={choices.filter(({ key }) => !values.includes(key))} pick={(key) => key !== undefined && toggle(key)} required />}
      </>
    );
  }
  const addOne = words.add(typeof items["title"] === "string" ? items["title"] : (schema.title ?? words.value));
  const numeric = items["type"] === "number" || items["type"] === "integer";
  return (
    <div ref={list} className="lines">
      {values.map((value, index) => (
        <div key={index} className="line">
          <TextBox id={`${fieldPathId.$id}_${index}`} value={textOf(value)} label={`${schema.title ?? ""} ${index + 1}`} mono commit={(text) => change(values.map((old, position) => (position === index ? (numeric ? Number(text) : text) : old)))} />
          <IconButton title={words.remove} off={false} run={() => change(values.filter((_, position) => position !== index))} icon={<Trash2 aria-hidden="true" />} />
        </div>
      ))}
      <button id={fieldPathId.$id} type="button" className="btn small" aria-label={addOne} onClick={() => {
        adding();
        change([...values, numeric ? 0 : ""]);
      }}>
        <Plus aria-hidden="true" />
        {addOne}
      </button>
    </div>
  );
}

function choicesOf(items: JsonObject, context: FormContext): readonly { readonly key: string; readonly title: string }[] | null {
  if (Array.isArray(items["enum"])) return (items["enum"] as readonly Json[]).map((value) => ({ key: textOf(value), title: readable(textOf(value)) }));
  if (typeof items["x-names"] === "string") return context.names(items["x-names"]);
  if (typeof items["x-ref"] === "string") return context.all(items["x-ref"] as Kind);
  return null;
}

/** Names of the author's own with their values. */
export function MapField(props: Props) {
  const { fieldPathId, formData, onChange } = props;
  const context = contextOf(props);
  const pointer = pointerOf(context, fieldPathId.path);
  const entries = entriesOf(formData);
  const change = (next: readonly (readonly [string, Json])[]): void => onChange(next.length === 0 ? undefined : Object.fromEntries(next), fieldPathId.path);
  const free = (): string => {
    let number = entries.length + 1;
    while (entries.some(([name]) => name === `name${number}`)) number += 1;
    return `name${number}`;
  };
  const { list, adding } = useFocusAdded(entries.length);
  return (
    <div ref={list} className="lines">
      {entries.map(([name, value], index) => (
        <div key={index} className="map-entry" data-pointer={pointer + jsonPointer(name)}>
          <div className="line map-line">
            <TextBox id={`${fieldPathId.$id}_${index}_name`} value={name} label={words.name} mono commit={(text) => text !== "" && change(entries.map(([old, kept]) => [old === name ? text : old, kept]))} />
            <ExpressionBox id={`${fieldPathId.$id}_${index}_value`} value={textOf(value)} label={words.value} title={name} context={context} pointer={pointer + jsonPointer(name)} commit={(text) => change(entries.map(([old, kept]) => [old, old === name ? readValue(text) : kept]))} />
            <IconButton title={words.remove} off={false} run={() => change(entries.filter(([old]) => old !== name))} icon={<Trash2 aria-hidden="true" />} />
          </div>
          <FieldProblems context={context} pointer={pointer + jsonPointer(name)} />
        </div>
      ))}
      <button id={fieldPathId.$id} type="button" className="btn small" aria-label={words.add(words.value)} onClick={() => {
        adding();
        change([...entries, [free(), ""]]);
      }}>
        <Plus aria-hidden="true" />
        {words.add(words.value)}
      </button>
    </div>
  );
}

function entriesOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isJsonObject(value) ? (Object.entries(value) as [string, Json][]) : [];
}

/** A value that may be an expression: a text that begins with = is FEEL. */
export function ValueField(props: Props) {
  const { fieldPathId, formData, onChange, required, schema } = props;
  const context = contextOf(props);
  return <ExpressionBox id={fieldPathId.$id} value={textOf(formData)} label={schema.title ?? words.value} context={context} pointer={pointerOf(context, fieldPathId.path)} commit={(typed) => onChange(typed === "" && required !== true ? undefined : readValue(typed), fieldPathId.path)} />;
}

/** Anything else as JSON. */
export function JsonField({ fieldPathId, formData, onChange, required }: Props) {
  return <JsonText id={fieldPathId.$id} value={formData} required={required === true} commit={(value) => onChange(value, fieldPathId.path)} />;
}

/** A text in several languages. */
export function LocalizedField(props: Props) {
  const { fieldPathId, formData, onChange } = props;
  const context = contextOf(props);
  const pointer = pointerOf(context, fieldPathId.path);
  const entries = entriesOf(isJsonObject(formData) ? formData : { en: "" });
  const change = (next: readonly (readonly [string, Json])[]): void => onChange(Object.fromEntries(next), fieldPathId.path);
  const { list, adding } = useFocusAdded(entries.length);
  return (
    <div ref={list} className="lines">
      {entries.map(([language, text], index) => (
        <div key={index} className="line language-line">
          <TextBox id={`${fieldPathId.$id}_${index}_language`} value={language} label={words.language} mono commit={(typed) => typed !== "" && change(entries.map(([old, kept]) => [old === language ? typed : old, kept]))} />
          <ExpressionBox id={index === 0 ? fieldPathId.$id : `${fieldPathId.$id}_${index}`} value={textOf(text)} label={words.text} context={context} pointer={pointer + jsonPointer(language)} multiline commit={(typed) => change(entries.map(([old, kept]) => [old, old === language ? typed : kept]))} />
          <IconButton title={words.remove} off={entries.length === 1} run={() => change(entries.filter(([old]) => old !== language))} icon={<Trash2 aria-hidden="true" />} />
        </div>
      ))}
      <button type="button" className="btn small" onClick={() => {
        adding();
        change([...entries, [entries.some(([language]) => language === "de") ? `x${entries.length}` : "de", ""]]);
      }}>
        <Plus aria-hidden="true" />
        {words.add(words.language)}
      </button>
    </div>
  );
}
