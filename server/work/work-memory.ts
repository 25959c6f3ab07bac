import { breakerPhase } from "../../engine/flow/breaker.ts";
import type { FlowControl, FlowState } from "../../engine/flow/flow-gate.ts";
import { USAGE_QUERY, admissionLockQuery, usageFromRows, type StoredUsage } from "../store/admission-store.ts";
import type { Select } from "../store/database.ts";
import type { Dialect, Row } from "../store/dialect.ts";
import { controlsFromRows, FLOW_QUERY, flowFromRows } from "../store/flow-store.ts";

/** What admission must know before it decides. */
export interface AdmissionFacts {
  readonly usage: ReadonlyMap<string, StoredUsage>;
  readonly flow: ReadonlyMap<string, FlowState>;
  readonly controls: ReadonlyMap<string, FlowControl>;
}

/**
 * What the one writer of a database knows without asking: usage and flow until a commit fails, what people have decided until
 * they decide anew. Where others write too, everything is asked for each time, behind the lock of admission.
 */
export class WorkMemory {
  readonly #dialect: Dialect;
  #known: Omit<AdmissionFacts, "controls"> | null = null;
  #controls: ReadonlyMap<string, FlowControl> | null = null;
  #decisions = 0;
  #lastFlow: ReadonlyMap<string, FlowState> = new Map();

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  async facts(select: Select): Promise<AdmissionFacts> {
    if (this.#known && this.#controls) return { ...this.#known, controls: this.#controls };
    const { singleWriter } = this.#dialect;
    const decisions = this.#decisions;
    const facts = this.factsFrom(await select(...this.queries()));
    // Someone may have decided anew while we asked: then the next commit asks again.
    if (singleWriter && decisions === this.#decisions) this.#controls = facts.controls;
    return facts;
  }

  /** The questions behind the facts; where others write too, the first takes the lock of admission. */
  queries(): readonly string[] {
    const { lock } = this.#dialect;
    return [...(lock === "" ? [] : [admissionLockQuery(lock)]), USAGE_QUERY, FLOW_QUERY];
  }

  /** The facts from the answers to these questions. */
  factsFrom(answers: readonly Row[][]): AdmissionFacts {
    const [flowRows = [], usageRows = []] = answers.toReversed();
    const known = this.#known ?? { usage: usageFromRows(usageRows), flow: flowFromRows(flowRows) };
    this.#lastFlow = known.flow;
    return { ...known, controls: controlsFromRows(flowRows) };
  }

  /** For what is decided from now on, a commit has happened. */
  remember(known: Omit<AdmissionFacts, "controls">): void {
    this.#lastFlow = known.flow;
    if (this.#dialect.singleWriter) this.#known = known;
  }

  /** A commit failed: some of it was proven wrong. */
  forget(): void {
    this.#known = null;
  }

  /** People have decided something about a target system. */
  controlsChanged(): void {
    this.#decisions += 1;
    this.#controls = null;
  }

  /** True when this process last saw the breaker of a target system open. */
  breakerOpen(targetSystem: string, at: string): boolean {
    const flow = this.#lastFlow.get(targetSystem);
    return flow !== undefined && breakerPhase(flow.breaker, at) === "OPEN";
  }
}
