import type { ColumnType, DecisionTable, HitPolicy } from "../language/table-kinds.ts";

/** A hit policy with what COLLECT does to its matches. */
export interface Policy {
  readonly hitPolicy: HitPolicy;
  readonly aggregate?: NonNullable<DecisionTable["aggregate"]>;
}

const POLICIES: ReadonlyMap<string, Policy> = new Map<string, Policy>([
  ["U", { hitPolicy: "UNIQUE" }], ["A", { hitPolicy: "ANY" }], ["P", { hitPolicy: "PRIORITY" }], ["F", { hitPolicy: "FIRST" }],
  ["R", { hitPolicy: "RULE_ORDER" }], ["O", { hitPolicy: "OUTPUT_ORDER" }], ["C", { hitPolicy: "COLLECT" }],
  ["C+", { hitPolicy: "COLLECT", aggregate: "SUM" }], ["C<", { hitPolicy: "COLLECT", aggregate: "MIN" }],
  ["C>", { hitPolicy: "COLLECT", aggregate: "MAX" }], ["C#", { hitPolicy: "COLLECT", aggregate: "COUNT" }],
  ["UNIQUE", { hitPolicy: "UNIQUE" }], ["ANY", { hitPolicy: "ANY" }], ["PRIORITY", { hitPolicy: "PRIORITY" }], ["FIRST", { hitPolicy: "FIRST" }],
  ["RULEORDER", { hitPolicy: "RULE_ORDER" }], ["OUTPUTORDER", { hitPolicy: "OUTPUT_ORDER" }], ["COLLECT", { hitPolicy: "COLLECT" }],
  ["COLLECTSUM", { hitPolicy: "COLLECT", aggregate: "SUM" }], ["COLLECTMIN", { hitPolicy: "COLLECT", aggregate: "MIN" }],
  ["COLLECTMAX", { hitPolicy: "COLLECT", aggregate: "MAX" }], ["COLLECTCOUNT", { hitPolicy: "COLLECT", aggregate: "COUNT" }],
]);

const SIGNS: Readonly<Record<string, string>> = { "+": "SUM", "<": "MIN", ">": "MAX", "#": "COUNT" };

/** A hit policy as DMN writes it: its letter, with the sign of its aggregate, or its words in any spelling. Null when it is none. */
export function readPolicy(text: string): Policy | null {
  const letters = text.trim().toUpperCase().replace(/^["'(]+|["')]+$/g, "");
  const spelled = letters.replaceAll(/[\s_()-]/g, "").replace(/^COLLECT([+<>#])$/, (_, sign: string) => `COLLECT${SIGNS[sign] ?? ""}`);
  return POLICIES.get(letters) ?? POLICIES.get(spelled) ?? null;
}

/** The words of a hit policy: `RULE ORDER`, `COLLECT SUM`. */
export function policyWords({ hitPolicy, aggregate }: Policy): string {
  return `${hitPolicy.replace("_", " ")}${aggregate === undefined ? "" : ` ${aggregate}`}`;
}

const TYPES: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>([
  ...["string", "text", "str", "varchar", "enum", "enumeration"].map((word) => [word, "string"] as const),
  ...["number", "numeric", "integer", "int", "long", "short", "double", "float", "decimal", "zahl"].map((word) => [word, "number"] as const),
  ...["boolean", "bool", "yes/no", "true/false"].map((word) => [word, "boolean"] as const),
  ...["date", "datetime", "date time", "date and time", "timestamp", "datum"].map((word) => [word, "date"] as const),
  ...["duration", "day time duration", "days and time duration", "year month duration", "years and months duration"].map((word) => [word, "duration"] as const),
  ...["list", "array", "collection"].map((word) => [word, "list"] as const),
]);

/** The type a word of a types row names, with the unit behind it: `number (EUR)`. Null when it is no type. */
export function readType(text: string): { readonly type: ColumnType; readonly unit?: string } | null {
  const [, word = "", unit] = /^\s*([^([]+?)\s*(?:[([]\s*(.+?)\s*[)\]])?\s*$/s.exec(text) ?? [];
  const type = TYPES.get(word.toLowerCase().replaceAll(/[\s_-]+/g, " "));
  return type === undefined ? null : { type, ...(unit === undefined ? {} : { unit }) };
}

/** What a column is for. */
export type ColumnRole = "input" | "output" | "annotation" | "policy";

const ROLES: ReadonlyMap<string, ColumnRole> = new Map<string, ColumnRole>([
  ...["input", "in", "condition", "when", "if", "given", "eingabe", "bedingung"].map((word) => [word, "input"] as const),
  ...["output", "out", "result", "then", "action", "conclusion", "decision", "ausgabe", "ergebnis"].map((word) => [word, "output"] as const),
  ...["annotation", "comment", "remark", "note", "kommentar", "bemerkung", "anmerkung"].map((word) => [word, "annotation"] as const),
  ...["hit policy", "hitpolicy", "policy", "u", "f", "c", "p", "r", "o"].map((word) => [word, "policy"] as const),
]);

/** The role a marker such as `Input`, `Outputs` or `Then` gives to its column; null when it is no marker. */
export function readRole(text: string): ColumnRole | null {
  const word = text.trim().toLowerCase().replace(/[:\s]*$/, "");
  return ROLES.get(word) ?? ROLES.get(word.replace(/s$/, "")) ?? (readPolicy(text) === null ? null : "policy");
}

/** True for a header that says output in its own name, such as `output1` or `Result: fee`. */
export function namesOutput(label: string): boolean {
  return /^(output|out|result|then|ausgabe|ergebnis)(?=$|[\s_:\-.\d]|[A-Z])/i.test(label.trim());
}

/** True for a header that says input in its own name. */
export function namesInput(label: string): boolean {
  return /^(input|in|condition|when|if|eingabe)(?=$|[\s_:\-.\d]|[A-Z])/.test(label.trim().replace(/^[A-Z]+/, (word) => word.toLowerCase()));
}

/** True for the header of a column that counts rules. */
export function namesRuleNumber(label: string): boolean {
  return /^(#|no\.?|nr\.?|num(ber)?|rules?( (no\.?|nr\.?|id|#|number))?|id|regel( ?nr\.?)?)$/i.test(label.trim());
}

/** True for the header of a column that names rules. */
export function namesRule(label: string): boolean {
  return /^(#|no\.?|nr\.?|rules?( (no\.?|nr\.?|id|name|#))?|regel( ?(nr\.?|name))?)$/i.test(label.trim());
}

const LANGUAGES = new Set(["expression", "feel", "s-feel", "sfeel", "javascript", "ecmascript", "juel", "groovy", "python", "ruby", "jruby", "jython", "mvel", "drools"]);

/** True for the name of an expression language, as a row of a header may give it. */
export function isLanguage(text: string): boolean {
  return LANGUAGES.has(text.trim().toLowerCase());
}

const OTHERWISE = new Set(["otherwise", "(otherwise)", "else", "(else)", "sonst"]);

/** True for the first cell of the row that answers when no other row does. */
export function isOtherwise(text: string): boolean {
  return OTHERWISE.has(text.trim().toLowerCase());
}
