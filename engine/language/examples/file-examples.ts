import { broken, comparison, copyOf, type CheckExample } from "./check-example.ts";
import { TEMPLATE, RESERVE, FALLOUT, FAILURES, NETWORK } from "./files.ts";
import { LIMITS } from "../limits.ts";
import { minimalRelease, type DraftValue } from "./minimal-release.ts";

const CALENDAR = "calendar/hours.json";

/** A file whose text no JSON value could stand for. */
const written = (code: string, when: string, pointer: string, content: string): CheckExample =>
  ({ code, when, at: `${CALENDAR}#${pointer}`, edits: [], text: { file: CALENDAR, content } });

const nested = (depth: number): DraftValue => (depth === 0 ? 1 : [nested(depth - 1)]);

/** What can be wrong with one file, whatever the others say. */
export const fileExamples: readonly CheckExample[] = [
  written("malformed", "a definition holds a comment", "", '{ "kind": "calendar", // open hours\n  "key": "hours" }'),
  written("malformed", "a list ends in a comma", "/holidays/1", '{ "holidays": ["2026-12-25",] }'),
  written("malformed", "a text holds a tab", "/title", '{ "title": "Open\thours" }'),
  written("malformed", "a definition is written in YAML", "", 'a: &a ["lol"]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n'),
  written("duplicate-key", "a property stands twice", "/key", '{ "key": "hours", "key": "days" }'),
  written("bidi-control", "a title turns the direction of text", "/title", '{ "title": "open \u202E hours" }'),
  written("bidi-control", "a key holds a character without width", "/key", '{ "key": "ho\u200Burs" }'),
  written("too-large", "a file is larger than 8 MB", "", `{ "title": "${"x".repeat(LIMITS.definitionBytes)}" }`),
  written("too-deep", "lists are nested 400 deep", `/x${"/0".repeat(31)}`, `{ "x": ${"[".repeat(400)}${"]".repeat(400)} }`),
  broken("malformed", "a definition is a list", `${TEMPLATE}#`, [TEMPLATE, "", []]),
  broken("forbidden-property", "__proto__ is a property", `${RESERVE}#/request/__proto__`, [RESERVE, "/request/__proto__", { polluted: true }]),
  broken("forbidden-property", "constructor is a key", `${RESERVE}#/key`, [RESERVE, "/key", "constructor"]),
  broken("forbidden-property", "__proto__ is a fact", `${RESERVE}#/preconditions/all/0/fact`, [RESERVE, "/preconditions", comparison("__proto__", "x", "equal", 1)]),
  broken("forbidden-property", "prototype is a row id", `${FALLOUT}#/rows/0/id`, [FALLOUT, "/rows/-", { id: "prototype", severity: "P1" }]),
  broken("too-deep", "values are nested 40 deep", `${RESERVE}#/request/x${"/0".repeat(30)}`, [RESERVE, "/request/x", nested(40)]),
  broken("bidi-control", "a description turns the direction of text", `${RESERVE}#/description`, [RESERVE, "/description", "Reserve \u202Ea port"]),
  broken("secret-in-definition", "a payment key is written down", `${RESERVE}#/request/key`, [RESERVE, "/request/key", ["sk", "live", "51H8xYzAbCdEfGh"].join("_")]),
  broken("secret-in-definition", "a private key is written down", `${RESERVE}#/description`, [RESERVE, "/description", ["-----BEGIN", "PRIVATE", "KEY-----"].join(" ")]),
  broken("secret-in-definition", "a key without any pattern is written down", `${RESERVE}#/request/key`, [RESERVE, "/request/key", ["q7Zt4Lm2Xc9V", "b1Ns8Kd5Rf3Gh6", "Jw0PyUaEoIi"].join("")]),
  broken("inline-url-forbidden", "an adapter is an address", `${NETWORK}#/adapter`, [NETWORK, "/adapter", "https://network.example"]),
  broken("inline-url-forbidden", "an endpoint is an address", `${NETWORK}#/endpoint`, [NETWORK, "/endpoint", "https://network.example"]),
  broken("inline-url-forbidden", "a request holds an address", `${RESERVE}#/request/callback`, [RESERVE, "/request/callback", "http://10.0.0.1/x"]),
  broken("unknown-kind", "a kind does not exist", `${RESERVE}#/kind`, [RESERVE, "/kind", "workflow"]),
  broken("path-mismatch", "the file has another name", "task-type/other.json#/key", ["task-type/other.json", "", minimalRelease().get(RESERVE)], [RESERVE, "", undefined]),
  broken("schema-violation", "a property is misspelled", `${RESERVE}#/requests`, [RESERVE, "/requests", {}]),
  broken("schema-violation", "a title is missing", `${RESERVE}#`, [RESERVE, "/title", undefined]),
  broken("schema-violation", "a milestone is reached in two ways", `${TEMPLATE}#/milestones/0`, [TEMPLATE, "/milestones/0/reachedOn", "call"]),
  broken("schema-violation", "a person's work has a mode", "task-type/approve.json#/work/mode", ["task-type/approve.json", "/work/mode", "query"]),
  broken("duplicate-id", "two files define the same key", "z/task-type/reserve.json#/key", ["z/task-type/reserve.json", "", minimalRelease().get(RESERVE)]),
  broken("duplicate-id", "two tasks have the same key", `${TEMPLATE}#/tasks/1/key`, [TEMPLATE, "/tasks/1/key", "reserve"]),
  broken("duplicate-id", "a template defines a built-in milestone", `${TEMPLATE}#/milestones/0/key`, [TEMPLATE, "/milestones/0/key", "item-completed"]),
  broken("confusable-id", "two tasks differ by case", `${TEMPLATE}#/tasks/1/key`, [TEMPLATE, "/tasks/1/key", "Reserve"]),
  broken("confusable-id", "two tasks differ by a Cyrillic letter", `${TEMPLATE}#/tasks/1/key`, [TEMPLATE, "/tasks/1/key", "r\u0435serve"]),
  broken("confusable-id", "two definitions differ by a digit that looks like a letter", "task-type/release.json#/key", copyOf("task-type/release.json", "re1ease", {})),
  broken("too-large", "a table has 10,001 rows", `${FAILURES}#/rows`, [FAILURES, "/rows", Array.from({ length: 10_001 }, (_, row) => ({ id: `r${row}`, class: "UNKNOWN" }))]),
  broken("too-large", "a template has 5,001 tasks", `${TEMPLATE}#/tasks`, [TEMPLATE, "/tasks", Array.from({ length: 5_001 }, (_, task) => ({ key: `t${task}`, type: "reserve" }))]),
];
