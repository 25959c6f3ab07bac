import type { FlowGraph } from "./flow-graph.ts";
import type { Sight } from "./use-sight.ts";

/** About how wide a letter of a name is, and how far apart its lines are, in pixels: measuring a thousand names would take too long. */
const LETTER_WIDTH = 5.8;
const LINE_HEIGHT = 13;

/** Colors of a picture, read from the tokens once for each painting. */
function colors(element: Element) {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return { card: token("--surface"), border: token("--control"), line: token("--hairline"), text: token("--text"), accent: token("--accent"), font: token("--font"), token };
}

/** Paints a whole plan as boxes and lines: what cards are too heavy for. Names appear where there is room to read them. */
export function paintPlan(canvas: HTMLCanvasElement, graph: FlowGraph, sight: Sight, withNames: boolean): void {
  const { width, height } = sight;
  const ratio = window.devicePixelRatio;
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  if (context === null) return;
  const { card, border, line, text, accent, font, token } = colors(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const boxes = new Map(graph.nodes.map((node) => [node.id, { x: node.position.x * sight.zoom + sight.x, y: node.position.y * sight.zoom + sight.y, w: (node.width ?? 0) * sight.zoom, h: (node.height ?? 0) * sight.zoom }]));
  context.strokeStyle = line;
  context.beginPath();
  for (const edge of graph.edges) {
    const from = boxes.get(edge.source);
    const to = boxes.get(edge.target);
    if (from === undefined || to === undefined) continue;
    context.moveTo(from.x + from.w, from.y + from.h / 2);
    context.lineTo(to.x, to.y + to.h / 2);
  }
  context.stroke();
  context.font = `11px ${font}`;
  context.textBaseline = "middle";
  for (const node of graph.nodes) {
    const box = boxes.get(node.id);
    if (box === undefined || box.x > width || box.y > height || box.x + box.w < 0 || box.y + box.h < 0) continue;
    const standing = node.type === "task" ? node.data.standing : null;
    context.fillStyle = standing === null ? (withNames ? card : border) : token(`--${standing.look.family}`);
    context.fillRect(box.x, box.y, box.w, box.h);
    context.strokeStyle = node.selected === true ? accent : border;
    context.lineWidth = node.selected === true ? 2 : 1;
    if (withNames) context.strokeRect(box.x, box.y, box.w, box.h);
    if (!withNames || node.type !== "task" || box.w < 48) continue;
    context.fillStyle = standing === null ? text : token("--surface");
    const lines = linesIn(node.data.card.title, Math.floor((box.w - 8) / LETTER_WIDTH), Math.max(1, Math.floor(box.h / LINE_HEIGHT)));
    lines.forEach((text, index) => context.fillText(text, box.x + 4, box.y + box.h / 2 + (index - (lines.length - 1) / 2) * LINE_HEIGHT, box.w - 8));
  }
}

/** A name in so many lines of so many letters at most, broken between words; what does not fit ends in an ellipsis. */
export function linesIn(name: string, letters: number, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.slice(0, most).map((line, index) => (line.length > letters || (index === most - 1 && lines.length > most) ? `${line.slice(0, Math.max(letters - 1, 1))}…` : line));
}
