import type { SourceFile } from "../support/source-files.ts";

/** One rule of the house: what it forbids in one file, as lines for people. */
export interface Rule {
  readonly title: string;
  readonly breaches: (file: SourceFile) => readonly string[];
}

const ENGINE_LIBRARIES = new Set(["json-rules-engine", "ajv", "ajv-formats", "feelin", "@noble/hashes", "re2js"]);

const inside = (...folders: readonly string[]) => (path: string) => folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
const isComposer = (path: string) => path === "server/main.ts" || inside("server/cli")(path);
/** The only places that may read the environment and the clock. */
const isEntry = (path: string) => isComposer(path) || /^examples\/(.*\/)?main\.ts$/.test(path);

function importRule(title: string, concerns: (path: string) => boolean, forbids: (target: string, file: SourceFile) => boolean): Rule {
  return {
    title,
    breaches: (file) => (concerns(file.path) ? file.imports.filter(({ own, target }) => own && forbids(target, file)).map(({ target }) => `imports ${target}`) : []),
  };
}

function nameRule(title: string, concerns: (path: string) => boolean, names: { readonly [name: string]: RegExp }): Rule {
  return { title, breaches: (file) => (concerns(file.path) ? Object.entries(names).filter(([, pattern]) => pattern.test(file.code)).map(([name]) => `names ${name}`) : []) };
}

const CLOCK = { "Date.now": /\bDate\s*\.\s*now\b/, "new Date()": /\bnew\s+Date\s*(\(\s*\)|[;,)\]])/, "process.env": /\bprocess\s*\.\s*env\b/ };
const isProduct = inside("engine", "server", "designer", "examples");

export const RULES: readonly Rule[] = [
  importRule("engine imports only itself", inside("engine"), (target) => !inside("engine")(target)),
  {
    title: "engine uses only the libraries its README gives a reason for",
    breaches: (file) => (inside("engine")(file.path) ? file.imports.filter(({ own, target }) => !own && !ENGINE_LIBRARIES.has(target)).map(({ target }) => `imports ${target}`) : []),
  },
  importRule("server imports only itself and engine; examples only where the parts are put together", inside("server"),
    (target, { path }) => !inside("server", "engine", "package.json")(target) && !(isComposer(path) && inside("examples")(target))),
  {
    title: "designer imports only itself, engine and, as types, the server",
    breaches: (file) => (inside("designer")(file.path) ? file.imports.filter(({ own, target, typeOnly }) => own && !inside("designer", "engine")(target) && !(typeOnly && inside("server")(target))).map(({ target }) => `imports ${target}`) : []),
  },
  importRule("nothing but tests imports test", (path) => !inside("test")(path), inside("test")),
  importRule("the REST layer never talks to adapters", inside("server/tmf", "server/api", "server/intake"), inside("server/adapters")),
  importRule("adapters never talk to the store", inside("server/adapters"), inside("server/store")),
  nameRule("only the entry points read the environment and the clock", (path) => isProduct(path) && !isEntry(path) && !inside("designer")(path), CLOCK),
  nameRule("engine names nothing that differs between machines or moments", inside("engine"), {
    "Math.random": /\bMath\s*\.\s*random\b/, setTimeout: /\bsetTimeout\b/, setInterval: /\bsetInterval\b/, localeCompare: /\blocaleCompare\b/, "toLocale*": /\btoLocale\w*/,
    "performance.now": /\bperformance\s*\.\s*now\b/, console: /\bconsole\s*\./,
  }),
  nameRule("engine has no any", inside("engine"), { any: /(:\s*any\s*[;,)=\]}|&>\n[]|\bas\s+any\b|<any\b|\bany\[\]|,\s*any>)/ }),
  nameRule("names are exported one by one", () => true, { "export *": /^\s*export\s*\*/m }),
  nameRule("nothing is a default export", (path) => !path.endsWith(".config.ts"), { "export default": /^\s*export\s+default\b/m }),
  { title: "no file is longer than 400 lines", breaches: ({ lines }) => (lines > 400 ? [`has ${lines} lines`] : []) },
];

/** All breaches of a rule, one line each. */
export function breachesOf(rule: Rule, files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => rule.breaches(file).map((breach) => `${file.path} ${breach}`));
}

/** Circles of files that need each other at run time, each once, as a path. */
export function cyclesOf(files: readonly SourceFile[]): string[] {
  const needs = new Map(files.map(({ path, imports }) => [path, imports.filter(({ own, typeOnly }) => own && !typeOnly).map(({ target }) => target)]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    const seen = way.indexOf(path);
    if (seen >= 0) cycles.push([...way.slice(seen), path].join(" -> "));
    if (seen >= 0 || done.has(path)) return;
    for (const next of needs.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of needs.keys()) visit(path, []);
  return cycles;
}
