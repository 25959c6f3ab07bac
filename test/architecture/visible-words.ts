import { parseSync } from "vite";

/** Attributes whose text people read or hear. */
const SPOKEN = new Set(["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt", "label", "nothing"]);
const WORD = /\p{L}{2,}/u;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [name: string]: unknown;
}

/** The words a component writes onto the page itself, each with its line: as text between elements, or in an attribute that is read. */
export function visibleWords(path: string, text: string): readonly string[] {
  const found: string[] = [];
  const say = (node: Node, words: string): void => void found.push(`${path}:${text.slice(0, node.start).split("\n").length} ${words.trim()}`);

  function visit(node: Node): void {
    if (node.type === "JSXText" && WORD.test(String(node["value"]))) say(node, String(node["value"]));
    if (node.type === "JSXAttribute" && SPOKEN.has(String((node["name"] as Node)["name"]))) shown(node["value"] as Node | null);
    if (node.type === "JSXElement" || node.type === "JSXFragment") for (const child of node["children"] as readonly Node[]) if (child.type === "JSXExpressionContainer") shown(child);
    for (const value of Object.values(node)) for (const child of Array.isArray(value) ? (value as readonly unknown[]) : [value]) if (isNode(child)) visit(child);
  }

  /** What an expression may come to on the page; what it hands to functions is theirs to say. */
  function shown(node: Node | null): void {
    if (node === null) return;
    switch (node.type) {
      case "JSXExpressionContainer": return shown(node["expression"] as Node);
      case "Literal": return typeof node["value"] === "string" && WORD.test(node["value"]) ? say(node, node["value"]) : undefined;
      case "TemplateLiteral": return (node["quasis"] as readonly { readonly value: { readonly raw: string } }[]).some(({ value }) => WORD.test(value.raw)) ? say(node, text.slice(node.start, Number(node["end"]))) : undefined;
      case "ConditionalExpression": for (const side of ["consequent", "alternate"]) shown(node[side] as Node); return undefined;
      case "LogicalExpression": case "BinaryExpression": if (!String(node["operator"]).includes("=")) for (const side of ["left", "right"]) shown(node[side] as Node); return undefined;
      case "TSAsExpression": return shown(node["expression"] as Node);
      default: return undefined;
    }
  }

  visit(parseSync(path, text, { lang: "tsx" }).program as unknown as Node);
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
