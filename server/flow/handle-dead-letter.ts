import type { Json } from "../../engine/support/json.ts";
import type { Database, Select } from "../store/database.ts";
import { literal, type Statement } from "../store/sql.ts";
import { readDeadLetter, type DeadLetter } from "./dead-letters.ts";
import { operationDone, operationStatements, type OperationAction, type OperationRequest } from "./operations-log.ts";

/** What came of something people did with a letter. */
export type LetterResult =
  | { readonly outcome: "done"; readonly letter: DeadLetter }
  | { readonly outcome: "refused"; readonly why: string }
  | { readonly outcome: "not-found" };

/** Which letter, and how far whoever asks may look. */
export interface LetterRequest extends OperationRequest {
  readonly letterId: string;
  readonly regions: readonly string[] | null;
}

/** Gives up on a letter; its message stays where it is, so that a repeat of it is still known. */
export function discardLetter(database: Database, request: LetterRequest): Promise<LetterResult> {
  return handleLetter(database, request, "dead-letter.discard", () => ({ change: { state: "DISCARDED" } }));
}

/** Says who answers for a letter from now on. */
export function assignLetter(database: Database, request: LetterRequest, owner: string): Promise<LetterResult> {
  return handleLetter(database, request, "dead-letter.assign", () => ({ change: { owner } }));
}

/** Columns of a letter that people, or a replay, change. */
export interface LetterChange {
  readonly state?: DeadLetter["state"];
  readonly owner?: string;
  readonly replays?: number;
  readonly errorClass?: string;
}

interface LetterDecision {
  readonly change: LetterChange;
  /** What else is written with it. */
  readonly write?: readonly Statement[];
}

/** One audited operation on one open letter, in one transaction; a repeat of its request finds it done. */
export async function handleLetter(
  database: Database, { letterId, regions, ...request }: LetterRequest, action: OperationAction,
  decide: (letter: DeadLetter, select: Select) => LetterDecision | string | Promise<LetterDecision | string>,
): Promise<LetterResult> {
  return database.transaction<LetterResult>(async ({ select }) => {
    await select(`SELECT id FROM dead_letters WHERE id=${literal(letterId)}${database.dialect.lock}`);
    const letter = await readDeadLetter(select, letterId, regions);
    if (!letter) return { write: [], result: { outcome: "not-found" } };
    if (await operationDone(select, request.id)) return { write: [], result: { outcome: "done", letter } };
    const decided = letter.state === "OPEN" ? await decide(letter, select) : `It is ${letter.state} already.`;
    if (typeof decided === "string") return { write: [], result: { outcome: "refused", why: decided } };
    const after: DeadLetter = { ...letter, ...decided.change };
    const { state, owner, replays, errorClass } = after;
    const change = `UPDATE dead_letters SET state=${literal(state)},owner=${literal(owner)},replays=${literal(replays)},error_class=${literal(errorClass)} WHERE id=${literal(letterId)}`;
    const log = { ...request, action, subject: letterId, before: asJson(letter), after: asJson(after) };
    return { write: [{ sql: change }, ...(decided.write ?? []), ...operationStatements(log)], result: { outcome: "done", letter: after } };
  });
}

function asJson({ state, owner, replays, errorClass }: DeadLetter): Json {
  return { state, owner, replays, errorClass };
}
