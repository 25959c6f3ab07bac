import { compileExpression } from "../../engine/feel/compile-expression.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { DefinitionFile } from "../../engine/language/definition-file.ts";
import { DefinitionIndex } from "../../engine/language/definition-index.ts";
import { definitionSchemas } from "../../engine/language/definition-schemas.ts";
import type { Definition } from "../../engine/language/kinds.ts";
import type { Scenario } from "../../engine/language/scenario-kinds.ts";
import { expressionPlaceAt, type PlaceForm } from "../../engine/language/vocabulary/expression-places.ts";
import { vocabularyOf, type Vocabulary } from "../../engine/language/vocabulary/vocabulary-of.ts";
import type { FactName, Facts } from "../../engine/rules/facts.ts";
import { scenarioOrder } from "../../engine/scenario/scenario-order.ts";
import { simulate } from "../../engine/simulate/simulate.ts";
import { Defect } from "../../engine/support/defect.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";
import { examineExpression, type Examination } from "./examine.ts";
import { sampleFacts, type SampleRun } from "./sample-facts.ts";

/** What may be named at a place, and in which form. */
export interface KnownHere {
  readonly form: PlaceForm;
  readonly vocabulary: Vocabulary;
}

/** An order that can be looked at: the key and title of its scenario. */
export interface Sample {
  readonly key: string;
  readonly title: string;
}

export type TryOut =
  | { readonly state: "value"; readonly value: Json; readonly sample: Sample; readonly samples: readonly Sample[] }
  /** No sample order comes to this place, or the definitions never compiled yet. */
  | { readonly state: "no-sample" };

/** Helps to write expressions: what is known at a place, what is wrong with a text, and what it gives for an order that ran. */
export class ExpressionHelp {
  #index = new DefinitionIndex();
  #files: ReadonlyMap<string, DefinitionFile> = new Map();
  #release: CompiledRelease | null = null;
  readonly #runs = new Map<string, SampleRun | null>();

  /** Takes in the present files, and the release they make; null while they make none, and then the last one is used. */
  update(files: ReadonlyMap<string, DefinitionFile>, release: CompiledRelease | null): void {
    this.#files = files;
    this.#index = new DefinitionIndex();
    for (const { path, content } of files.values()) if (isFiled(content)) this.#index.add({ file: path, definition: content });
    if (release === null || release === this.#release) return;
    this.#release = release;
    this.#runs.clear();
  }

  /** What may be named at a place; null where nothing is read, or while the definition does not have its shape. */
  known(path: string, pointer: string): KnownHere | null {
    const definition = this.#files.get(path)?.content;
    if (!isFiled(definition)) return null;
    try {
      const place = expressionPlaceAt(definition, pointer);
      return place && { form: place.form, vocabulary: vocabularyOf(definition, place.facts, { index: this.#index }) };
    } catch (error) {
      // A definition being written may lack what its kind requires; the shape check says so.
      if (error instanceof TypeError) return null;
      throw error;
    }
  }

  /** What is wrong with the text behind `=` at a place. */
  examine(path: string, pointer: string, text: string): Examination {
    const known = this.known(path, pointer);
    return known === null ? { problems: [], type: null } : examineExpression(text, known.vocabulary);
  }

  /** What the text behind `=` gives for a sample order: the wanted one, else the first that comes to this place. */
  async tryOut(path: string, pointer: string, text: string, wanted: string | null): Promise<TryOut> {
    const definition = this.#files.get(path)?.content;
    const known = this.known(path, pointer);
    if (!isFiled(definition) || known === null || this.#release === null) return { state: "no-sample" };
    const scenarios = [...this.#release.scenarios.values()].filter(({ order }) => order !== undefined);
    const ordered = scenarios.toSorted((a, b) => Number(b.key === wanted) - Number(a.key === wanted));
    for (const scenario of ordered) {
      const run = await this.#run(scenario, this.#release);
      const facts = run && sampleFacts(run, definition, pointer);
      if (facts === null) continue;
      const { evaluate } = compileExpression(text, new Set(Object.keys(known.vocabulary) as FactName[]), () => undefined, "");
      return { state: "value", value: evaluate(only(facts, known.vocabulary)), sample: sampleOf(scenario), samples: scenarios.map(sampleOf) };
    }
    return { state: "no-sample" };
  }

  async #run(scenario: Scenario, release: CompiledRelease): Promise<SampleRun | null> {
    const done = this.#runs.get(scenario.key);
    if (done !== undefined) return done;
    const run = await runScenario(scenario, release);
    this.#runs.set(scenario.key, run);
    return run;
  }
}

async function runScenario(scenario: Scenario, release: CompiledRelease): Promise<SampleRun | null> {
  const sample = scenarioOrder(scenario, release.scenarios);
  if (typeof sample === "string") return null;
  try {
    const { order, journal } = await simulate(sample.order, release, [], sample.startAt);
    return { order, release, at: journal.at(-1)?.at ?? sample.startAt };
  } catch (error) {
    if (error instanceof Defect) return null;
    throw error;
  }
}

function only(facts: Facts, vocabulary: Vocabulary): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => Object.hasOwn(vocabulary, name)));
}

const sampleOf = ({ key, title }: Scenario): Sample => ({ key, title });

function isFiled(content: unknown): content is Definition {
  return isJsonObject(content) && typeof content["key"] === "string" && typeof content["kind"] === "string" && Object.hasOwn(definitionSchemas, content["kind"]);
}
