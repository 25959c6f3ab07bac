import { useId } from "react";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { readValue } from "../form/value-text.ts";

interface DataFormProps {
  /** A JSON Schema of an object, as definitions describe evidence and what people fill in. */
  readonly schema: JsonObject;
  readonly value: JsonObject;
  readonly change: (value: JsonObject) => void;
}

/** The members of an object as fields; what is itself an object or a list is written as JSON. */
export function DataForm({ schema, value, change }: DataFormProps) {
  const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  return (
    <div className="data-form">
      {Object.entries(properties).map(([name, property]) => (
        <Field key={name} name={name} schema={isJsonObject(property) ? property : {}} value={value[name]} change={(next) => change({ ...value, [name]: next })} />
      ))}
    </div>
  );
}

function Field({ name, schema, value, change }: { readonly name: string; readonly schema: JsonObject; readonly value: Json | undefined; readonly change: (value: Json) => void }) {
  const id = useId();
  const choices = Array.isArray(schema["enum"]) ? (schema["enum"] as readonly Json[]) : schema["type"] === "boolean" ? [true, false] : null;
  const title = typeof schema["title"] === "string" ? schema["title"] : name;
  const text = (shown: Json | undefined): string => (shown === undefined || shown === null ? "" : typeof shown === "string" ? shown : JSON.stringify(shown));
  return (
    <div className="data-field">
      <label htmlFor={id}>{title}</label>
      {choices === null ? (
        <input id={id} className="input mono" value={text(value)} onChange={(event) => change(schema["type"] === "string" ? event.currentTarget.value : readValue(event.currentTarget.value))} />
      ) : (
        <select id={id} className="input" value={text(value)} onChange={(event) => change(choices.find((choice) => text(choice) === event.currentTarget.value) ?? null)}>
          {choices.map((choice) => <option key={text(choice)} value={text(choice)}>{text(choice)}</option>)}
        </select>
      )}
    </div>
  );
}
