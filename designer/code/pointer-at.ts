import { jsonPointer } from "../../engine/support/json-pointer.ts";

interface Level {
  readonly list: boolean;
  /** Name of the property, or position of the element, that is being read. */
  step: string | number | null;
}

const STRING = /"(?:[^"\\\n]|\\.)*"?/y;

/** The JSON Pointer of the innermost value or property in which an offset of a text lies. Tolerates text that is no JSON yet. */
export function pointerAt(text: string, offset: number): string {
  const levels: Level[] = [];
  let at = 0;
  while (at < offset && at < text.length) {
    const char = text[at];
    const top = levels.at(-1);
    if (char === '"') {
      STRING.lastIndex = at;
      const token = STRING.exec(text)?.[0] ?? char;
      if (top !== undefined && !top.list && isName(text, at + token.length)) top.step = nameOf(token);
      at += token.length;
      continue;
    }
    if (char === "{") levels.push({ list: false, step: null });
    else if (char === "[") levels.push({ list: true, step: 0 });
    else if (char === "}" || char === "]") levels.pop();
    else if (char === "," && top !== undefined) top.step = top.list ? Number(top.step) + 1 : null;
    at += 1;
  }
  const steps = levels.map(({ step }) => step);
  const end = steps.indexOf(null);
  return jsonPointer(...((end < 0 ? steps : steps.slice(0, end)) as (string | number)[]));
}

function isName(text: string, after: number): boolean {
  return /^\s*:/.test(text.slice(after, after + 40));
}

function nameOf(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token.slice(1);
  }
}
