import type { FieldProps } from "@rjsf/utils";
import { ArrowUpRight, Wrench } from "lucide-react";
import type { Kind } from "../../engine/language/kinds.ts";
import { nearestName } from "../../engine/language/suggest.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";
import { definitionPath } from "../library/definition-path.ts";
import { freeKey } from "../library/free-key.ts";
import { startContent } from "../library/start-content.ts";
import { KIND_LOOKS } from "../look/kind-look.ts";
import { form as words } from "../strings/form.ts";
import { currentFiles, editFiles, pathOf } from "../workspace/workspace.ts";
import { pointerOf, type FormContext } from "./form-context.ts";
import { IconButton } from "./icon-button.tsx";
import { PickList } from "./pick-list.tsx";
import { withValueAt } from "./place.ts";

/** Names another definition: picked from a list, opened with one click, made in place, never typed. */
export function ReferenceField({ fieldPathId, formData, onChange, schema, required, registry }: FieldProps<Json | undefined>) {
  const context = registry.formContext as FormContext;
  const kind = (schema as JsonObject)["x-ref"] as Kind;
  const value = typeof formData === "string" ? formData : undefined;
  const all = context.all(kind);
  const target = all.find(({ key }) => key === value);
  const { icon: Icon, one } = KIND_LOOKS[kind];
  const pick = (key: string | undefined): void => onChange(key, fieldPathId.path);
  const nearest = value === undefined || target !== undefined ? null : nearestName(value, all.map(({ key }) => key));
  const nearestTitle = all.find(({ key }) => key === nearest)?.title;
  return (
    <>
      <div className="reference">
        <Icon className="icon" aria-hidden="true" />
        <PickList
          id={fieldPathId.$id} value={value} required={required === true} pick={pick}
          choices={all.map(({ key, title, version, standing }) => ({ key, title, detail: standing === "live" ? words.version(version) : words.standings[standing] }))}
          create={{ title: (name) => words.createIn(one.toLowerCase(), name), run: (name) => createAndName(context, pointerOf(context, fieldPathId.path), kind, name) }}
        />
        {target === undefined ? null : <IconButton title={words.open(target.title)} off={false} run={() => context.goTo(definitionPath(kind, target.key))} icon={<ArrowUpRight aria-hidden="true" />} />}
      </div>
      {nearest === null || nearestTitle === undefined ? null : (
        <button type="button" className="btn small" onClick={() => pick(nearest)}>
          <Wrench aria-hidden="true" />
          {words.replaceBy(nearestTitle)}
        </button>
      )}
    </>
  );
}

/** Begins a definition and names it here: one step, undone as one. */
function createAndName({ path, all }: FormContext, pointer: string, kind: Kind, title: string): void {
  const files = currentFiles();
  const content = files.get(path)?.content;
  if (content === undefined) return;
  const key = freeKey(files, kind, title);
  const made = startContent({ kind, key, title, description: title, keysOf: (wanted) => all(wanted).map((each) => each.key) });
  editFiles([{ path: pathOf(kind, key), content: made as unknown as Json }, { path, content: withValueAt(content, pointer, key) }], { label: words.created(title), pointer });
}
