import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";

/** A source file of ours as the architecture rules see it. */
export interface SourceFile {
  /** From the top of the repository, with forward slashes. */
  readonly path: string;
  readonly lines: number;
  /** The text without its comments. */
  readonly code: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** A path from the top of the repository for our own files, else the package's name. */
  readonly target: string;
  readonly own: boolean;
  /** True when nothing of it is left after compilation. */
  readonly typeOnly: boolean;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const STATEMENT = /(?:^|[;\n])\s*(import|export)\s+(type\s+)?([^;"']*?)\s*from\s*["']([^"']+)["']/g;
const BARE = /(?:^|[;\n])\s*import\s*["']([^"']+)["']/g;
const DYNAMIC = /\bimport\(\s*["']([^"']+)["']\s*\)/g;

/** Reads all TypeScript below the named folders. */
export function readSources(...folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/node_modules|[\\/]dist[\\/]/.test(entry.parentPath))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => readSource(file.slice(ROOT.length).replaceAll("\\", "/"), readFileSync(file, "utf8"))),
  );
}

/** Reads one source; a test of the rules hands it a sample. */
export function readSource(path: string, text: string): SourceFile {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
  const imports: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    const own = specifier.startsWith(".");
    imports.push({ own, typeOnly, target: own ? posix.normalize(posix.join(posix.dirname(path), specifier)) : packageOf(specifier) });
  };
  for (const [, , type, clause, specifier] of code.matchAll(STATEMENT)) add(specifier ?? "", type !== undefined || onlyTypes(clause ?? ""));
  for (const [, specifier] of code.matchAll(BARE)) add(specifier ?? "", false);
  for (const [, specifier] of code.matchAll(DYNAMIC)) add(specifier ?? "", false);
  return { path, code, imports, lines: text.replace(/\n$/, "").split("\n").length };
}

function onlyTypes(clause: string): boolean {
  const named = /^\{([^}]*)\}$/.exec(clause.trim())?.[1];
  const names = named?.split(",").map((name) => name.trim()).filter((name) => name !== "") ?? [];
  return names.length > 0 && names.every((name) => name.startsWith("type "));
}

function packageOf(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
}
