import { Combobox, useCombobox } from "@mantine/core";
import type { FieldProps } from "@rjsf/utils";
import { ArrowUpRight, ChevronsUpDown, Plus, Trash2, TriangleAlert, X } from "lucide-react";
import { useEffect, useState } from "react";
import type { Kind } from "../../engine/language/kinds.ts";
import { jsonPointer } from "../../engine/support/json-pointer.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { definitionPath } from "../library/definition-path.ts";
import { KIND_LOOKS } from "../look/kind-look.ts";
import { form as words } from "../strings/form.ts";
import { ExpressionBox } from "./expression-box.tsx";
import { pointerOf, type FormContext } from "./form-context.ts";
import { IconButton } from "./icon-button.tsx";
import { readable } from "./readable.ts";
import { FieldProblems } from "./templates.tsx";
import { TextBox } from "./text-box.tsx";
import { useFocusAdded } from "./use-focus-added.ts";
import { readValue, textOf } from "./value-text.ts";

type Props = FieldProps<Json | undefined>;

function contextOf({ registry }: Props): FormContext {
  return registry.formContext as FormContext;
}

interface PickListProps {
  readonly id: string;
  readonly value: string | undefined;
  readonly choices: readonly { readonly key: string; readonly title: string; readonly detail?: string }[];
  readonly pick: (key: string | undefined) => void;
  readonly required: boolean;
}

/** A searchable list of what can be named here; what is named but does not exist is shown as such. */
function PickList({ id, value, choices, pick, required }: PickListProps) {
  const [query, setQuery] = useState("");
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose: (source) => {
      setQuery("");
      if (source === "keyboard") combobox.focusTarget();
    },
  });
  useEffect(() => {
    if (query !== "") combobox.selectFirstOption();
  }, [query]);
  const chosen = choices.find(({ key }) => key === value);
  const found = choices.filter(({ key, title }) => `${title} ${key}`.toLowerCase().includes(query.toLowerCase()));
  return (
    <Combobox store={combobox} withinPortal onOptionSubmit={(key) => {
      pick(key);
      combobox.closeDropdown("keyboard");
    }}>
      <Combobox.Target targetType="button">
        <button id={id} type="button" className="input pick" onClick={() => combobox.toggleDropdown()}>
          {value !== undefined && chosen === undefined ? <TriangleAlert className="f-failed" aria-hidden="true" /> : null}
          <span className={`trunc${value === undefined ? " muted" : ""}`}>{chosen?.title ?? (value === undefined ? words.choose : words.missing(value))}</span>
          {chosen?.detail === undefined ? null : <span className="meta">{chosen.detail}</span>}
          <ChevronsUpDown className="push" aria-hidden="true" />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search value={query} onChange={(event) => setQuery(event.currentTarget.value)} placeholder={words.choose} />
        <Combobox.Options className="pick-options">
          {found.length === 0 ? <Combobox.Empty>{words.nothingMatches}</Combobox.Empty> : null}
          {found.map(({ key, title, detail }) => (
            <Combobox.Option key={key} value={key} active={key === value}>
              <span>{title}</span> <span className="meta">{detail ?? key}</span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
        {required || value === undefined ? null : (
          <Combobox.Footer>
            <button type="button" className="btn small quiet" onClick={() => {
              pick(undefined);
              combobox.closeDropdown();
            }}>
              <X aria-hidden="true" />
              {words.clear}
            </button>
          </Combobox.Footer>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** Names another definition: picked from a list, opened with one click, never typed. */
export function ReferenceField(props: Props) {
  const { fieldPathId, formData, onChange, schema, required } = props;
  const context = contextOf(props);
  const kind = (schema as JsonObject)["x-ref"] as Kind;
  const value = typeof formData === "string" ? formData : undefined;
  const choices = context.all(kind).map(({ key, title, version }) => ({ key, title, detail: `v${version}` }));
  const target = choices.find(({ key }) => key === value);
  const { icon: Icon } = KIND_LOOKS[kind];
  return (
    <div className="reference">
      <Icon className="icon" aria-hidden="true" />
      <PickList id={fieldPathId.$id} value={value} choices={choices} pick={(key) => onChange(key, fieldPathId.path)} required={required === true} />
      {target === undefined ? null : <IconButton title={words.open(target.title)} off={false} run={() => context.goTo(definitionPath(kind, target.key))} icon={<ArrowUpRight aria-hidden="true" />} />}
    </div>
  );
}

/** Names something inside the same definition, such as a task of the template. */
export function NameField(props: Props) {
  const { fieldPathId, formData, onChange, schema, required } = props;
  const choices = contextOf(props).names((schema as JsonObject)["x-names"] as string);
  return <PickList id={fieldPathId.$id} value={typeof formData === "string" ? formData : undefined} choices={choices} pick={(key) => onChange(key, fieldPathId.path)} required={required === true} />;
}

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
    return (
      <div id={fieldPathId.$id} className="chips" role="group" aria-label={schema.title}>
        {choices.map(({ key, title }) => {
          const on = values.includes(key);
          return (
            <button key={key} type="button" className="chip toggle" aria-pressed={on} onClick={() => change(on ? values.filter((value) => value !== key) : [...values, key])}>
              {title}
            </button>
          );
        })}
      </div>
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

/** Anything else as JSON, kept as typed until it is JSON again. */
export function JsonField(props: Props) {
  const { fieldPathId, formData, onChange, required } = props;
  const [wrong, setWrong] = useState<string | null>(null);
  const commit = (text: string): void => {
    if (text.trim() === "") {
      setWrong(null);
      if (required !== true) onChange(undefined, fieldPathId.path);
      return;
    }
    try {
      onChange(JSON.parse(text) as Json, fieldPathId.path);
      setWrong(null);
    } catch (error) {
      setWrong(words.jsonWrong(error instanceof Error ? error.message : String(error)));
    }
  };
  return (
    <>
      <TextBox id={fieldPathId.$id} value={formData === undefined ? "" : JSON.stringify(formData, null, 2)} multiline mono commit={commit} />
      {wrong === null ? null : <p className="hint f-failed">{wrong}</p>}
    </>
  );
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
