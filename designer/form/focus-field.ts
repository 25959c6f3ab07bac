import { segments } from "./place.ts";

const FIELDS = "input:not([type=hidden]), textarea, select, button.pick, .segmented button, .chip.toggle, button.btn[id]";

/** Goes to the field of a place in a form, or to the nearest one around it; to the first field when there is none. */
export function focusField(form: HTMLElement | null, at: string): void {
  const names = segments(at);
  for (let depth = names.length; depth > 0; depth -= 1) {
    const pointer = names.slice(0, depth).map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
    const field = form?.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(pointer)}"]`);
    if (field !== undefined && field !== null) return show(field);
  }
  if (form !== null) show(form);
}

function show(place: HTMLElement): void {
  const field = place.querySelector<HTMLElement>(FIELDS);
  place.scrollIntoView({ block: place.matches(".field") ? "center" : "start" });
  field?.focus();
}
