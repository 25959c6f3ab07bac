import { describe, expect, it } from "vitest";
import { checkExamples } from "../../../engine/language/examples/all-examples.ts";
import { runExample } from "../../../engine/language/examples/run-example.ts";
import { parseDefinition } from "../../../engine/language/parse-definition.ts";

/** What an author may hand in, by its number in the catalogue of bad input: what each example of it answers. */
const ROWS: readonly { readonly row: number; readonly input: string; readonly answers: { readonly [when: string]: string } }[] = [
  { row: 39, input: "a cycle of 1, 2 and 50 tasks", answers: { "a task waits for itself": "graph-cycle", "two tasks wait for each other": "graph-cycle", "fifty tasks wait in a ring": "graph-cycle" } },
  {
    row: 40, input: "a dependency on an unknown task, a name that stands twice, one that only looks different",
    answers: { "a dependency names an unknown task": "unknown-task", "two tasks have the same key": "duplicate-id", "two tasks differ by case": "confusable-id", "two tasks differ by a Cyrillic letter": "confusable-id" },
  },
  {
    row: 41, input: "a task that is never reached, or behind a condition that is never true",
    answers: { "a decision is awaited that nobody can make": "unreachable", "a task is for two quantities at once": "warning never-true", "a task is for an action that never leads to its plan": "warning never-true" },
  },
  { row: 42, input: "work with an effect on a system whose class is not known", answers: { "the effects class is missing": "downstream-class-missing", "effects are missing": "downstream-class-missing" } },
  {
    row: 43, input: "a retry that the class of the system does not allow",
    answers: {
      "a system that does everything twice is asked three times": "unsafe-retry", "nothing says when 'not found' may be believed": "unsafe-retry",
      "a system that must be asked first is not asked": "unsafe-retry", "a system that answers nothing is asked for the status": "unsafe-retry",
    },
  },
  { row: 44, input: "irreversible work without a guard, or with a compensation", answers: { "nothing stands before what cannot be undone": "warning irreversible-unguarded", "irreversible work is undone": "contradiction" } },
  {
    row: 45, input: "a compensation that is missing, or undoes itself",
    answers: { "a policy has no undo task": "compensation-missing", "a command says nothing about undoing": "compensation-missing", "the undo task undoes itself": "compensation-cycle" },
  },
  {
    row: 46, input: "a billing trigger without a milestone, two for one charge, a milestone that nothing reaches",
    answers: { "a trigger has no milestone": "billing-untied", "a trigger waits for a milestone of another plan": "billing-untied", "two triggers hand over the same charges": "billing-duplicate", "a trigger waits for a milestone that nothing reaches": "unknown-milestone" },
  },
  { row: 47, input: "a waiver without a rule that says who may", answers: { "a waiver is offered that nobody may give": "authority-missing" } },
  {
    row: 48, input: "attempts, waits and spans that make no sense",
    answers: {
      "there are 0 attempts": "policy-out-of-range", "there are -1 attempts": "policy-out-of-range", "there are a billion attempts": "policy-out-of-range", "all attempts are made at once": "policy-out-of-range",
      "the longest wait is shorter than the first": "policy-out-of-range", "a timeout is over at once": "policy-out-of-range", "billing is escalated before its answer can be late": "policy-out-of-range",
    },
  },
  {
    row: 49, input: "patterns that may run for ever",
    answers: { "alternatives are the same": "regex-not-linear", "a form repeats a repetition": "regex-not-linear", "a pattern has 10,000 characters": "regex-not-linear", "a pattern looks behind": "regex-not-linear" },
  },
  {
    row: 50, input: "references out of a schema, back into it, and a thousand of them",
    answers: { "a schema refers to the web": "remote-ref", "a schema refers to a file": "remote-ref", "a schema refers to another folder": "remote-ref", "a schema refers to itself": "ref-cycle", "a schema refers to what it is part of": "ref-cycle", "a schema refers a thousand times": "too-many-refs" },
  },
  {
    row: 51, input: "$data, a keyword or format of its own, $async",
    answers: { "a schema reads its own data": "keyword-forbidden", "a schema has a keyword of its own": "keyword-forbidden", "a format is not known": "keyword-forbidden", "a schema is asynchronous": "keyword-forbidden" },
  },
  {
    row: 52, input: "400 levels, more than 8 MB, 5,001 tasks, 10,001 rows",
    answers: { "lists are nested 400 deep": "too-deep", "a file is larger than 8 MB": "too-large", "a template has 5,001 tasks": "too-large", "a table has 10,001 rows": "too-large" },
  },
  {
    row: 53, input: "paths that are programs, or lead into the prototype",
    answers: { "a path is a filter": "path-forbidden", "a path reaches into the prototype": "path-forbidden", "a path is a JSONPath": "path-forbidden" },
  },
  { row: 54, input: "an unknown operator, a number compared with a text", answers: { "an operator does not exist": "unknown-operator", "more than a text": "type-mismatch" } },
  { row: 55, input: "a fact outside the vocabulary, even where the author allows it", answers: { "a condition looks at the weather": "unknown-fact", "a condition allows facts that do not exist": "unknown-fact" } },
  { row: 56, input: "conditions 33 deep", answers: { "conditions are nested 33 deep": "too-deep" } },
  {
    row: 57, input: "an expression that calls out, templates of other languages",
    answers: { "an expression calls what does not exist": "expression-forbidden", "an expression asks the clock": "expression-forbidden", "a request is a template of another language": "expression-forbidden", "a request is a moustache": "expression-forbidden" },
  },
  { row: 58, input: "an address instead of a name", answers: { "an adapter is an address": "inline-url-forbidden", "an endpoint is an address": "inline-url-forbidden" } },
  { row: 59, input: "what looks like a secret, by its beginning or by its disorder", answers: { "a payment key is written down": "secret-in-definition", "a private key is written down": "secret-in-definition", "a key without any pattern is written down": "secret-in-definition" } },
  {
    row: 60, input: "a version with other content, a version that goes back, two files for one name",
    answers: { "a published version has other content": "version-immutable", "a version goes back": "version-order", "two files define the same key": "duplicate-id" },
  },
  { row: 61, input: "a used task type that is removed, an awaited milestone that asks for more", answers: { "a task type of published plans is removed": "breaking-change", "a milestone that billing waits for asks for more": "breaking-change" } },
  { row: 62, input: "internal states and error codes in words for customers", answers: { "a message names an internal state": "internal-state-exposed", "a message names an error code": "internal-state-exposed" } },
  {
    row: 63, input: "texts that are not JSON, or not what they look like",
    answers: {
      "a definition is written in YAML": "malformed", "a text holds a tab": "malformed", "a definition holds a comment": "malformed", "a list ends in a comma": "malformed",
      "a title turns the direction of text": "bidi-control", "a key holds a character without width": "bidi-control",
    },
  },
  {
    row: 64, input: "a zone on Mars, an hour that clocks leave out, a month as a span",
    answers: { "the zone is on Mars": "invalid-timezone", "an expression names an hour that a clock leaves out": "invalid-timezone", "a span is a month": "ambiguous-duration" },
  },
  {
    row: 65, input: "a person's task without role, queue or SLA, or for a role that nobody holds",
    answers: { "a person's task has no role": "human-task-incomplete", "a person's task has no queue": "human-task-incomplete", "a person's task has no SLA": "human-task-incomplete", "a person's task is for a role that nobody holds": "human-task-incomplete" },
  },
  { row: 66, input: "a plan whose longest way takes longer than its deadline", answers: { "a decision may take longer than the whole plan": "warning sla-infeasible", "two hundred tasks in a row take longer than the plan": "warning sla-infeasible" } },
];

describe("bad definitions are refused with the code of their row", () => {
  it.each(ROWS)("row $row: $input", ({ answers }) => {
    for (const [when, answer] of Object.entries(answers)) {
      const example = checkExamples.find((each) => each.when === when);
      expect(example, `no example is called "${when}"`).toBeDefined();
      const [found] = example ? runExample(example) : [];
      expect(`${found?.severity === "warning" ? "warning " : ""}${found?.code ?? "nothing"}`, when).toBe(answer);
    }
  });

  it("no row of the catalogue is left out", () => {
    expect(ROWS.map(({ row }) => row)).toEqual(Array.from({ length: 66 - 39 + 1 }, (_, place) => 39 + place));
  });

  it("row 39: the message names the whole way round", () => {
    const example = checkExamples.find(({ when }) => when === "fifty tasks wait in a ring");
    expect(example && runExample(example)[0]?.message).toContain(Array.from({ length: 50 }, (_, place) => `ring-${49 - place}`).join(" -> "));
  });

  it("row 63: other line ends and other spellings of one letter are one definition", () => {
    const read = (text: string) => parseDefinition(text, "calendar/hours.json");
    const normal = read('{\n  "title": "Caf\u00e9",\n  "description": "one\\ntwo"\n}');
    expect(normal).toMatchObject({ ok: true, content: { title: "Caf\u00e9", description: "one\ntwo" } });
    expect(read('{\r\n  "title": "Cafe\u0301",\r\n  "description": "one\\r\\ntwo"\r\n}')).toEqual(normal);
    expect(read('{ "title": "Cafe\\u0301", "description": "one\\u000d\\ntwo" }')).toEqual(normal);
  });
});
