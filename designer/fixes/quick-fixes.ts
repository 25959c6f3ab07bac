import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { suggestedIn } from "../../engine/language/suggest.ts";
import type { Json } from "../../engine/support/json.ts";
import { valueAt, withValueAt } from "../form/place.ts";
import { textOf as sayText } from "../form/value-text.ts";
import { fixes as words } from "../strings/fixes.ts";
import { around, inPlace, lastName, objectAt, withoutAt, type Contents, type Fix, type Fixer, type Problem } from "./fix.ts";
import { addMilestone, chooseOrCreate, createMissing, keysIn } from "./fix-references.ts";

/** Takes what stands at the place away. */
const removeHere = (title: (problem: Problem) => string): Fixer => (problem) => [inPlace(problem, title(problem), withoutAt(problem.content, problem.diagnostic.path))];

/** The name the message suggests, in place of the wrong one. */
const replaceByNearest: Fixer = (problem) => {
  const { value, content, diagnostic: { message, path } } = problem;
  const suggested = suggestedIn(message);
  if (suggested === null || typeof value !== "string") return [];
  const at = value.lastIndexOf(suggested.wrong);
  if (at < 0) return [];
  return [inPlace(problem, words.replaceBy(suggested.name), withValueAt(content, path, value.slice(0, at) + suggested.name + value.slice(at + suggested.wrong.length)))];
};

/** A name of a task that is gone: the dependency, or the entry of a list, goes too. */
const forgetTask: Fixer = (problem) => {
  const { content, diagnostic: { path } } = problem;
  if (/\/dependsOn\/\d+\/task$/.test(path)) return [inPlace(problem, words.removeDependency, withoutAt(content, around(path)))];
  const list = valueAt(content, around(path));
  const isOnlyOne = Array.isArray(list) && list.length === 1;
  return isOnlyOne ? [] : [inPlace(problem, words.remove(sayText(problem.value)), withoutAt(content, path))];
};

const forgetMilestone: Fixer = (problem) => (/\/dependsOn\/\d+\/milestone$/.test(problem.diagnostic.path) ? [inPlace(problem, words.removeDependency, withoutAt(problem.content, around(problem.diagnostic.path)))] : []);

/** A property that is not known or does not belong here. */
const removeForeign: Fixer = (problem) => (/ (?:is not known here|does not belong here); remove it/.test(problem.diagnostic.message) ? removeHere(({ diagnostic }) => words.remove(lastName(diagnostic.path)))(problem) : []);

/** Evidence for what the outputs read of the answer. */
const addEvidence: Fixer = (problem) => {
  const outputs = objectAt(problem, "/outputs");
  const names = Object.values(outputs).flatMap((value) => /^=result\.([A-Za-z]\w*)/.exec(sayText(value))?.[1] ?? []);
  const required = names.length === 0 ? ["reference"] : [...new Set(names)];
  const evidence = { type: "object", properties: Object.fromEntries(required.map((name) => [name, { type: "string", minLength: 1 }])), required };
  return [inPlace(problem, words.addEvidence, withValueAt(problem.content, "/evidence", evidence))];
};

/** Months and years as the days people mean by them. */
const writeDays: Fixer = (problem) => {
  const [, years, months, days] = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/.exec(sayText(problem.value)) ?? [];
  const total = Number(years ?? 0) * 365 + Number(months ?? 0) * 30 + Number(days ?? 0);
  return total === 0 ? [] : [inPlace(problem, words.inDays(`P${total}D`), withValueAt(problem.content, problem.diagnostic.path, `P${total}D`))];
};

/** The first free name beside one that stands twice in a list. */
const anotherName: Fixer = (problem) => {
  const { content, value, diagnostic: { path } } = problem;
  const list = valueAt(content, around(around(path)));
  if (typeof value !== "string" || !Array.isArray(list)) return [];
  const taken = new Set(keysIn(list as readonly Json[], lastName(path)));
  let number = 2;
  while (taken.has(`${value}-${number}`)) number += 1;
  return [inPlace(problem, words.anotherKey(`${value}-${number}`), withValueAt(content, path, `${value}-${number}`))];
};

const removeTask: Fixer = (problem) => [inPlace(problem, words.removeTask(sayText(objectAt(problem, problem.diagnostic.path)["key"])), withoutAt(problem.content, problem.diagnostic.path))];

const removeRow: Fixer = (problem) => {
  const [row] = /^\/rows\/\d+/.exec(problem.diagnostic.path) ?? [];
  return row === undefined ? [] : [inPlace(problem, words.removeRow(sayText(objectAt(problem, row)["id"])), withoutAt(problem.content, row))];
};

const removeDefinition: Fixer = ({ diagnostic: { file } }) => [{ title: words.removeDefinition, changes: [{ path: file, content: null }] }];

const setAtPlace = (title: string, name: string, value: Json): Fixer => (problem) => [inPlace(problem, title, withValueAt(problem.content, `${problem.diagnostic.path}${name}`, value))];

/** What can be done about each code, the best first. */
const FIXERS: { readonly [code: string]: readonly Fixer[] } = {
  "unknown-reference": [replaceByNearest, createMissing],
  "unknown-task": [replaceByNearest, forgetTask],
  "unknown-milestone": [replaceByNearest, addMilestone, forgetMilestone],
  "unknown-path": [replaceByNearest],
  "unknown-status": [replaceByNearest],
  "human-task-incomplete": [replaceByNearest],
  "consumed-output-missing": [replaceByNearest],
  "edge-mismatch": [removeHere(() => words.removeDependency)],
  "schema-violation": [removeForeign],
  "parameter-mismatch": [removeForeign],
  "duplicate-id": [anotherName],
  "retry-missing": [chooseOrCreate("retry-policy", "retry")],
  "timeout-missing": [chooseOrCreate("timeout-policy", "timeout")],
  "target-system-missing": [chooseOrCreate("target-system", "targetSystem")],
  "evidence-missing": [addEvidence],
  "irreversible-unguarded": [setAtPlace(words.markPoint, "/pointOfNoReturn", "hard")],
  "ambiguous-duration": [writeDays],
  "orphan-task": [removeTask],
  "unused-definition": [removeDefinition],
  "milestone-never-reached": [(problem) => [inPlace(problem, words.remove(sayText(problem.value)), withoutAt(problem.content, around(problem.diagnostic.path)))]],
  "billing-duplicate": [removeHere(({ value }) => words.remove(sayText(value)))],
  "table-shadowed": [removeRow],
  "table-dead-row": [removeRow],
  "table-otherwise-unused": [removeHere(() => words.removeOtherwise)],
  "wrong-hit-policy": [setAtPlace(words.firstMatch, "", "FIRST")],
};

/** The ways to take a problem away, the best first; none where a person has to think. */
export function quickFixes(diagnostic: Diagnostic, files: Contents): readonly Fix[] {
  const content = files.get(diagnostic.file);
  if (content === undefined) return [];
  const problem: Problem = { diagnostic, files, content, value: valueAt(content, diagnostic.path) };
  return (FIXERS[diagnostic.code] ?? []).flatMap((fixer) => fixer(problem));
}
