import Form from "@rjsf/core/lib/components/Form.js";
import type { RegistryFieldsType, RegistryWidgetsType, TemplatesType } from "@rjsf/utils";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useMemo, useRef } from "react";
import type { Definition, Kind, PlanTemplate } from "../../engine/language/kinds.ts";
import type { Json } from "../../engine/support/json.ts";
import { definitionPath } from "../library/definition-path.ts";
import { milestoneTitle } from "../plan/plan-view.ts";
import { renameTask } from "../plan/plan-edits.ts";
import { lookupIn } from "../plan/use-plan.ts";
import { form as words } from "../strings/form.ts";
import { sameFile, type FileState } from "../workspace/file-state.ts";
import { useProblems } from "../workspace/problems.ts";
import { editFiles, isDefinition, useFile, useWorkspace } from "../workspace/workspace.ts";
import { ConditionField } from "./condition-field.tsx";
import { DurationField } from "./duration-field.tsx";
import { JsonField, ListField, LocalizedField, MapField, NameField, ValueField } from "./fields.tsx";
import { focusField } from "./focus-field.ts";
import type { FormContext, Standing } from "./form-context.ts";
import { ReferenceField } from "./reference-field.tsx";
import { schemaAt, valueAt, withValueAt } from "./place.ts";
import { ArrayFieldItemTemplate, ArrayFieldTemplate } from "./list-template.tsx";
import { BaseInputTemplate, CheckboxWidget, FieldTemplate, ObjectFieldTemplate, SegmentsWidget, SelectWidget, TextareaWidget } from "./templates.tsx";
import { uiSchemaOf, withoutChoices } from "./ui-schema.ts";
import { formValidator } from "./validator.ts";
import { textOf } from "./value-text.ts";
import { withoutHollow } from "./without-hollow.ts";
import "./form.css";

const FIELDS = { reference: ReferenceField, name: NameField, duration: DurationField, value: ValueField, condition: ConditionField, json: JsonField, localized: LocalizedField, map: MapField, list: ListField } as unknown as RegistryFieldsType;
const WIDGETS = { segments: SegmentsWidget, select: SelectWidget, textarea: TextareaWidget, CheckboxWidget, SelectWidget } as unknown as RegistryWidgetsType;
const TEMPLATES = { FieldTemplate, ObjectFieldTemplate, ArrayFieldTemplate, ArrayFieldItemTemplate, BaseInputTemplate } as unknown as Partial<TemplatesType>;

interface DefinitionFormProps {
  readonly path: string;
  readonly kind: Kind;
  /** JSON Pointer of what is edited; empty for the whole definition. */
  readonly base: string;
  /** JSON Pointer of the field to go to. */
  readonly at: string;
  /** Properties that are edited elsewhere. */
  readonly without?: readonly string[];
}

/** A definition, or a part of it, as a form that its JSON Schema makes. */
export function DefinitionForm({ path, kind, base, at, without = NONE }: DefinitionFormProps) {
  const file = useFile(path);
  const context = useFormContext(path, kind, base, at);
  const root = useRef<HTMLDivElement>(null);
  const schema = useMemo(() => withoutChoices(leaveOut(schemaAt(kind, base), without)), [kind, base, without]);
  const uiSchema = useMemo(() => (schema === null ? {} : { ...uiSchemaOf(schema, base === ""), "ui:submitButtonOptions": { norender: true } }), [schema, base]);
  useEffect(() => {
    if (at.length > base.length) focusField(root.current, at);
  }, [at, base]);
  const content = file?.content;
  const value = content === undefined ? undefined : valueAt(content, base);
  if (content === undefined || schema === null || value === undefined) return <p className="muted">{words.nothingHere}</p>;
  const title = textOf(schema["title"]);
  const change = (data: unknown, fieldId: string | undefined): void => {
    const next = withoutHollow(value, JSON.parse(JSON.stringify(data)) as Json);
    editFiles([{ path, content: put(content, base, next) }], { label: words.changed(title), pointer: base, burst: `form ${path} ${base} ${fieldId ?? ""}` });
  };
  return (
    <div ref={root} className={file?.unread === null ? "form" : "form stale"}>
      {file?.unread === null || file === null ? null : (
        <p className="trouble" role="status">
          {words.stale(file.unread)} <button type="button" className="btn small" onClick={() => context.goTo(`${definitionPath(kind, definitionKeyOf(path))}?view=json`)}>{words.toJson}</button>
        </p>
      )}
      <div inert={file?.unread !== null}>
        <Form
          key={`${path}${base}`} tagName="div" schema={schema} uiSchema={uiSchema} formData={value} formContext={context} validator={formValidator}
          fields={FIELDS} widgets={WIDGETS} templates={TEMPLATES} noValidate noHtml5Validate showErrorList={false} idPrefix="f"
          experimental_defaultFormStateBehavior={{ emptyObjectFields: "skipDefaults", arrayMinItems: { populate: "never" } }}
          onChange={({ formData }, id) => change(formData, id)}
        />
      </div>
    </div>
  );
}

const NONE: readonly string[] = [];

/** `retry-policy/standard.json` -> `standard` */
function definitionKeyOf(path: string): string {
  return path.slice(path.indexOf("/") + 1, -".json".length);
}

/** Puts an edited part back; a task that got another key keeps its dependents. */
function put(content: Json, base: string, next: Json): Json {
  const before = valueAt(content, base) as { readonly key?: unknown } | undefined;
  const after = next as { readonly key?: unknown };
  const whole = withValueAt(content, base, next);
  if (!/^\/tasks\/\d+$/.test(base) || !isDefinition(content) || typeof before?.key !== "string" || typeof after.key !== "string" || before.key === after.key) return whole;
  return withValueAt(renameTask(content as PlanTemplate, before.key, after.key) as unknown as Json, base, next);
}

function leaveOut(schema: ReturnType<typeof schemaAt>, names: readonly string[]): ReturnType<typeof schemaAt> {
  if (schema === null || names.length === 0) return schema;
  const properties = Object.fromEntries(Object.entries((schema["properties"] ?? {}) as { readonly [name: string]: Json }).filter(([name]) => !names.includes(name)));
  const { dependentRequired: _, ...rest } = schema;
  return { ...rest, properties, required: ((schema["required"] ?? []) as readonly string[]).filter((name) => !names.includes(name)) };
}

let revisions = 0;

function useFormContext(path: string, kind: Kind, base: string, at: string): FormContext {
  const files = useWorkspace(({ history }) => history.files);
  const baseFiles = useWorkspace(({ baseFiles }) => baseFiles);
  const diagnostics = useProblems(({ diagnostics }) => diagnostics);
  const { history } = useRouter();
  return useMemo(() => {
    const find = lookupIn(files);
    const mine = diagnostics.filter(({ file }) => file === path);
    const all = (wanted: Kind) => [...files].flatMap(([file, state]) => (isDefinition(state.content) && state.content.kind === wanted ? [{ key: state.content.key, title: state.content.title, version: state.content.version, standing: standingOf(baseFiles.get(file), state) }] : [])).toSorted((a, b) => a.title.localeCompare(b.title, "en"));
    const names = (what: string) => namesIn(files.get(path)?.content as unknown as Definition | undefined, what, find);
    const problems = new Map<string, (typeof mine)[number][]>();
    for (const problem of mine) problems.set(problem.path, [...(problems.get(problem.path) ?? []), problem]);
    const content = files.get(path)?.content;
    revisions += 1;
    return { revision: revisions, path, kind, base, at, valueAt: (pointer) => (content === undefined ? undefined : valueAt(content, pointer)), find, all, names, problems, goTo: (to) => history.push(to) };
  }, [files, baseFiles, diagnostics, path, kind, base, at, history]);
}

function standingOf(live: FileState | undefined, draft: FileState): Standing {
  return live === undefined ? "new" : sameFile(live, draft) ? "live" : "changed";
}

/** What a definition calls its own parts. */
function namesIn(definition: Definition | undefined, what: string, find: FormContext["find"]): readonly { readonly key: string; readonly title: string }[] {
  if (definition?.kind !== "plan-template") return [];
  if (what === "task") return definition.tasks.map(({ key, title, type }) => ({ key, title: title ?? find("task-type", type)?.title ?? key }));
  return what !== "milestone" ? [] : definition.milestones.map(({ key }) => ({ key, title: milestoneTitle(definition, key, find) }));
}
